CREATE TABLE "cooperation"."access_place" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"place" text NOT NULL,
	"restored" timestamp with time zone,
	CONSTRAINT "access_place_one" CHECK ("cooperation"."access_place"."one")
);
--> statement-breakpoint
ALTER TABLE "cooperation"."access_entry" DROP CONSTRAINT "access_entry_outcome";--> statement-breakpoint
ALTER TABLE "cooperation"."webhook" DROP CONSTRAINT "webhook_paused_for";--> statement-breakpoint
CREATE INDEX "access_subject_number" ON "cooperation"."access_subject" USING btree ("number");--> statement-breakpoint
ALTER TABLE "cooperation"."access_entry" ADD CONSTRAINT "access_entry_outcome" CHECK ("cooperation"."access_entry"."outcome" in ('READ', 'REFUSED', 'SWEPT', 'RESTORED'));--> statement-breakpoint
ALTER TABLE "cooperation"."webhook" ADD CONSTRAINT "webhook_paused_for" CHECK ("cooperation"."webhook"."paused_for" in ('GONE', 'FAILING', 'CURSOR_TOO_OLD', 'CURSOR_UNKNOWN'));