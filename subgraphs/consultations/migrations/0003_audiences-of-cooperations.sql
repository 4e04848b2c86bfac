CREATE TABLE "consultations"."cooperation_audience" (
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
	"origin" text NOT NULL,
	"seq" bigint NOT NULL,
	"generation" integer NOT NULL,
	CONSTRAINT "cooperation_audience_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "cooperation_audience_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "cooperation_audience_visibility" CHECK ("consultations"."cooperation_audience"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_audience" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."cooperation_source" (
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
	"name" text NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"built" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "cooperation_source_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "cooperation_source_name_unique" UNIQUE("name"),
	CONSTRAINT "cooperation_source_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "cooperation_source_visibility" CHECK ("consultations"."cooperation_source"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_link" ADD COLUMN "reference_parties" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_cooperation" ADD COLUMN "reference_parties" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "cooperation_audience_generation" ON "consultations"."cooperation_audience" USING btree ("origin","generation");--> statement-breakpoint
CREATE INDEX "joint_plan_cooperation_cooperation" ON "consultations"."joint_plan_cooperation" USING btree ("cooperation");--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."cooperation_audience" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."cooperation_audience" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."cooperation_audience" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."cooperation_source" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."cooperation_source" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."cooperation_source" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."cooperation_link" TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(reference_parties)) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."cooperation_link" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."cooperation_link" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."joint_plan_cooperation" TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(reference_parties)) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."joint_plan_cooperation" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."joint_plan_cooperation" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));