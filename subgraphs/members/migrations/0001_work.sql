CREATE TABLE "members"."contact_link" (
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
	"tree" text NOT NULL,
	"parent_type" text NOT NULL,
	"parent" uuid NOT NULL,
	"child_type" text NOT NULL,
	"child" uuid NOT NULL,
	"valid_from" date,
	"valid_until" date,
	CONSTRAINT "contact_link_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "contact_link_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "contact_link_visibility" CHECK ("members"."contact_link"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "contact_link_tree" CHECK ("members"."contact_link"."tree" in ('CONTACT_GRID', 'PARTY_CHAIN_OFFICE', 'PARTY_CHAIN_MEMBERS')),
	CONSTRAINT "contact_link_parent_type" CHECK ("members"."contact_link"."parent_type" in ('MEMBER', 'ORGANIZATION')),
	CONSTRAINT "contact_link_child_type" CHECK ("members"."contact_link"."child_type" in ('MEMBER', 'ORGANIZATION')),
	CONSTRAINT "contact_link_valid" CHECK ("members"."contact_link"."valid_until" >= "members"."contact_link"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "members"."contact_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."duty_fact" (
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
	"fact" uuid NOT NULL,
	"member" uuid NOT NULL,
	"kind" text NOT NULL,
	"consultation_kind" text,
	"title" text NOT NULL,
	"on_day" date NOT NULL,
	"outcomes" text[] DEFAULT '{}' NOT NULL,
	"half_days" integer,
	"rank" integer NOT NULL,
	"authors" integer NOT NULL,
	"record_type" text NOT NULL,
	"record" uuid NOT NULL,
	"consultation" uuid,
	"record_owner" text COLLATE "C" NOT NULL,
	"record_visibility" text NOT NULL,
	"record_parties" text[] DEFAULT '{}' NOT NULL,
	"waiting" boolean DEFAULT false NOT NULL,
	"generation" integer NOT NULL,
	CONSTRAINT "duty_fact_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "duty_fact_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "duty_fact_origin_fact" UNIQUE("origin","fact"),
	CONSTRAINT "duty_fact_visibility" CHECK ("members"."duty_fact"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "duty_fact_kind" CHECK ("members"."duty_fact"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'MEETING', 'CONSULTATION', 'SUPERVISION', 'INSPECTION', 'RESEARCH', 'ACTIVITY', 'PUBLIC_WELFARE', 'TRAINING', 'READING', 'SPEECH', 'WRITTEN_SPEECH', 'SUGGESTION', 'TOPIC', 'PROPOSAL', 'OPINION', 'PUBLICATION', 'HISTORICAL_RECORD', 'SHIFT', 'REQUEST_ANSWERED', 'COMMENDATION', 'OTHER'))
);
--> statement-breakpoint
ALTER TABLE "members"."duty_fact" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."duty_source" (
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
	"head" text,
	"heard_at" timestamp(3) with time zone,
	"projected_at" timestamp(3) with time zone,
	"generation" integer DEFAULT 1 NOT NULL,
	"built" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "duty_source_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "duty_source_name_unique" UNIQUE("name"),
	CONSTRAINT "duty_source_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "duty_source_visibility" CHECK ("members"."duty_source"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."duty_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."scoring_rules" (
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
	"version" integer NOT NULL,
	"valid_from_year" integer NOT NULL,
	"rules" jsonb NOT NULL,
	CONSTRAINT "scoring_rules_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "scoring_rules_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "scoring_rules_owner_version" UNIQUE("owner","version"),
	CONSTRAINT "scoring_rules_visibility" CHECK ("members"."scoring_rules"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."scoring_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."membership" (
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
	"status" text NOT NULL,
	"since" date,
	"member" uuid NOT NULL,
	"term" uuid NOT NULL,
	"added" boolean DEFAULT false NOT NULL,
	"valid_from" date,
	"valid_until" date,
	"decision" text,
	"decided" date,
	"ending" text,
	"ending_decision" text,
	CONSTRAINT "membership_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "membership_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "membership_visibility" CHECK ("members"."membership"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "membership_status" CHECK ("members"."membership"."status" in ('NOMINATED', 'APPROVED', 'DECLINED', 'SUSPENDED', 'ENDED')),
	CONSTRAINT "membership_ending" CHECK ("members"."membership"."ending" in ('RESIGNATION', 'REMOVAL', 'DEATH', 'TRANSFER')),
	CONSTRAINT "membership_valid" CHECK ("members"."membership"."valid_until" >= "members"."membership"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "members"."membership" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."membership_event" (
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
	CONSTRAINT "membership_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "membership_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "membership_event_visibility" CHECK ("members"."membership_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."membership_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."membership_reason" (
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
	"membership" uuid NOT NULL,
	"step" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "membership_reason_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "membership_reason_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "membership_reason_visibility" CHECK ("members"."membership_reason"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."membership_reason" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."organization_member" (
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
	"organization" uuid NOT NULL,
	"member" uuid NOT NULL,
	"role" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	CONSTRAINT "organization_member_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "organization_member_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "organization_member_visibility" CHECK ("members"."organization_member"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "organization_member_role" CHECK ("members"."organization_member"."role" in ('CONVENOR', 'DEPUTY', 'MEMBER')),
	CONSTRAINT "organization_member_valid" CHECK ("members"."organization_member"."valid_until" >= "members"."organization_member"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "members"."organization_member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."setting" (
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
	"version" integer NOT NULL,
	"valid_from" date NOT NULL,
	"chosen" jsonb NOT NULL,
	CONSTRAINT "setting_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "setting_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "setting_owner_version" UNIQUE("owner","version"),
	CONSTRAINT "setting_visibility" CHECK ("members"."setting"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."setting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."endorsement" (
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
	"tag" uuid NOT NULL,
	"author" uuid NOT NULL,
	CONSTRAINT "endorsement_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "endorsement_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "endorsement_tag_author" UNIQUE("tag","author"),
	CONSTRAINT "endorsement_visibility" CHECK ("members"."endorsement"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "members"."endorsement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members"."tag" (
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
	"member" uuid NOT NULL,
	"author" uuid NOT NULL,
	"text" text NOT NULL,
	"position" integer NOT NULL,
	"endorsements" integer DEFAULT 0 NOT NULL,
	"needed" integer NOT NULL,
	"confirmed" date,
	"confirmed_by" text,
	CONSTRAINT "tag_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "tag_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "tag_visibility" CHECK ("members"."tag"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "tag_confirmed_by" CHECK ("members"."tag"."confirmed_by" in ('STAFF', 'MEMBER'))
);
--> statement-breakpoint
ALTER TABLE "members"."tag" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."affiliation" DROP CONSTRAINT "affiliation_member";--> statement-breakpoint
ALTER TABLE "members"."affiliation" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."affiliation" ADD COLUMN "valid_from" date;--> statement-breakpoint
ALTER TABLE "members"."affiliation" ADD COLUMN "valid_until" date;--> statement-breakpoint
ALTER TABLE "members"."committee_figure" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."duty_report" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."member" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."member" ADD COLUMN "serving" datemultirange DEFAULT '{(,)}' NOT NULL;--> statement-breakpoint
ALTER TABLE "members"."organization" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."organization" ADD COLUMN "term" uuid;--> statement-breakpoint
ALTER TABLE "members"."organization" ADD COLUMN "valid_from" date;--> statement-breakpoint
ALTER TABLE "members"."organization" ADD COLUMN "valid_until" date;--> statement-breakpoint
ALTER TABLE "members"."organization" ADD COLUMN "position" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "members"."person" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."post" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."post" ADD COLUMN "valid_from" date;--> statement-breakpoint
ALTER TABLE "members"."post" ADD COLUMN "valid_until" date;--> statement-breakpoint
ALTER TABLE "members"."session" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."term" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "members"."membership" ADD CONSTRAINT "membership_member_member_id_fk" FOREIGN KEY ("member") REFERENCES "members"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."membership" ADD CONSTRAINT "membership_term_term_id_fk" FOREIGN KEY ("term") REFERENCES "members"."term"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."membership_event" ADD CONSTRAINT "membership_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "members"."membership"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "members"."membership_reason" ADD CONSTRAINT "membership_reason_membership_membership_id_fk" FOREIGN KEY ("membership") REFERENCES "members"."membership"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."organization_member" ADD CONSTRAINT "organization_member_organization_organization_id_fk" FOREIGN KEY ("organization") REFERENCES "members"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."organization_member" ADD CONSTRAINT "organization_member_member_member_id_fk" FOREIGN KEY ("member") REFERENCES "members"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."endorsement" ADD CONSTRAINT "endorsement_tag_tag_id_fk" FOREIGN KEY ("tag") REFERENCES "members"."tag"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members"."tag" ADD CONSTRAINT "tag_member_member_id_fk" FOREIGN KEY ("member") REFERENCES "members"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_link_parent" ON "members"."contact_link" USING btree ("parent","tree");--> statement-breakpoint
CREATE INDEX "contact_link_child" ON "members"."contact_link" USING btree ("child","tree");--> statement-breakpoint
CREATE INDEX "duty_fact_owner_on" ON "members"."duty_fact" USING btree ("owner","on_day");--> statement-breakpoint
CREATE INDEX "duty_fact_member_on" ON "members"."duty_fact" USING btree ("member","on_day");--> statement-breakpoint
CREATE INDEX "duty_fact_generation" ON "members"."duty_fact" USING btree ("origin","generation");--> statement-breakpoint
CREATE INDEX "duty_fact_waiting" ON "members"."duty_fact" USING btree ("member") WHERE "members"."duty_fact"."waiting";--> statement-breakpoint
CREATE UNIQUE INDEX "membership_member_term" ON "members"."membership" USING btree ("member","term") WHERE "members"."membership"."status" in ('NOMINATED', 'APPROVED', 'SUSPENDED') and "members"."membership"."deleted" is null;--> statement-breakpoint
CREATE INDEX "membership_member" ON "members"."membership" USING btree ("member","valid_from");--> statement-breakpoint
CREATE INDEX "membership_term" ON "members"."membership" USING btree ("term","status");--> statement-breakpoint
CREATE INDEX "membership_owner_status" ON "members"."membership" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "membership_event_record" ON "members"."membership_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "membership_reason_membership" ON "members"."membership_reason" USING btree ("membership","created");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_member_current" ON "members"."organization_member" USING btree ("organization","member","role") WHERE "members"."organization_member"."valid_until" is null and "members"."organization_member"."deleted" is null;--> statement-breakpoint
CREATE INDEX "organization_member_organization" ON "members"."organization_member" USING btree ("organization","role","member");--> statement-breakpoint
CREATE INDEX "organization_member_member" ON "members"."organization_member" USING btree ("member","valid_from");--> statement-breakpoint
CREATE INDEX "setting_owner_from" ON "members"."setting" USING btree ("owner","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "tag_member_position" ON "members"."tag" USING btree ("member","position") WHERE "members"."tag"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tag_member_text" ON "members"."tag" USING btree ("member","text") WHERE "members"."tag"."deleted" is null;--> statement-breakpoint
CREATE INDEX "tag_unconfirmed" ON "members"."tag" USING btree ("owner","created") WHERE "members"."tag"."confirmed" is null and "members"."tag"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "affiliation_current" ON "members"."affiliation" USING btree ("member") WHERE "members"."affiliation"."valid_until" is null and "members"."affiliation"."deleted" is null;--> statement-breakpoint
CREATE INDEX "affiliation_member_from" ON "members"."affiliation" USING btree ("member","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_name_term" ON "members"."organization" USING btree ("owner","classification","name","term") WHERE "members"."organization"."term" is not null and "members"."organization"."valid_until" is null and "members"."organization"."deleted" is null;--> statement-breakpoint
ALTER TABLE "members"."affiliation" ADD CONSTRAINT "affiliation_valid" CHECK ("members"."affiliation"."valid_until" >= "members"."affiliation"."valid_from");--> statement-breakpoint
ALTER TABLE "members"."organization" ADD CONSTRAINT "organization_valid" CHECK ("members"."organization"."valid_until" >= "members"."organization"."valid_from");--> statement-breakpoint
ALTER TABLE "members"."post" ADD CONSTRAINT "post_valid" CHECK ("members"."post"."valid_until" >= "members"."post"."valid_from");--> statement-breakpoint
CREATE POLICY "read" ON "members"."contact_link" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."contact_link" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "members"."contact_link" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "members"."duty_fact" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."duty_fact" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "update" ON "members"."duty_fact" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "read" ON "members"."duty_source" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."duty_source" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "update" ON "members"."duty_source" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{}'::text[]) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "read" ON "members"."scoring_rules" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."scoring_rules" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "members"."scoring_rules" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "members"."membership" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."membership" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "members"."membership" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "members"."membership_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."membership_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "members"."membership_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "members"."membership_reason" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."membership_reason" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "members"."membership_reason" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "members"."organization_member" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."organization_member" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "members"."organization_member" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "members"."setting" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."setting" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "members"."setting" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "members"."endorsement" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."endorsement" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "members"."endorsement" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "members"."tag" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "members"."tag" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "members"."tag" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "read" ON "members"."affiliation" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."affiliation" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."affiliation" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."committee_figure" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."committee_figure" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."committee_figure" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."duty_report" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."duty_report" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."duty_report" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."member" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."member" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."member" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."organization" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."organization" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."organization" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."person" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."person" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."person" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."post" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."post" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."post" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members,township}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."session" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."session" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."session" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "members"."term" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "members"."term" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "members"."term" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{members}'::text[]));