CREATE TABLE `documents` (
	`tenant` char(36) NOT NULL,
	`invoice_uid` char(36) NOT NULL,
	`invoice_id` int NOT NULL,
	`number` varchar(100) NOT NULL,
	`sha256` char(64) NOT NULL,
	`bytes` int NOT NULL,
	`storage_key` varchar(200) NOT NULL,
	`renderer_version` varchar(40) NOT NULL,
	`font_set` varchar(40) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `documents_tenant_invoice_uid_pk` PRIMARY KEY(`tenant`,`invoice_uid`)
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
CREATE INDEX `documents_invoice_id` ON `documents` (`tenant`,`invoice_id`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);