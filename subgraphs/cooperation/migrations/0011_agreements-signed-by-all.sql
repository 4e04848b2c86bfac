ALTER TABLE "cooperation"."agreement" DROP CONSTRAINT "agreement_status";--> statement-breakpoint
DROP INDEX "cooperation"."agreement_waiting";--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "committees" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "signatures" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "agreement_waiting" ON "cooperation"."agreement" USING btree ("owner","since","id") WHERE status in ('DRAFT', 'PARTLY_SIGNED') and since is not null;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD CONSTRAINT "agreement_status" CHECK ("cooperation"."agreement"."status" in ('DRAFT', 'PARTLY_SIGNED', 'SIGNED', 'ENDED'));