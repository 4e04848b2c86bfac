CREATE TABLE "cooperation"."access_key" (
	"ordinal" integer PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"hash" text NOT NULL,
	"statement" text NOT NULL,
	"endorsement" text
);
--> statement-breakpoint
ALTER TABLE "cooperation"."access_checkpoint" ADD COLUMN "first" bigint;--> statement-breakpoint
ALTER TABLE "cooperation"."access_checkpoint" ADD COLUMN "head" text;--> statement-breakpoint
ALTER TABLE "cooperation"."access_entry" ADD COLUMN "times" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."access_entry" ADD COLUMN "since" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "cooperation"."access_entry" ADD COLUMN "until" timestamp(3) with time zone;