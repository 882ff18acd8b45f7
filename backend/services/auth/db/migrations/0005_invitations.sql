CREATE TABLE `invitations` (
	`id` int AUTO_INCREMENT NOT NULL,
	`tenant` char(36) NOT NULL,
	`email` varchar(254) NOT NULL,
	`role` varchar(20) NOT NULL,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `invitations_id` PRIMARY KEY(`id`),
	CONSTRAINT `invitations_address` UNIQUE(`tenant`,`email`)
);
--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);