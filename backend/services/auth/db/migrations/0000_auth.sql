CREATE TABLE `businesses` (
	`tenant` char(36) NOT NULL,
	`revision` int NOT NULL,
	`name` varchar(120) NOT NULL,
	`settings` mediumtext NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `businesses_tenant` PRIMARY KEY(`tenant`)
);
--> statement-breakpoint
CREATE TABLE `collection_heads` (
	`tenant` char(36) NOT NULL,
	`collection` varchar(20) NOT NULL,
	`epoch` varchar(40) NOT NULL,
	`version` bigint NOT NULL,
	`moved_at` datetime(3) NOT NULL,
	CONSTRAINT `collection_heads_tenant_collection_pk` PRIMARY KEY(`tenant`,`collection`)
);
--> statement-breakpoint
CREATE TABLE `devices` (
	`tenant` char(36) NOT NULL,
	`device` char(36) NOT NULL,
	`name` varchar(100) NOT NULL,
	`letter` varchar(3) NOT NULL,
	`user_id` int NOT NULL,
	`replaces` char(36),
	`created_at` datetime(3) NOT NULL,
	`retired_at` datetime(3),
	CONSTRAINT `devices_tenant_device_pk` PRIMARY KEY(`tenant`,`device`),
	CONSTRAINT `devices_letter` UNIQUE(`tenant`,`letter`)
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant` char(36) NOT NULL,
	`idempotency_key` varchar(255) NOT NULL,
	`operation` varchar(64) NOT NULL,
	`request_hash` char(64) NOT NULL,
	`outcome` mediumtext NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
	CONSTRAINT `idempotency_keys_tenant_idempotency_key_pk` PRIMARY KEY(`tenant`,`idempotency_key`)
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`tenant` char(36) NOT NULL,
	`user_id` int NOT NULL,
	`user_sub` varchar(64) NOT NULL,
	`role` varchar(20) NOT NULL,
	`position` smallint NOT NULL,
	`revision` int NOT NULL,
	`removed_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `memberships_tenant_user_id_pk` PRIMARY KEY(`tenant`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`position` bigint unsigned AUTO_INCREMENT NOT NULL,
	`event_id` char(36) NOT NULL,
	`name` varchar(64) NOT NULL,
	`tenant` char(36),
	`occurred_at` datetime(3) NOT NULL,
	`trace` mediumtext NOT NULL,
	`data` mediumtext NOT NULL,
	`published_at` datetime(3),
	CONSTRAINT `outbox_position` PRIMARY KEY(`position`)
);
--> statement-breakpoint
CREATE TABLE `step_outcomes` (
	`tenant` char(36) NOT NULL,
	`step_key` varchar(160) NOT NULL,
	`outcome` mediumtext NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT current_timestamp(3),
	CONSTRAINT `step_outcomes_tenant_step_key_pk` PRIMARY KEY(`tenant`,`step_key`)
);
--> statement-breakpoint
CREATE TABLE `sync_devices` (
	`tenant` char(36) NOT NULL,
	`collection` varchar(20) NOT NULL,
	`device` char(36) NOT NULL,
	`last` int NOT NULL,
	`acknowledged` int NOT NULL DEFAULT 0,
	CONSTRAINT `sync_devices_tenant_collection_device_pk` PRIMARY KEY(`tenant`,`collection`,`device`)
);
--> statement-breakpoint
CREATE TABLE `sync_heads` (
	`tenant` char(36) NOT NULL,
	`collection` varchar(20) NOT NULL,
	`epoch` varchar(40) NOT NULL,
	`version` bigint NOT NULL,
	`tombstone_floor` bigint NOT NULL DEFAULT 0,
	CONSTRAINT `sync_heads_tenant_collection_pk` PRIMARY KEY(`tenant`,`collection`)
);
--> statement-breakpoint
CREATE TABLE `sync_mutations` (
	`tenant` char(36) NOT NULL,
	`uuid` char(36) NOT NULL,
	`collection` varchar(20) NOT NULL,
	`device` char(36) NOT NULL,
	`seq` int NOT NULL,
	`uid` varchar(64) NOT NULL,
	`version` bigint NOT NULL,
	`outcome` mediumtext,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `sync_mutations_tenant_uuid_pk` PRIMARY KEY(`tenant`,`uuid`),
	CONSTRAINT `sync_mutations_number` UNIQUE(`tenant`,`collection`,`device`,`seq`)
);
--> statement-breakpoint
CREATE TABLE `sync_records` (
	`tenant` char(36) NOT NULL,
	`collection` varchar(20) NOT NULL,
	`uid` varchar(64) NOT NULL,
	`version` bigint NOT NULL,
	`deleted` boolean NOT NULL,
	`record` mediumtext NOT NULL,
	`bytes` int NOT NULL,
	`changed_at` datetime(3) NOT NULL,
	CONSTRAINT `sync_records_tenant_collection_uid_pk` PRIMARY KEY(`tenant`,`collection`,`uid`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` int AUTO_INCREMENT NOT NULL,
	`cognito_sub` varchar(64) NOT NULL,
	`email` varchar(254) NOT NULL,
	`email_key` varchar(254),
	`confirmed_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_cognito_sub` UNIQUE(`cognito_sub`),
	CONSTRAINT `users_email_key` UNIQUE(`email_key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `memberships_user` ON `memberships` (`user_sub`,`position`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);--> statement-breakpoint
CREATE INDEX `sync_records_changes` ON `sync_records` (`tenant`,`collection`,`version`,`bytes`);--> statement-breakpoint
CREATE INDEX `sync_records_tombstones` ON `sync_records` (`deleted`,`changed_at`);