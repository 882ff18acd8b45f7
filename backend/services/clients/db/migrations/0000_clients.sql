CREATE TABLE `businesses` (
	`tenant` char(36) NOT NULL,
	`revision` int NOT NULL,
	`country` char(2) NOT NULL,
	CONSTRAINT `businesses_tenant_pk` PRIMARY KEY(`tenant`)
);
--> statement-breakpoint
CREATE TABLE `clients` (
	`tenant` char(36) NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`revision` int NOT NULL,
	`name` varchar(200) NOT NULL,
	`contact_name` varchar(120) NOT NULL,
	`email` varchar(254) collate utf8mb4_unicode_ci NOT NULL,
	`email_key` varchar(254) collate utf8mb4_bin,
	`phone` varchar(40) NOT NULL,
	`address` varchar(1000) NOT NULL,
	`postal_address` mediumtext,
	`vat_number` varchar(40) NOT NULL,
	`company_number` varchar(40) NOT NULL,
	`language` varchar(2),
	`reminders_paused` boolean NOT NULL,
	`search` varchar(4000) collate utf8mb4_bin NOT NULL,
	`archived_at` datetime(3),
	`deleted_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `clients_tenant_id_pk` PRIMARY KEY(`tenant`,`id`),
	CONSTRAINT `clients_id` UNIQUE(`id`),
	CONSTRAINT `clients_uid` UNIQUE(`tenant`,`uid`),
	CONSTRAINT `clients_email_key` UNIQUE(`tenant`,`email_key`)
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
	`user_sub` varchar(64) NOT NULL,
	`business` char(36) NOT NULL,
	`user_id` int NOT NULL,
	`role` varchar(20) NOT NULL,
	`position` smallint NOT NULL,
	`revision` int NOT NULL,
	`removed_at` datetime(3),
	CONSTRAINT `memberships_user_sub_business_pk` PRIMARY KEY(`user_sub`,`business`)
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
CREATE INDEX `clients_email` ON `clients` (`tenant`,`email`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);--> statement-breakpoint
CREATE INDEX `sync_records_changes` ON `sync_records` (`tenant`,`collection`,`version`,`bytes`);--> statement-breakpoint
CREATE INDEX `sync_records_tombstones` ON `sync_records` (`deleted`,`changed_at`);