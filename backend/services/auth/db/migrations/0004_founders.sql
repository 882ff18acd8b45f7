ALTER TABLE `businesses` ADD `founder_id` int NOT NULL;--> statement-breakpoint
UPDATE `businesses` SET `founder_id` = (SELECT `user_id` FROM `memberships` WHERE `memberships`.`tenant` = `businesses`.`tenant` ORDER BY `memberships`.`created_at`, `user_id` LIMIT 1);--> statement-breakpoint
CREATE INDEX `businesses_founder` ON `businesses` (`founder_id`);