CREATE TABLE "members"."correction" (
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
	CONSTRAINT "correction_visibility" CHECK ("members"."correction"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "correction_step" CHECK ("members"."correction"."step" in ('CORRECTED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "members"."correction" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."session" DROP CONSTRAINT "session_term_ordinal";--> statement-breakpoint
ALTER TABLE "members"."term" DROP CONSTRAINT "term_owner_ordinal";--> statement-breakpoint
CREATE INDEX "correction_record" ON "members"."correction" USING btree ("record","created","id");--> statement-breakpoint
CREATE INDEX "correction_owner" ON "members"."correction" USING btree ("owner","created","id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_term_ordinal" ON "members"."session" USING btree ("term","ordinal") WHERE "members"."session"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "term_owner_ordinal" ON "members"."term" USING btree ("owner","ordinal") WHERE "members"."term"."deleted" is null;