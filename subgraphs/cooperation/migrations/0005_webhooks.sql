CREATE TABLE "cooperation"."webhook" (
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
	"agreement" uuid NOT NULL,
	"agency" uuid NOT NULL,
	"url" text NOT NULL,
	"types" text[],
	"paused_for" text,
	CONSTRAINT "webhook_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "webhook_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "webhook_visibility" CHECK ("cooperation"."webhook"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "webhook_status" CHECK ("cooperation"."webhook"."status" in ('ACTIVE', 'PAUSED', 'REMOVED')),
	CONSTRAINT "webhook_paused_for" CHECK ("cooperation"."webhook"."paused_for" in ('GONE', 'FAILING', 'CURSOR_UNKNOWN'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."webhook" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."webhook_event" (
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
	"agency" uuid,
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
	CONSTRAINT "webhook_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "webhook_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "webhook_event_visibility" CHECK ("cooperation"."webhook_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."webhook_message" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cooperation"."webhook_message_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"webhook" uuid NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] NOT NULL,
	"subjects" text[] NOT NULL,
	"deleted" timestamp(3) with time zone,
	"version" integer NOT NULL,
	"after" text NOT NULL,
	"cursor" text NOT NULL,
	"changes" integer NOT NULL,
	"body" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'PENDING' NOT NULL,
	"last_error" text,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_message_id" UNIQUE("id"),
	CONSTRAINT "webhook_message_state" CHECK ("cooperation"."webhook_message"."state" in ('PENDING', 'DEAD'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."webhook_progress" (
	"webhook" uuid PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] NOT NULL,
	"subjects" text[] NOT NULL,
	"deleted" timestamp(3) with time zone,
	"cursor" text,
	"started" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"version" integer,
	"reader" text,
	"read_until" timestamp(3) with time zone,
	"next_attempt" timestamp(3) with time zone,
	"failing_since" timestamp(3) with time zone,
	"last_error" text
);
--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_progress" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."webhook_secret" (
	"webhook" uuid NOT NULL,
	"secret" text NOT NULL,
	"created" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"valid_until" timestamp(3) with time zone,
	CONSTRAINT "webhook_secret_webhook_secret_pk" PRIMARY KEY("webhook","secret")
);
--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_secret" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook" ADD CONSTRAINT "webhook_part" FOREIGN KEY ("agreement","visibility","parties","subjects") REFERENCES "cooperation"."sharing_agreement"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_event" ADD CONSTRAINT "webhook_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "cooperation"."webhook"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_message" ADD CONSTRAINT "webhook_message_part" FOREIGN KEY ("webhook","visibility","parties","subjects") REFERENCES "cooperation"."webhook"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_progress" ADD CONSTRAINT "webhook_progress_part" FOREIGN KEY ("webhook","visibility","parties","subjects") REFERENCES "cooperation"."webhook"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "webhook_agreement" ON "cooperation"."webhook" USING btree ("agreement","created");--> statement-breakpoint
CREATE INDEX "webhook_event_record" ON "cooperation"."webhook_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "webhook_message_queue" ON "cooperation"."webhook_message" USING btree ("webhook","state","number");--> statement-breakpoint
CREATE INDEX "webhook_progress_due" ON "cooperation"."webhook_progress" USING btree ("next_attempt") WHERE next_attempt is not null;--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."webhook" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or (visibility in ('PUBLIC') and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD') and owner = (select nullif(current_setting('hub.shared_by', true), '')) and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."webhook" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{sharing}'::text[]) or (agency = (select nullif(current_setting('hub.agency', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."webhook" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{sharing}'::text[]) or (agency = (select nullif(current_setting('hub.agency', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{sharing}'::text[]) or (agency = (select nullif(current_setting('hub.agency', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."webhook_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or (visibility in ('PUBLIC') and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD') and owner = (select nullif(current_setting('hub.shared_by', true), '')) and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."webhook_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{sharing}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> '') or (agency = (select nullif(current_setting('hub.agency', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."webhook_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{sharing}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or (agency = (select nullif(current_setting('hub.agency', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{sharing}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or (agency = (select nullif(current_setting('hub.agency', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."webhook_message" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or (visibility in ('PUBLIC') and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD') and owner = (select nullif(current_setting('hub.shared_by', true), '')) and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."webhook_progress" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or (visibility in ('PUBLIC') and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD') and owner = (select nullif(current_setting('hub.shared_by', true), '')) and array['000000', left(owner, 2) || '0000', left(owner, 4) || '00', left(owner, 6), owner::text] && (select nullif(current_setting('hub.shared_regions', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));