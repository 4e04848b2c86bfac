CREATE TABLE "consultations"."calendar_feed" (
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
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	"status" text NOT NULL,
	"since" date,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"secret" text,
	"renewed" timestamp(3) with time zone NOT NULL,
	"author" uuid,
	"cooperation" uuid,
	CONSTRAINT "calendar_feed_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "calendar_feed_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "calendar_feed_visibility" CHECK ("consultations"."calendar_feed"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "calendar_feed_kind" CHECK ("consultations"."calendar_feed"."kind" in ('COMMITTEE', 'MEMBER', 'PAIRING')),
	CONSTRAINT "calendar_feed_status" CHECK ("consultations"."calendar_feed"."status" in ('OPEN', 'ENDED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."calendar_feed" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."calendar_feed_event" (
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
	"step" text NOT NULL,
	"from" text,
	"to" text NOT NULL,
	"role" text NOT NULL,
	"committee" text COLLATE "C",
	"author" uuid,
	"organization" uuid,
	"department" uuid,
	"receipt" text,
	"due" date,
	"due_provisional" boolean DEFAULT false NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"record_revision" integer NOT NULL,
	CONSTRAINT "calendar_feed_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "calendar_feed_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "calendar_feed_event_visibility" CHECK ("consultations"."calendar_feed_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."calendar_feed_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_feed_event" ADD CONSTRAINT "calendar_feed_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."calendar_feed"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_secret" ON "consultations"."calendar_feed" USING btree ("secret");--> statement-breakpoint
CREATE INDEX "calendar_feed_owner" ON "consultations"."calendar_feed" USING btree ("owner","created","id");--> statement-breakpoint
CREATE INDEX "calendar_feed_author" ON "consultations"."calendar_feed" USING btree ("author","created","id");--> statement-breakpoint
CREATE INDEX "calendar_feed_event_record" ON "consultations"."calendar_feed_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."calendar_feed" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."calendar_feed" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."calendar_feed" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."calendar_feed_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."calendar_feed_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."calendar_feed_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));