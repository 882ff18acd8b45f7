CREATE TABLE `businesses` (
	`tenant` char(36) NOT NULL,
	`revision` int NOT NULL,
	`send_receipts` boolean NOT NULL,
	CONSTRAINT `businesses_tenant` PRIMARY KEY(`tenant`)
);
--> statement-breakpoint
CREATE TABLE `daily_usage` (
	`tenant` char(36) NOT NULL,
	`day` date NOT NULL,
	`mails` int NOT NULL,
	CONSTRAINT `daily_usage_tenant_day_pk` PRIMARY KEY(`tenant`,`day`)
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
CREATE TABLE `messages` (
	`tenant` char(36) NOT NULL,
	`message_uid` char(36) NOT NULL,
	`send_uid` char(36) NOT NULL,
	`invoice_uid` char(36) NOT NULL,
	`invoice_id` int NOT NULL,
	`kind` varchar(20) NOT NULL,
	`state` varchar(20) NOT NULL,
	`recipient` varchar(254) NOT NULL,
	`subject` varchar(300) NOT NULL,
	`reason` varchar(60),
	`ses_id` varchar(200),
	`execution` varchar(80),
	`claimed_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `messages_tenant_message_uid_pk` PRIMARY KEY(`tenant`,`message_uid`),
	CONSTRAINT `messages_send` UNIQUE(`tenant`,`send_uid`,`kind`)
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
CREATE TABLE `suppressions` (
	`tenant` char(36) NOT NULL,
	`address` varchar(254) collate utf8mb4_bin NOT NULL,
	`reason` varchar(20) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `suppressions_tenant_address_pk` PRIMARY KEY(`tenant`,`address`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `messages_invoice` ON `messages` (`tenant`,`invoice_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);