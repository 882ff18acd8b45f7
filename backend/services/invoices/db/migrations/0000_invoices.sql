CREATE TABLE `assets` (
	`tenant` char(36) NOT NULL,
	`sha256` char(64) NOT NULL,
	`data` mediumtext NOT NULL,
	CONSTRAINT `assets_tenant_sha256_pk` PRIMARY KEY(`tenant`,`sha256`)
);
--> statement-breakpoint
CREATE TABLE `businesses` (
	`tenant` char(36) NOT NULL,
	`revision` int NOT NULL,
	`settings` mediumtext NOT NULL,
	`logo_sha256` char(64),
	`time_zone` varchar(60) NOT NULL,
	`reminders_enabled` boolean NOT NULL,
	CONSTRAINT `businesses_tenant_pk` PRIMARY KEY(`tenant`)
);
--> statement-breakpoint
CREATE TABLE `clients` (
	`tenant` char(36) NOT NULL,
	`id` int NOT NULL,
	`uid` char(36) NOT NULL,
	`revision` int NOT NULL,
	`state` mediumtext NOT NULL,
	`reminders_paused` boolean NOT NULL,
	CONSTRAINT `clients_tenant_id_pk` PRIMARY KEY(`tenant`,`id`)
);
--> statement-breakpoint
CREATE TABLE `creations` (
	`tenant` char(36) NOT NULL,
	`send_uid` char(36) NOT NULL,
	`invoice_uid` char(36) NOT NULL,
	`request` mediumtext NOT NULL,
	`stored_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `creations_tenant_send_uid_pk` PRIMARY KEY(`tenant`,`send_uid`)
);
--> statement-breakpoint
CREATE TABLE `frozen_documents` (
	`tenant` char(36) NOT NULL,
	`invoice_uid` char(36) NOT NULL,
	`document` mediumtext NOT NULL,
	`logo_sha256` char(64),
	CONSTRAINT `frozen_documents_tenant_invoice_uid_pk` PRIMARY KEY(`tenant`,`invoice_uid`)
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
CREATE TABLE `invoice_items` (
	`tenant` char(36) NOT NULL,
	`invoice_id` int NOT NULL,
	`position` smallint NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`line_uid` char(36) NOT NULL,
	`description` text NOT NULL,
	`unit` varchar(20) NOT NULL,
	`quantity` bigint NOT NULL,
	`unit_price` bigint NOT NULL,
	`total` bigint NOT NULL,
	`tax` mediumtext NOT NULL,
	`discount` mediumtext,
	`product_uid` char(36),
	`source_line_uid` char(36),
	`order_item_id` int,
	`order_line_uid` char(36),
	CONSTRAINT `invoice_items_tenant_invoice_id_position_pk` PRIMARY KEY(`tenant`,`invoice_id`,`position`),
	CONSTRAINT `invoice_items_id` UNIQUE(`id`)
);
--> statement-breakpoint
CREATE TABLE `invoices` (
	`tenant` char(36) NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`kind` varchar(12) NOT NULL,
	`revision` int NOT NULL,
	`client_id` int,
	`client_uid` char(36),
	`order_id` int,
	`order_uid` char(36),
	`order_number` varchar(50) NOT NULL,
	`corrects_id` int,
	`corrects_uid` char(36),
	`client_name` varchar(200) NOT NULL,
	`is_imported` boolean NOT NULL,
	`duplicate_of` char(36),
	`head` mediumtext NOT NULL,
	`currency` char(3) NOT NULL,
	`exchange_rate` bigint,
	`issue_date` char(10) NOT NULL,
	`due_date` char(10) NOT NULL,
	`buyer_reference` varchar(100) NOT NULL,
	`notes` text NOT NULL,
	`net` bigint NOT NULL,
	`tax` bigint NOT NULL,
	`total` bigint NOT NULL,
	`number` varchar(50),
	`series_uid` char(36),
	`period` smallint,
	`sequence` int,
	`number_clash` varchar(36) NOT NULL,
	`finalised_at` datetime(3),
	`paid` bigint NOT NULL,
	`credited` bigint NOT NULL,
	`delivery_state` varchar(12),
	`delivery_send_uid` char(36),
	`delivery_attempt` int,
	`delivery_reason` varchar(100),
	`delivery_at` datetime(3),
	`sent_at` datetime(3),
	`pdf_sha256` char(64),
	`reminders_paused` boolean NOT NULL,
	`reminder_step` smallint NOT NULL,
	`overdue_noted_on` char(10),
	`is_open` boolean GENERATED ALWAYS AS ((kind = 'invoice' and finalised_at is not null and deleted_at is null and total - paid - credited > 0)) STORED,
	`deleted_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `invoices_tenant_id_pk` PRIMARY KEY(`tenant`,`id`),
	CONSTRAINT `invoices_id` UNIQUE(`id`),
	CONSTRAINT `invoices_uid` UNIQUE(`tenant`,`uid`),
	CONSTRAINT `invoices_number` UNIQUE(`tenant`,`series_uid`,`period`,`sequence`,`number_clash`)
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
CREATE TABLE `number_periods` (
	`tenant` char(36) NOT NULL,
	`series_uid` char(36) NOT NULL,
	`period` smallint NOT NULL,
	`last` int NOT NULL,
	CONSTRAINT `number_periods_tenant_series_uid_period_pk` PRIMARY KEY(`tenant`,`series_uid`,`period`)
);
--> statement-breakpoint
CREATE TABLE `number_series` (
	`tenant` char(36) NOT NULL,
	`kind` varchar(12) NOT NULL,
	`uid` char(36) NOT NULL,
	`letter` varchar(3) NOT NULL,
	CONSTRAINT `number_series_tenant_kind_pk` PRIMARY KEY(`tenant`,`kind`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`tenant` char(36) NOT NULL,
	`uid` char(36) NOT NULL,
	`id` int NOT NULL,
	`revision` int NOT NULL,
	`number` varchar(50) NOT NULL,
	CONSTRAINT `orders_tenant_uid_pk` PRIMARY KEY(`tenant`,`uid`)
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
CREATE TABLE `payments` (
	`tenant` char(36) NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`invoice_id` int,
	`invoice_uid` char(36) NOT NULL,
	`date` char(10) NOT NULL,
	`amount` bigint NOT NULL,
	`method` varchar(20) NOT NULL,
	`reference` varchar(140) NOT NULL,
	`reverses_uid` char(36),
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `payments_tenant_id_pk` PRIMARY KEY(`tenant`,`id`),
	CONSTRAINT `payments_id` UNIQUE(`id`),
	CONSTRAINT `payments_uid` UNIQUE(`tenant`,`uid`)
);
--> statement-breakpoint
CREATE TABLE `restores` (
	`id` int AUTO_INCREMENT NOT NULL,
	`at` datetime(3) NOT NULL,
	CONSTRAINT `restores_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `sends` (
	`tenant` char(36) NOT NULL,
	`send_uid` char(36) NOT NULL,
	`invoice_id` int,
	`invoice_uid` char(36) NOT NULL,
	`kind` varchar(12) NOT NULL,
	`mail` mediumtext NOT NULL,
	`requested_at` datetime(3) NOT NULL,
	`cancelled_at` datetime(3),
	`wanted_attempt` int NOT NULL,
	`state` varchar(12) NOT NULL,
	`attempt` int NOT NULL,
	`reason` varchar(100),
	`settled_at` datetime(3),
	`is_mailed` boolean NOT NULL,
	`was_settled` boolean NOT NULL,
	`reminder_step` smallint,
	`anyway_attempt` int,
	`permit_message_uid` char(36),
	`permitted_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `sends_tenant_send_uid_pk` PRIMARY KEY(`tenant`,`send_uid`)
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
CREATE TABLE `timeline` (
	`tenant` char(36) NOT NULL,
	`invoice_id` int NOT NULL,
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`entry_key` varchar(160) NOT NULL,
	`step` varchar(20) NOT NULL,
	`state` varchar(10) NOT NULL,
	`at` datetime(3) NOT NULL,
	`attempt` int NOT NULL,
	`step_attempt` int,
	`send_uid` char(36),
	`reason` varchar(100),
	`details` mediumtext NOT NULL,
	CONSTRAINT `timeline_tenant_invoice_id_id_pk` PRIMARY KEY(`tenant`,`invoice_id`,`id`),
	CONSTRAINT `timeline_id` UNIQUE(`id`),
	CONSTRAINT `timeline_entry` UNIQUE(`tenant`,`invoice_id`,`entry_key`)
);
--> statement-breakpoint
CREATE INDEX `businesses_time_zone` ON `businesses` (`time_zone`);--> statement-breakpoint
CREATE INDEX `clients_uid` ON `clients` (`tenant`,`uid`);--> statement-breakpoint
CREATE INDEX `creations_waiting` ON `creations` (`stored_at`,`created_at`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `invoices_client` ON `invoices` (`tenant`,`client_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoices_client_uid` ON `invoices` (`tenant`,`client_uid`);--> statement-breakpoint
CREATE INDEX `invoices_order_uid` ON `invoices` (`tenant`,`order_uid`);--> statement-breakpoint
CREATE INDEX `invoices_corrects` ON `invoices` (`tenant`,`corrects_uid`);--> statement-breakpoint
CREATE INDEX `invoices_open` ON `invoices` (`is_open`,`due_date`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `payments_invoice` ON `payments` (`tenant`,`invoice_uid`);--> statement-breakpoint
CREATE INDEX `payments_waiting` ON `payments` (`invoice_id`);--> statement-breakpoint
CREATE INDEX `sends_invoice` ON `sends` (`tenant`,`invoice_uid`);--> statement-breakpoint
CREATE INDEX `sends_pending` ON `sends` (`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);--> statement-breakpoint
CREATE INDEX `sync_records_changes` ON `sync_records` (`tenant`,`collection`,`version`,`bytes`);--> statement-breakpoint
CREATE INDEX `sync_records_tombstones` ON `sync_records` (`deleted`,`changed_at`);--> statement-breakpoint
CREATE INDEX `timeline_send` ON `timeline` (`tenant`,`send_uid`);