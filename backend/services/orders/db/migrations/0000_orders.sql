CREATE TABLE `businesses` (
	`tenant` char(36) NOT NULL,
	`revision` int NOT NULL,
	`currency` char(3) NOT NULL,
	`time_zone` varchar(64) NOT NULL,
	`prices_include_tax` boolean NOT NULL,
	CONSTRAINT `businesses_tenant_pk` PRIMARY KEY(`tenant`)
);
--> statement-breakpoint
CREATE TABLE `clients` (
	`tenant` char(36) NOT NULL,
	`id` int NOT NULL,
	`uid` char(36) NOT NULL,
	`revision` int NOT NULL,
	`deleted` boolean NOT NULL,
	CONSTRAINT `clients_tenant_id_pk` PRIMARY KEY(`tenant`,`id`)
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
CREATE TABLE `order_documents` (
	`tenant` char(36) NOT NULL,
	`invoice_id` int NOT NULL,
	`revision` int NOT NULL,
	`order_id` int,
	`order_uid` char(36),
	`takings` mediumtext NOT NULL,
	`deleted` boolean NOT NULL,
	CONSTRAINT `order_documents_tenant_invoice_id_pk` PRIMARY KEY(`tenant`,`invoice_id`)
);
--> statement-breakpoint
CREATE TABLE `order_items` (
	`tenant` char(36) NOT NULL,
	`order_id` int NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`position` smallint NOT NULL,
	`product_id` int,
	`product_name` varchar(255) NOT NULL,
	`unit` varchar(20) NOT NULL,
	`quantity` bigint NOT NULL,
	`unit_price` bigint NOT NULL,
	`tax_name` varchar(60) NOT NULL,
	`tax_category` varchar(20) NOT NULL,
	`tax_rate` int NOT NULL,
	`tax_reason` varchar(300) NOT NULL,
	`total` bigint NOT NULL,
	`invoiced` bigint NOT NULL,
	CONSTRAINT `order_items_tenant_order_id_id_pk` PRIMARY KEY(`tenant`,`order_id`,`id`),
	CONSTRAINT `order_items_id` UNIQUE(`id`),
	CONSTRAINT `order_items_uid` UNIQUE(`tenant`,`order_id`,`uid`)
);
--> statement-breakpoint
CREATE TABLE `order_numbers` (
	`tenant` char(36) NOT NULL,
	`year` smallint NOT NULL,
	`last_sequence` int NOT NULL,
	CONSTRAINT `order_numbers_tenant_year_pk` PRIMARY KEY(`tenant`,`year`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`tenant` char(36) NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`revision` int NOT NULL,
	`number` varchar(50) NOT NULL,
	`client_id` int NOT NULL,
	`status` varchar(20) NOT NULL,
	`order_date` date NOT NULL,
	`currency` char(3) NOT NULL,
	`buyer_reference` varchar(100) NOT NULL,
	`notes` varchar(2000) NOT NULL,
	`prices_include_tax` boolean NOT NULL,
	`total` bigint NOT NULL,
	`deleted_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `orders_tenant_id_pk` PRIMARY KEY(`tenant`,`id`),
	CONSTRAINT `orders_id` UNIQUE(`id`),
	CONSTRAINT `orders_uid` UNIQUE(`tenant`,`uid`)
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
CREATE TABLE `products` (
	`tenant` char(36) NOT NULL,
	`id` int AUTO_INCREMENT NOT NULL,
	`uid` char(36) NOT NULL,
	`revision` int NOT NULL,
	`code` varchar(40) NOT NULL,
	`code_key` varchar(120) collate utf8mb4_bin,
	`name` varchar(255) NOT NULL,
	`unit` varchar(20) NOT NULL,
	`unit_price` bigint NOT NULL,
	`currency` char(3) NOT NULL,
	`tax_name` varchar(60) NOT NULL,
	`tax_category` varchar(20) NOT NULL,
	`tax_rate` int NOT NULL,
	`tax_reason` varchar(300) NOT NULL,
	`search` varchar(2000) collate utf8mb4_bin NOT NULL,
	`archived_at` datetime(3),
	`deleted_at` datetime(3),
	`created_at` datetime(3) NOT NULL,
	`updated_at` datetime(3) NOT NULL,
	CONSTRAINT `products_tenant_id_pk` PRIMARY KEY(`tenant`,`id`),
	CONSTRAINT `products_id` UNIQUE(`id`),
	CONSTRAINT `products_uid` UNIQUE(`tenant`,`uid`),
	CONSTRAINT `products_code_key` UNIQUE(`tenant`,`code_key`)
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
CREATE TABLE `waiting_orders` (
	`tenant` char(36) NOT NULL,
	`uid` char(36) NOT NULL,
	`client_uid` char(36) NOT NULL,
	CONSTRAINT `waiting_orders_tenant_uid_pk` PRIMARY KEY(`tenant`,`uid`)
);
--> statement-breakpoint
CREATE INDEX `clients_uid` ON `clients` (`tenant`,`uid`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `order_documents_order` ON `order_documents` (`tenant`,`order_id`);--> statement-breakpoint
CREATE INDEX `order_documents_order_uid` ON `order_documents` (`tenant`,`order_uid`);--> statement-breakpoint
CREATE INDEX `orders_number` ON `orders` (`tenant`,`number`);--> statement-breakpoint
CREATE INDEX `orders_status` ON `orders` (`tenant`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `orders_client` ON `orders` (`tenant`,`client_id`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`published_at`,`position`);--> statement-breakpoint
CREATE INDEX `step_outcomes_age` ON `step_outcomes` (`created_at`);--> statement-breakpoint
CREATE INDEX `sync_records_changes` ON `sync_records` (`tenant`,`collection`,`version`,`bytes`);--> statement-breakpoint
CREATE INDEX `sync_records_tombstones` ON `sync_records` (`deleted`,`changed_at`);--> statement-breakpoint
CREATE INDEX `waiting_orders_client` ON `waiting_orders` (`tenant`,`client_uid`);