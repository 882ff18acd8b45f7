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
CREATE INDEX `clients_email` ON `clients` (`tenant`,`email`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);