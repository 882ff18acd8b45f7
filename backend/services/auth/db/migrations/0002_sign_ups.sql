CREATE TABLE `sign_ups` (
	`email_key` varchar(254) NOT NULL,
	CONSTRAINT `sign_ups_email_key` PRIMARY KEY(`email_key`)
);
