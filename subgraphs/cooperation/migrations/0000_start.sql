CREATE SCHEMA "cooperation";
--> statement-breakpoint
CREATE TABLE "cooperation"."agreement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"cooperation" uuid NOT NULL,
	"title" text NOT NULL,
	"signed" jsonb,
	"signatories" text[] NOT NULL,
	"description" text,
	"position" integer NOT NULL,
	CONSTRAINT "agreement_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "agreement_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "agreement_cooperation_position" UNIQUE("cooperation","position"),
	CONSTRAINT "agreement_visibility" CHECK ("cooperation"."agreement"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."aid_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"cooperation" uuid NOT NULL,
	"form" text NOT NULL,
	"amount" jsonb NOT NULL,
	"unit" text NOT NULL,
	"given" jsonb,
	"description" text,
	"position" integer NOT NULL,
	CONSTRAINT "aid_entry_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "aid_entry_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "aid_entry_cooperation_position" UNIQUE("cooperation","position"),
	CONSTRAINT "aid_entry_visibility" CHECK ("cooperation"."aid_entry"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."cooperation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"field" text NOT NULL,
	"status" text NOT NULL,
	"started" jsonb,
	"started_from" date DEFAULT '-infinity' NOT NULL,
	"description" text,
	"partner_names" text[] DEFAULT '{}' NOT NULL,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "cooperation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "cooperation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "cooperation_owner" UNIQUE("id","owner"),
	CONSTRAINT "cooperation_visibility" CHECK ("cooperation"."cooperation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "cooperation_kind" CHECK ("cooperation"."cooperation"."kind" in ('PAIRING', 'COUNTERPART_AID', 'STUDY_VISIT', 'LINKED_ACTION')),
	CONSTRAINT "cooperation_status" CHECK ("cooperation"."cooperation"."status" in ('CONTACT', 'ACTIVE', 'CONCLUDED'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."milestone" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"cooperation" uuid NOT NULL,
	"title" text NOT NULL,
	"stage" text NOT NULL,
	"date" jsonb,
	"date_from" date DEFAULT '-infinity' NOT NULL,
	"date_until" date DEFAULT '-infinity' NOT NULL,
	"done" boolean DEFAULT true NOT NULL,
	"description" text,
	"position" integer NOT NULL,
	CONSTRAINT "milestone_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "milestone_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "milestone_cooperation_position" UNIQUE("cooperation","position"),
	CONSTRAINT "milestone_visibility" CHECK ("cooperation"."milestone"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "milestone_stage" CHECK ("cooperation"."milestone"."stage" in ('CONTACT', 'VISIT', 'SURVEY', 'SUPPORT', 'TRAINING', 'CONSENSUS', 'TALKS', 'SIGNING', 'MECHANISM'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."milestone_person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"milestone" uuid NOT NULL,
	"person" uuid NOT NULL,
	"role" text,
	"position" integer NOT NULL,
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	CONSTRAINT "milestone_person_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "milestone_person_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "milestone_person_milestone_position" UNIQUE("milestone","position"),
	CONSTRAINT "milestone_person_visibility" CHECK ("cooperation"."milestone_person"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."milestone_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."partner" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"cooperation" uuid NOT NULL,
	"committee" text COLLATE "C" NOT NULL,
	"committee_as_filed" text COLLATE "C" NOT NULL,
	"role" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "partner_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "partner_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "partner_cooperation_position" UNIQUE("cooperation","position"),
	CONSTRAINT "partner_visibility" CHECK ("cooperation"."partner"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "partner_role" CHECK ("cooperation"."partner"."role" in ('INITIATOR', 'PARTNER', 'DONOR', 'RECIPIENT', 'VISITOR', 'HOST'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."partner_organization" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"owner_as_filed" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"source" text,
	"external_id" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"modified" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted" timestamp(3) with time zone,
	"partner" uuid NOT NULL,
	"name" text NOT NULL,
	"organization" uuid,
	"position" integer NOT NULL,
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	CONSTRAINT "partner_organization_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "partner_organization_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "partner_organization_partner_position" UNIQUE("partner","position"),
	CONSTRAINT "partner_organization_visibility" CHECK ("cooperation"."partner_organization"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."partner_organization" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD CONSTRAINT "agreement_cooperation" FOREIGN KEY ("cooperation","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ADD CONSTRAINT "aid_entry_cooperation" FOREIGN KEY ("cooperation","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ADD CONSTRAINT "milestone_cooperation" FOREIGN KEY ("cooperation","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone_person" ADD CONSTRAINT "milestone_person_milestone" FOREIGN KEY ("milestone","visibility","parties","subjects") REFERENCES "cooperation"."milestone"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD CONSTRAINT "partner_cooperation" FOREIGN KEY ("cooperation","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD CONSTRAINT "partner_owner" FOREIGN KEY ("cooperation","owner") REFERENCES "cooperation"."cooperation"("id","owner") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_organization" ADD CONSTRAINT "partner_organization_partner" FOREIGN KEY ("partner","visibility","parties","subjects") REFERENCES "cooperation"."partner"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "cooperation_owner_started" ON "cooperation"."cooperation" USING btree ("owner","started_from","id");--> statement-breakpoint
CREATE INDEX "cooperation_owner_title" ON "cooperation"."cooperation" USING btree ("owner","title","id");--> statement-breakpoint
CREATE INDEX "cooperation_owner_modified" ON "cooperation"."cooperation" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "cooperation_started" ON "cooperation"."cooperation" USING btree ("started_from","id");--> statement-breakpoint
CREATE INDEX "cooperation_title" ON "cooperation"."cooperation" USING btree ("title","id");--> statement-breakpoint
CREATE INDEX "cooperation_modified" ON "cooperation"."cooperation" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "milestone_cooperation_date" ON "cooperation"."milestone" USING btree ("cooperation","date_from");--> statement-breakpoint
CREATE INDEX "milestone_person_person" ON "cooperation"."milestone_person" USING btree ("person","milestone");--> statement-breakpoint
CREATE INDEX "partner_committee" ON "cooperation"."partner" USING btree ("committee","cooperation") WHERE position > 0;--> statement-breakpoint
CREATE INDEX "partner_organization_organization" ON "cooperation"."partner_organization" USING btree ("organization","partner");--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."agreement" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."agreement" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."agreement" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."aid_entry" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."aid_entry" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."aid_entry" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."cooperation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."cooperation" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."cooperation" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."milestone" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."milestone" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."milestone" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."milestone_person" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."milestone_person" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."milestone_person" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."partner" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."partner" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."partner" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."partner_organization" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."partner_organization" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."partner_organization" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));