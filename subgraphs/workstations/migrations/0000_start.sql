CREATE SCHEMA "workstations";
--> statement-breakpoint
CREATE TABLE "workstations"."activity" (
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
	"held" jsonb,
	"held_from" date DEFAULT '-infinity' NOT NULL,
	"held_until" date DEFAULT '-infinity' NOT NULL,
	"workstation" uuid,
	"programme" uuid,
	"region" text COLLATE "C",
	"region_as_filed" text COLLATE "C",
	"place" text,
	"description" text,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "activity_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "activity_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "activity_visibility" CHECK ("workstations"."activity"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "activity_kind" CHECK ("workstations"."activity"."kind" in ('OPEN_DAY', 'VISIT', 'SERVICE', 'LECTURE', 'COURSE', 'TRAINING', 'TALKS', 'STUDY_TRIP', 'SURVEY', 'MEETING', 'VOLUNTEERING', 'CEREMONY'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."activity" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."livelihood_item" (
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
	"workstation" uuid NOT NULL,
	"title" text NOT NULL,
	"year" integer,
	"year_order" integer GENERATED ALWAYS AS (coalesce(year, 0)) STORED NOT NULL,
	"status" text NOT NULL,
	"finished" jsonb,
	"description" text,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "livelihood_item_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "livelihood_item_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "livelihood_item_visibility" CHECK ("workstations"."livelihood_item"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "livelihood_item_status" CHECK ("workstations"."livelihood_item"."status" in ('PROPOSED', 'CONFIRMED', 'IN_PROGRESS', 'FINISHED', 'EVALUATED'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."livelihood_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."participation" (
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
	"activity" uuid NOT NULL,
	"member" uuid,
	"person" uuid,
	"role" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "participation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "participation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "participation_visibility" CHECK ("workstations"."participation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."participation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."programme" (
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
	"started" jsonb,
	"started_from" date DEFAULT '-infinity' NOT NULL,
	"description" text,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "programme_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "programme_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "programme_visibility" CHECK ("workstations"."programme"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."programme" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."programme_staffing" (
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
	"programme" uuid NOT NULL,
	"member" uuid,
	"person" uuid,
	"role" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "programme_staffing_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "programme_staffing_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "programme_staffing_visibility" CHECK ("workstations"."programme_staffing"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."programme_staffing" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."service_request" (
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
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"filed_as" text,
	"status" text NOT NULL,
	"requested" jsonb,
	"requested_from" date DEFAULT '-infinity' NOT NULL,
	"requested_until" date DEFAULT '-infinity' NOT NULL,
	"resolution" text,
	"resolved" jsonb,
	"workstation" uuid,
	"region" text COLLATE "C",
	"region_as_filed" text COLLATE "C",
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "service_request_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "service_request_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "service_request_visibility" CHECK ("workstations"."service_request"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "service_request_kind" CHECK ("workstations"."service_request"."kind" in ('WISH', 'QUESTION', 'PROBLEM')),
	CONSTRAINT "service_request_status" CHECK ("workstations"."service_request"."status" in ('OPEN', 'CLOSED'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."service_request" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."workstation" (
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
	"kind" text NOT NULL,
	"local_kind" text,
	"status" text NOT NULL,
	"region" text COLLATE "C" NOT NULL,
	"region_as_filed" text COLLATE "C" NOT NULL,
	"place" text,
	"opened" jsonb,
	"opened_from" date DEFAULT '-infinity' NOT NULL,
	"description" text,
	"open_days" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"kind_and_status" text GENERATED ALWAYS AS (kind || ' ' || status) STORED,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "workstation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "workstation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "workstation_visibility" CHECK ("workstations"."workstation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "workstation_kind" CHECK ("workstations"."workstation"."kind" in ('STUDIO', 'ONLINE_STUDIO', 'SECTOR_STUDIO', 'RECEPTION_HALL', 'HALL', 'STATION', 'LIAISON_ROOM', 'PLATFORM')),
	CONSTRAINT "workstation_status" CHECK ("workstations"."workstation"."status" in ('PLANNED', 'LISTED', 'DELISTED'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."workstation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workstations"."workstation_staffing" (
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
	"workstation" uuid NOT NULL,
	"member" uuid NOT NULL,
	"role" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "workstation_staffing_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "workstation_staffing_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "workstation_staffing_visibility" CHECK ("workstations"."workstation_staffing"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "workstations"."workstation_staffing" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."activity" ADD CONSTRAINT "activity_workstation_workstation_id_fk" FOREIGN KEY ("workstation") REFERENCES "workstations"."workstation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workstations"."activity" ADD CONSTRAINT "activity_programme_programme_id_fk" FOREIGN KEY ("programme") REFERENCES "workstations"."programme"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workstations"."livelihood_item" ADD CONSTRAINT "livelihood_item_workstation" FOREIGN KEY ("workstation","visibility","parties","subjects") REFERENCES "workstations"."workstation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "workstations"."participation" ADD CONSTRAINT "participation_activity" FOREIGN KEY ("activity","visibility","parties","subjects") REFERENCES "workstations"."activity"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "workstations"."programme_staffing" ADD CONSTRAINT "programme_staffing_programme" FOREIGN KEY ("programme","visibility","parties","subjects") REFERENCES "workstations"."programme"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "workstations"."service_request" ADD CONSTRAINT "service_request_workstation_workstation_id_fk" FOREIGN KEY ("workstation") REFERENCES "workstations"."workstation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workstations"."workstation_staffing" ADD CONSTRAINT "workstation_staffing_workstation" FOREIGN KEY ("workstation","visibility","parties","subjects") REFERENCES "workstations"."workstation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "activity_owner_held" ON "workstations"."activity" USING btree ("owner","held_from","id");--> statement-breakpoint
CREATE INDEX "activity_owner_modified" ON "workstations"."activity" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "activity_province_held" ON "workstations"."activity" USING btree ("province","held_from","id");--> statement-breakpoint
CREATE INDEX "activity_held" ON "workstations"."activity" USING btree ("held_from","id");--> statement-breakpoint
CREATE INDEX "activity_province_modified" ON "workstations"."activity" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "activity_modified" ON "workstations"."activity" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "activity_workstation" ON "workstations"."activity" USING btree ("workstation","held_from","id");--> statement-breakpoint
CREATE INDEX "activity_programme" ON "workstations"."activity" USING btree ("programme","held_from","id");--> statement-breakpoint
CREATE INDEX "livelihood_item_of" ON "workstations"."livelihood_item" USING btree ("workstation","position");--> statement-breakpoint
CREATE INDEX "livelihood_item_owner_year" ON "workstations"."livelihood_item" USING btree ("owner","year_order","id");--> statement-breakpoint
CREATE INDEX "livelihood_item_owner_title" ON "workstations"."livelihood_item" USING btree ("owner","title","id");--> statement-breakpoint
CREATE INDEX "livelihood_item_owner_modified" ON "workstations"."livelihood_item" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "livelihood_item_year" ON "workstations"."livelihood_item" USING btree ("year_order","id");--> statement-breakpoint
CREATE INDEX "livelihood_item_title" ON "workstations"."livelihood_item" USING btree ("title","id");--> statement-breakpoint
CREATE INDEX "livelihood_item_modified" ON "workstations"."livelihood_item" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "participation_of" ON "workstations"."participation" USING btree ("activity","position","id");--> statement-breakpoint
CREATE INDEX "participation_member" ON "workstations"."participation" USING btree ("member","activity");--> statement-breakpoint
CREATE INDEX "participation_person" ON "workstations"."participation" USING btree ("person","activity");--> statement-breakpoint
CREATE INDEX "programme_owner_name" ON "workstations"."programme" USING btree ("owner","name","id");--> statement-breakpoint
CREATE INDEX "programme_owner_started" ON "workstations"."programme" USING btree ("owner","started_from","id");--> statement-breakpoint
CREATE INDEX "programme_owner_modified" ON "workstations"."programme" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "programme_name" ON "workstations"."programme" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "programme_started" ON "workstations"."programme" USING btree ("started_from","id");--> statement-breakpoint
CREATE INDEX "programme_modified" ON "workstations"."programme" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "programme_staffing_of" ON "workstations"."programme_staffing" USING btree ("programme","position");--> statement-breakpoint
CREATE INDEX "programme_staffing_member" ON "workstations"."programme_staffing" USING btree ("member","programme");--> statement-breakpoint
CREATE INDEX "programme_staffing_person" ON "workstations"."programme_staffing" USING btree ("person","programme");--> statement-breakpoint
CREATE INDEX "service_request_owner_requested" ON "workstations"."service_request" USING btree ("owner","requested_from","id");--> statement-breakpoint
CREATE INDEX "service_request_owner_modified" ON "workstations"."service_request" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "service_request_province_requested" ON "workstations"."service_request" USING btree ("province","requested_from","id");--> statement-breakpoint
CREATE INDEX "service_request_requested" ON "workstations"."service_request" USING btree ("requested_from","id");--> statement-breakpoint
CREATE INDEX "service_request_province_modified" ON "workstations"."service_request" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "service_request_modified" ON "workstations"."service_request" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "service_request_workstation" ON "workstations"."service_request" USING btree ("workstation","requested_from","id");--> statement-breakpoint
CREATE INDEX "workstation_owner_name" ON "workstations"."workstation" USING btree ("owner","name","id");--> statement-breakpoint
CREATE INDEX "workstation_owner_opened" ON "workstations"."workstation" USING btree ("owner","opened_from","id");--> statement-breakpoint
CREATE INDEX "workstation_owner_modified" ON "workstations"."workstation" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "workstation_region_name" ON "workstations"."workstation" USING btree ("region","name","id");--> statement-breakpoint
CREATE INDEX "workstation_province_name" ON "workstations"."workstation" USING btree ("province","name","id");--> statement-breakpoint
CREATE INDEX "workstation_name" ON "workstations"."workstation" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "workstation_province_opened" ON "workstations"."workstation" USING btree ("province","opened_from","id");--> statement-breakpoint
CREATE INDEX "workstation_opened" ON "workstations"."workstation" USING btree ("opened_from","id");--> statement-breakpoint
CREATE INDEX "workstation_province_modified" ON "workstations"."workstation" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "workstation_modified" ON "workstations"."workstation" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "workstation_staffing_of" ON "workstations"."workstation_staffing" USING btree ("workstation","position");--> statement-breakpoint
CREATE INDEX "workstation_staffing_member" ON "workstations"."workstation_staffing" USING btree ("member","workstation");--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."activity" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."activity" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."activity" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."livelihood_item" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."livelihood_item" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."livelihood_item" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."participation" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."participation" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."participation" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."programme" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."programme" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."programme" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."programme_staffing" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."programme_staffing" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."programme_staffing" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."service_request" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."service_request" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."service_request" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."workstation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects)));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."workstation" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."workstation" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "read" ON "workstations"."workstation_staffing" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or ((select nullif(current_setting('hub.member', true), '')) = any(subjects))) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ((select nullif(current_setting('hub.member', true), '')) = any('{}'::text[]))));--> statement-breakpoint
CREATE POLICY "insert" ON "workstations"."workstation_staffing" AS PERMISSIVE FOR INSERT TO public WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));--> statement-breakpoint
CREATE POLICY "update" ON "workstations"."workstation_staffing" AS PERMISSIVE FOR UPDATE TO public USING (owner = (select nullif(current_setting('hub.staff_of', true), ''))) WITH CHECK (owner = (select nullif(current_setting('hub.staff_of', true), '')));