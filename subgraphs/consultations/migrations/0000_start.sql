CREATE SCHEMA "consultations";
--> statement-breakpoint
CREATE TABLE "consultations"."adoption" (
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
	"suggestion" uuid NOT NULL,
	"body" text NOT NULL,
	"body_name" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"decided" jsonb,
	"position" integer NOT NULL,
	CONSTRAINT "adoption_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "adoption_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "adoption_visibility" CHECK ("consultations"."adoption"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "adoption_body" CHECK ("consultations"."adoption"."body" in ('PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE')),
	CONSTRAINT "adoption_status" CHECK ("consultations"."adoption"."status" in ('ADOPTED', 'PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."consultation" (
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
	"local_kind" text,
	"status" text NOT NULL,
	"kind_and_status" text GENERATED ALWAYS AS (kind || ' ' || status) STORED,
	"held" jsonb,
	"held_from" date DEFAULT '-infinity' NOT NULL,
	"held_until" date DEFAULT '-infinity' NOT NULL,
	"place" text,
	"region" text COLLATE "C",
	"topics" text[] DEFAULT '{}' NOT NULL,
	"description" text,
	"follows" uuid,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "consultation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "consultation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "consultation_owner" UNIQUE("id","owner"),
	CONSTRAINT "consultation_visibility" CHECK ("consultations"."consultation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "consultation_kind" CHECK ("consultations"."consultation"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'TOPICAL', 'COUNTERPART', 'SECTOR', 'PROPOSAL_HANDLING', 'REMOTE', 'GOVERNMENT_BUSINESS', 'LIVELIHOOD', 'JOINT_GROUP', 'HALL', 'STATION', 'INSPECTION', 'RESEARCH', 'SUPERVISION')),
	CONSTRAINT "consultation_status" CHECK ("consultations"."consultation"."status" in ('PLANNED', 'SCHEDULED', 'HELD', 'NOT_HELD', 'CANCELLED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."cooperation_link" (
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
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	"consultation" uuid NOT NULL,
	"cooperation" uuid NOT NULL,
	CONSTRAINT "cooperation_link_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "cooperation_link_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "cooperation_link_consultation" UNIQUE("consultation"),
	CONSTRAINT "cooperation_link_visibility" CHECK ("consultations"."cooperation_link"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."host" (
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
	"consultation" uuid NOT NULL,
	"committee" text COLLATE "C" NOT NULL,
	"committee_as_filed" text COLLATE "C" NOT NULL,
	"role" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "host_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "host_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "host_consultation_position" UNIQUE("consultation","position"),
	CONSTRAINT "host_visibility" CHECK ("consultations"."host"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "host_role" CHECK ("consultations"."host"."role" in ('LEAD', 'CO_HOST')),
	CONSTRAINT "host_lead" CHECK (("consultations"."host"."role" = 'LEAD') = ("consultations"."host"."position" = 0)),
	CONSTRAINT "host_lead_owns" CHECK ("consultations"."host"."role" <> 'LEAD' or "consultations"."host"."committee" = "consultations"."host"."owner")
);
--> statement-breakpoint
ALTER TABLE "consultations"."host" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."host_platform" (
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
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	"consultation" uuid NOT NULL,
	"host" uuid NOT NULL,
	"workstation" uuid,
	"name" text,
	CONSTRAINT "host_platform_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "host_platform_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "host_platform_host" UNIQUE("host"),
	CONSTRAINT "host_platform_visibility" CHECK ("consultations"."host_platform"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."host_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."outcome" (
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
	"consultation" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"on" jsonb,
	"body" text,
	"description" text,
	"position" integer NOT NULL,
	CONSTRAINT "outcome_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "outcome_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "outcome_visibility" CHECK ("consultations"."outcome"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "outcome_kind" CHECK ("consultations"."outcome"."kind" in ('INSTRUCTION', 'POLICY', 'PLAN_ENTRY', 'AGREEMENT', 'FACILITY', 'WORK_STARTED', 'REPORT', 'PROPOSAL', 'AWARD', 'OTHER'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."participant" (
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
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	"consultation" uuid NOT NULL,
	"member" uuid,
	"person" uuid,
	"role" text,
	"position" integer NOT NULL,
	CONSTRAINT "participant_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "participant_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "participant_visibility" CHECK ("consultations"."participant"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."participant" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan" (
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
	"year" integer NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "plan_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_visibility" CHECK ("consultations"."plan"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "plan_status" CHECK ("consultations"."plan"."status" in ('DRAFT', 'APPROVED', 'PUBLISHED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_item" (
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
	"plan" uuid NOT NULL,
	"kind" text NOT NULL,
	"local_kind" text,
	"title" text,
	"count" jsonb,
	"consultation" uuid,
	"position" integer NOT NULL,
	CONSTRAINT "plan_item_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_item_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_item_visibility" CHECK ("consultations"."plan_item"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "plan_item_kind" CHECK ("consultations"."plan_item"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'TOPICAL', 'COUNTERPART', 'SECTOR', 'PROPOSAL_HANDLING', 'REMOTE', 'GOVERNMENT_BUSINESS', 'LIVELIHOOD', 'JOINT_GROUP', 'HALL', 'STATION', 'INSPECTION', 'RESEARCH', 'SUPERVISION'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."reading" (
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
	"consultation" uuid NOT NULL,
	"on" jsonb,
	"text" text NOT NULL,
	"value" jsonb,
	"unit" text,
	"position" integer NOT NULL,
	CONSTRAINT "reading_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "reading_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "reading_visibility" CHECK ("consultations"."reading"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."reading" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."suggestion" (
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
	"consultation" uuid NOT NULL,
	"text" text NOT NULL,
	"count" jsonb,
	"position" integer NOT NULL,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "suggestion_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "suggestion_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "suggestion_visibility" CHECK ("consultations"."suggestion"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."suggestion_author" (
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
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	"suggestion" uuid NOT NULL,
	"member" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "suggestion_author_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "suggestion_author_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "suggestion_author_member" UNIQUE("suggestion","member"),
	CONSTRAINT "suggestion_author_visibility" CHECK ("consultations"."suggestion_author"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_author" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ADD CONSTRAINT "adoption_part" FOREIGN KEY ("suggestion","visibility","parties","subjects") REFERENCES "consultations"."suggestion"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_link" ADD CONSTRAINT "cooperation_link_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."host" ADD CONSTRAINT "host_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."host" ADD CONSTRAINT "host_owner" FOREIGN KEY ("consultation","owner") REFERENCES "consultations"."consultation"("id","owner") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."host_platform" ADD CONSTRAINT "host_platform_host_host_id_fk" FOREIGN KEY ("host") REFERENCES "consultations"."host"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."host_platform" ADD CONSTRAINT "host_platform_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD CONSTRAINT "outcome_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."participant" ADD CONSTRAINT "participant_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD CONSTRAINT "plan_item_part" FOREIGN KEY ("plan","visibility","parties","subjects") REFERENCES "consultations"."plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD CONSTRAINT "reading_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD CONSTRAINT "suggestion_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_author" ADD CONSTRAINT "suggestion_author_part" FOREIGN KEY ("suggestion","visibility","parties","subjects") REFERENCES "consultations"."suggestion"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "adoption_suggestion" ON "consultations"."adoption" USING btree ("suggestion","position","id");--> statement-breakpoint
CREATE INDEX "consultation_owner_held" ON "consultations"."consultation" USING btree ("owner","held_from","id");--> statement-breakpoint
CREATE INDEX "consultation_owner_title" ON "consultations"."consultation" USING btree ("owner","title","id");--> statement-breakpoint
CREATE INDEX "consultation_owner_modified" ON "consultations"."consultation" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "consultation_province_held" ON "consultations"."consultation" USING btree ("province","held_from","id");--> statement-breakpoint
CREATE INDEX "consultation_province_title" ON "consultations"."consultation" USING btree ("province","title","id");--> statement-breakpoint
CREATE INDEX "consultation_province_modified" ON "consultations"."consultation" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "consultation_held" ON "consultations"."consultation" USING btree ("held_from","id");--> statement-breakpoint
CREATE INDEX "consultation_title" ON "consultations"."consultation" USING btree ("title","id");--> statement-breakpoint
CREATE INDEX "consultation_modified" ON "consultations"."consultation" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "consultation_region_held" ON "consultations"."consultation" USING btree ("region","held_from","id");--> statement-breakpoint
CREATE INDEX "consultation_follows" ON "consultations"."consultation" USING btree ("follows");--> statement-breakpoint
CREATE INDEX "cooperation_link_cooperation" ON "consultations"."cooperation_link" USING btree ("cooperation","consultation");--> statement-breakpoint
CREATE INDEX "host_co_host" ON "consultations"."host" USING btree ("committee","owner","consultation") WHERE "consultations"."host"."role" = 'CO_HOST';--> statement-breakpoint
CREATE INDEX "host_platform_consultation" ON "consultations"."host_platform" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "host_platform_workstation" ON "consultations"."host_platform" USING btree ("workstation","consultation");--> statement-breakpoint
CREATE INDEX "outcome_consultation" ON "consultations"."outcome" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE INDEX "outcome_owner_modified" ON "consultations"."outcome" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "outcome_modified" ON "consultations"."outcome" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "participant_consultation" ON "consultations"."participant" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE INDEX "participant_member" ON "consultations"."participant" USING btree ("member","consultation");--> statement-breakpoint
CREATE INDEX "participant_person" ON "consultations"."participant" USING btree ("person","consultation");--> statement-breakpoint
CREATE INDEX "plan_owner_year" ON "consultations"."plan" USING btree ("owner","year","id");--> statement-breakpoint
CREATE INDEX "plan_owner_modified" ON "consultations"."plan" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "plan_year" ON "consultations"."plan" USING btree ("year","id");--> statement-breakpoint
CREATE INDEX "plan_modified" ON "consultations"."plan" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "plan_item_plan" ON "consultations"."plan_item" USING btree ("plan","position","id");--> statement-breakpoint
CREATE INDEX "plan_item_consultation" ON "consultations"."plan_item" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "reading_consultation" ON "consultations"."reading" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE INDEX "suggestion_consultation" ON "consultations"."suggestion" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE INDEX "suggestion_owner_modified" ON "consultations"."suggestion" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "suggestion_province_modified" ON "consultations"."suggestion" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "suggestion_modified" ON "consultations"."suggestion" USING btree ("modified","id");--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."adoption" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."adoption" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."adoption" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."consultation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."consultation" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."consultation" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."cooperation_link" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."cooperation_link" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."cooperation_link" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."host" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."host" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."host" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."host_platform" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."host_platform" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."host_platform" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."outcome" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."outcome" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."outcome" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."participant" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."participant" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."participant" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_item" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_item" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_item" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."reading" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."reading" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."reading" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."suggestion" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."suggestion" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."suggestion" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."suggestion_author" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."suggestion_author" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."suggestion_author" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));