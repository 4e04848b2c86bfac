CREATE TABLE "cooperation"."correction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"imported_revision" integer,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"record" uuid NOT NULL,
	"record_type" text NOT NULL,
	"step" text NOT NULL,
	"reason" text,
	"former" jsonb NOT NULL,
	CONSTRAINT "correction_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "correction_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "correction_visibility" CHECK ("cooperation"."correction"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "correction_step" CHECK ("cooperation"."correction"."step" in ('CORRECTED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."correction" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "cooperation"."partner_committee";--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ADD COLUMN "upward" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ADD COLUMN "widening_agreed" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "correction_record" ON "cooperation"."correction" USING btree ("record","created","id");--> statement-breakpoint
CREATE INDEX "correction_owner" ON "cooperation"."correction" USING btree ("owner","created","id");--> statement-breakpoint
CREATE INDEX "partner_committee" ON "cooperation"."partner" USING btree ("committee","cooperation") WHERE status = 'ACCEPTED';--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ADD CONSTRAINT "cooperation_upward" CHECK (not "cooperation"."cooperation"."upward" or "cooperation"."cooperation"."visibility" = 'JOINT');