CREATE SCHEMA "members";
--> statement-breakpoint
CREATE TABLE "members"."affiliation" (
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
	"member" uuid NOT NULL,
	"sector" uuid NOT NULL,
	CONSTRAINT "affiliation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "affiliation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "affiliation_member" UNIQUE("member"),
	CONSTRAINT "affiliation_visibility" CHECK ("members"."affiliation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."affiliation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."committee_figure" (
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
	"label" text NOT NULL,
	"value" jsonb NOT NULL,
	"unit" text,
	"period" jsonb,
	"as_of" jsonb,
	"note" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "committee_figure_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "committee_figure_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "committee_figure_visibility" CHECK ("members"."committee_figure"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."committee_figure" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."duty_report" (
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
	"member" uuid NOT NULL,
	"year" integer NOT NULL,
	"year_inferred" boolean DEFAULT false NOT NULL,
	"total" jsonb NOT NULL,
	"lines" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "duty_report_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "duty_report_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "duty_report_member_year" UNIQUE("member","year"),
	CONSTRAINT "duty_report_visibility" CHECK ("members"."duty_report"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."duty_report" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."member" (
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
	"person" uuid NOT NULL,
	"name" text NOT NULL,
	"occupation" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"kind" text DEFAULT 'MEMBER' NOT NULL,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "member_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "member_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "member_person_owner" UNIQUE("person","owner"),
	CONSTRAINT "member_visibility" CHECK ("members"."member"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."organization" (
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
	"name" text NOT NULL,
	"classification" text NOT NULL,
	"parent" uuid,
	"region" text COLLATE "C",
	"description" text,
	CONSTRAINT "organization_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "organization_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "organization_visibility" CHECK ("members"."organization"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "organization_classification" CHECK ("members"."organization"."classification" in ('OFFICE', 'SPECIAL_COMMITTEE', 'SECTOR', 'SECTOR_GROUP', 'TOWNSHIP_COMMITTEE', 'MEMBER_GROUP', 'PARTY_GROUP', 'PARTY_BRANCH', 'TEMPORARY_PARTY_BRANCH', 'TEMPORARY_PARTY_CELL', 'PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'HOSPITAL', 'UNIVERSITY', 'COMPANY', 'ASSOCIATION', 'OTHER'))
);
--> statement-breakpoint
ALTER TABLE "members"."organization" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."person" (
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
	"name" text NOT NULL,
	CONSTRAINT "person_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "person_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "person_visibility" CHECK ("members"."person"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."post" (
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
	"person" uuid NOT NULL,
	"organization" uuid,
	"title" text NOT NULL,
	"current" boolean DEFAULT true NOT NULL,
	"as_of" jsonb,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "post_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "post_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "post_visibility" CHECK ("members"."post"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."post" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."session" (
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
	"term" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"held" jsonb,
	"held_from" date DEFAULT '-infinity' NOT NULL,
	"held_until" date DEFAULT '-infinity' NOT NULL,
	CONSTRAINT "session_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "session_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "session_term_ordinal" UNIQUE("term","ordinal"),
	CONSTRAINT "session_visibility" CHECK ("members"."session"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."term" (
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
	"ordinal" integer NOT NULL,
	"start" text,
	"end" text,
	CONSTRAINT "term_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "term_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "term_owner_ordinal" UNIQUE("owner","ordinal"),
	CONSTRAINT "term_visibility" CHECK ("members"."term"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."term" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."affiliation" ADD CONSTRAINT "affiliation_member_member_id_fk" FOREIGN KEY ("member") REFERENCES "members"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."affiliation" ADD CONSTRAINT "affiliation_sector_organization_id_fk" FOREIGN KEY ("sector") REFERENCES "members"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."duty_report" ADD CONSTRAINT "duty_report_member_member_id_fk" FOREIGN KEY ("member") REFERENCES "members"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."member" ADD CONSTRAINT "member_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "members"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."post" ADD CONSTRAINT "post_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "members"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."post" ADD CONSTRAINT "post_organization_organization_id_fk" FOREIGN KEY ("organization") REFERENCES "members"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."session" ADD CONSTRAINT "session_term" FOREIGN KEY ("term","visibility","parties","subjects") REFERENCES "members"."term"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "affiliation_sector" ON "members"."affiliation" USING btree ("sector","member");--> statement-breakpoint
CREATE INDEX "committee_figure_owner" ON "members"."committee_figure" USING btree ("owner","position");--> statement-breakpoint
CREATE INDEX "member_owner_name" ON "members"."member" USING btree ("owner","name","id");--> statement-breakpoint
CREATE INDEX "member_owner_modified" ON "members"."member" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "member_province_name" ON "members"."member" USING btree ("province","name","id");--> statement-breakpoint
CREATE INDEX "member_province_modified" ON "members"."member" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "member_name" ON "members"."member" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "member_modified" ON "members"."member" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "organization_owner" ON "members"."organization" USING btree ("owner","name","id");--> statement-breakpoint
CREATE INDEX "organization_parent" ON "members"."organization" USING btree ("parent","name");--> statement-breakpoint
CREATE INDEX "post_person" ON "members"."post" USING btree ("person","position");--> statement-breakpoint
CREATE INDEX "post_owner" ON "members"."post" USING btree ("owner","position");--> statement-breakpoint
CREATE INDEX "post_organization" ON "members"."post" USING btree ("organization","position");--> statement-breakpoint
CREATE POLICY "read" ON "members"."affiliation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."affiliation" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."affiliation" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."committee_figure" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."committee_figure" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."committee_figure" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."duty_report" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."duty_report" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."duty_report" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."member" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."member" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."member" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."organization" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."organization" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."organization" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."person" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."person" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."person" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."post" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."post" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."post" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."session" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."session" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."session" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "members"."term" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."term" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "members"."term" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));