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
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);