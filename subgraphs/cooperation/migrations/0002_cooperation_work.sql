CREATE TABLE "cooperation"."agreement_event" (
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
	CONSTRAINT "agreement_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "agreement_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "agreement_event_visibility" CHECK ("cooperation"."agreement_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."agreement_file" (
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
	"agreement" uuid NOT NULL,
	"kind" text NOT NULL,
	"file" uuid NOT NULL,
	CONSTRAINT "agreement_file_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "agreement_file_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "agreement_file_file" UNIQUE("file"),
	CONSTRAINT "agreement_file_visibility" CHECK ("cooperation"."agreement_file"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "agreement_file_kind" CHECK ("cooperation"."agreement_file"."kind" in ('DRAFT', 'SIGNED', 'ANNEX'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."cooperation_event" (
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
	CONSTRAINT "cooperation_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "cooperation_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "cooperation_event_visibility" CHECK ("cooperation"."cooperation_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."file" (
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
	"media_type" text NOT NULL,
	"status" text NOT NULL,
	"bytes" integer,
	"sha256" text,
	"sender" text NOT NULL,
	"author" uuid,
	"department" uuid,
	"record" uuid,
	CONSTRAINT "file_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "file_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "file_visibility" CHECK ("cooperation"."file"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "file_status" CHECK ("cooperation"."file"."status" in ('UPLOADING', 'READY')),
	CONSTRAINT "file_ready_whole" CHECK ("cooperation"."file"."status" = 'UPLOADING' or ("cooperation"."file"."bytes" is not null and "cooperation"."file"."sha256" is not null)),
	CONSTRAINT "file_size" CHECK ("cooperation"."file"."bytes" between 1 and 20971520)
);
--> statement-breakpoint
ALTER TABLE "cooperation"."file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."file_chunk" (
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
	"file" uuid NOT NULL,
	"author" uuid,
	"department" uuid,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_chunk_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "file_chunk_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "file_chunk_position" UNIQUE("file","position"),
	CONSTRAINT "file_chunk_visibility" CHECK ("cooperation"."file_chunk"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "file_chunk_size" CHECK (length("cooperation"."file_chunk"."bytes") between 1 and 524288 and "cooperation"."file_chunk"."position" % 524288 = 0 and "cooperation"."file_chunk"."position" < 20971520)
);
--> statement-breakpoint
ALTER TABLE "cooperation"."file_chunk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."milestone_event" (
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
	CONSTRAINT "milestone_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "milestone_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "milestone_event_visibility" CHECK ("cooperation"."milestone_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."milestone_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."adoption" (
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
	"outcome" uuid NOT NULL,
	"body" text NOT NULL,
	"body_name" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"decided" jsonb,
	"document" text,
	"superseded" boolean DEFAULT false NOT NULL,
	CONSTRAINT "adoption_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "adoption_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "adoption_visibility" CHECK ("cooperation"."adoption"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "adoption_body" CHECK ("cooperation"."adoption"."body" in ('PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE')),
	CONSTRAINT "adoption_status" CHECK ("cooperation"."adoption"."status" in ('ADOPTED', 'PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."adoption" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."outcome" (
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
	"cooperation" uuid NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"count" jsonb,
	"description" text,
	"agreement" uuid,
	"milestone" uuid,
	CONSTRAINT "outcome_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "outcome_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "outcome_visibility" CHECK ("cooperation"."outcome"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "outcome_kind" CHECK ("cooperation"."outcome"."kind" in ('SUGGESTIONS', 'JOINT_REPORT', 'AGREEMENT', 'MECHANISM'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."outcome" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."organization_link" (
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
	"partner_organization" uuid NOT NULL,
	"organization" uuid NOT NULL,
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	CONSTRAINT "organization_link_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "organization_link_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "organization_link_once" UNIQUE("partner_organization"),
	CONSTRAINT "organization_link_visibility" CHECK ("cooperation"."organization_link"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."organization_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."partner_answer" (
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
	"partner" uuid NOT NULL,
	"answer" text NOT NULL,
	"reason" text,
	"answered" date NOT NULL,
	"cooperation_revision" integer NOT NULL,
	CONSTRAINT "partner_answer_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "partner_answer_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "partner_answer_visibility" CHECK ("cooperation"."partner_answer"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "partner_answer_answer" CHECK ("cooperation"."partner_answer"."answer" in ('ACCEPTED', 'DECLINED', 'LEFT'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."partner_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."partner_event" (
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
	CONSTRAINT "partner_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "partner_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "partner_event_visibility" CHECK ("cooperation"."partner_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."partner_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."visit" (
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
	"cooperation" uuid NOT NULL,
	"milestone" uuid,
	"title" text NOT NULL,
	"host" text COLLATE "C",
	"host_names" text[] DEFAULT '{}' NOT NULL,
	"region" text COLLATE "C",
	"place" text,
	"held" jsonb,
	"held_from" date DEFAULT '-infinity' NOT NULL,
	"delegation" text,
	"size" jsonb,
	CONSTRAINT "visit_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "visit_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "visit_visibility" CHECK ("cooperation"."visit"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."visit_finding" (
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
	"visit" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"measures" text,
	"result" text,
	"reason" text,
	CONSTRAINT "visit_finding_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "visit_finding_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "visit_finding_visibility" CHECK ("cooperation"."visit_finding"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "visit_finding_kind" CHECK ("cooperation"."visit_finding"."kind" in ('EXPERIENCE', 'PROBLEM', 'SUGGESTION')),
	CONSTRAINT "visit_finding_status" CHECK ("cooperation"."visit_finding"."status" in ('RECORDED', 'TAKEN_UP', 'CARRIED_OUT', 'SET_ASIDE'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."visit_finding" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."visit_finding_event" (
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
	CONSTRAINT "visit_finding_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "visit_finding_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "visit_finding_event_visibility" CHECK ("cooperation"."visit_finding_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."visit_finding_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."visit_person" (
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
	"visit" uuid NOT NULL,
	"person" uuid NOT NULL,
	"role" text,
	"position" integer NOT NULL,
	"reference_owner" text COLLATE "C" NOT NULL,
	"reference_visibility" text NOT NULL,
	CONSTRAINT "visit_person_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "visit_person_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "visit_person_position" UNIQUE("visit","position"),
	CONSTRAINT "visit_person_visibility" CHECK ("cooperation"."visit_person"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "cooperation"."visit_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" DROP CONSTRAINT "milestone_cooperation_position";--> statement-breakpoint
DROP INDEX "cooperation"."partner_committee";--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ALTER COLUMN "position" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ALTER COLUMN "position" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ALTER COLUMN "position" SET DATA TYPE numeric;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_organization" ALTER COLUMN "position" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "status" text DEFAULT 'SIGNED' NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "term" jsonb;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD COLUMN "supersedes" uuid;--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ADD COLUMN "corrects" uuid;--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ADD COLUMN "superseded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ADD COLUMN "result" text;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ADD COLUMN "terms_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ADD COLUMN "status" text DEFAULT 'DONE' NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ADD COLUMN "planned_for" jsonb;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD COLUMN "status" text DEFAULT 'ACCEPTED' NOT NULL;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD COLUMN "answered_revision" integer;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_organization" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_event" ADD CONSTRAINT "agreement_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "cooperation"."agreement"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_file" ADD CONSTRAINT "agreement_file_file_file_id_fk" FOREIGN KEY ("file") REFERENCES "cooperation"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_file" ADD CONSTRAINT "agreement_file_part" FOREIGN KEY ("agreement","visibility","parties","subjects") REFERENCES "cooperation"."agreement"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation_event" ADD CONSTRAINT "cooperation_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."file_chunk" ADD CONSTRAINT "file_chunk_part" FOREIGN KEY ("file","visibility","parties","subjects") REFERENCES "cooperation"."file"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone_event" ADD CONSTRAINT "milestone_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "cooperation"."milestone"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."adoption" ADD CONSTRAINT "adoption_part" FOREIGN KEY ("outcome","visibility","parties","subjects") REFERENCES "cooperation"."outcome"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."outcome" ADD CONSTRAINT "outcome_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "cooperation"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation"."outcome" ADD CONSTRAINT "outcome_milestone_milestone_id_fk" FOREIGN KEY ("milestone") REFERENCES "cooperation"."milestone"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation"."outcome" ADD CONSTRAINT "outcome_cooperation" FOREIGN KEY ("cooperation","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."organization_link" ADD CONSTRAINT "organization_link_part" FOREIGN KEY ("partner_organization","visibility","parties","subjects") REFERENCES "cooperation"."partner_organization"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_answer" ADD CONSTRAINT "partner_answer_part" FOREIGN KEY ("partner","visibility","parties","subjects") REFERENCES "cooperation"."partner"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_event" ADD CONSTRAINT "partner_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "cooperation"."partner"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."visit" ADD CONSTRAINT "visit_milestone_milestone_id_fk" FOREIGN KEY ("milestone") REFERENCES "cooperation"."milestone"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation"."visit" ADD CONSTRAINT "visit_cooperation" FOREIGN KEY ("cooperation","visibility","parties","subjects") REFERENCES "cooperation"."cooperation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."visit_finding" ADD CONSTRAINT "visit_finding_part" FOREIGN KEY ("visit","visibility","parties","subjects") REFERENCES "cooperation"."visit"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."visit_finding_event" ADD CONSTRAINT "visit_finding_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "cooperation"."visit_finding"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "cooperation"."visit_person" ADD CONSTRAINT "visit_person_part" FOREIGN KEY ("visit","visibility","parties","subjects") REFERENCES "cooperation"."visit"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "agreement_event_record" ON "cooperation"."agreement_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "agreement_file_agreement" ON "cooperation"."agreement_file" USING btree ("agreement","created","id");--> statement-breakpoint
CREATE INDEX "cooperation_event_record" ON "cooperation"."cooperation_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "milestone_event_record" ON "cooperation"."milestone_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "adoption_outcome" ON "cooperation"."adoption" USING btree ("outcome","created","id");--> statement-breakpoint
CREATE UNIQUE INDEX "adoption_current" ON "cooperation"."adoption" USING btree ("outcome","owner","body","body_name") WHERE not "cooperation"."adoption"."superseded" and "cooperation"."adoption"."deleted" is null;--> statement-breakpoint
CREATE INDEX "outcome_cooperation_created" ON "cooperation"."outcome" USING btree ("cooperation","created","id");--> statement-breakpoint
CREATE INDEX "organization_link_organization" ON "cooperation"."organization_link" USING btree ("organization","partner_organization");--> statement-breakpoint
CREATE INDEX "partner_answer_partner" ON "cooperation"."partner_answer" USING btree ("partner");--> statement-breakpoint
CREATE INDEX "partner_event_record" ON "cooperation"."partner_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "visit_cooperation_held" ON "cooperation"."visit" USING btree ("cooperation","held_from","id");--> statement-breakpoint
CREATE INDEX "visit_owner_held" ON "cooperation"."visit" USING btree ("owner","held_from","id");--> statement-breakpoint
CREATE INDEX "visit_finding_visit" ON "cooperation"."visit_finding" USING btree ("visit","created","id");--> statement-breakpoint
CREATE INDEX "visit_finding_waiting" ON "cooperation"."visit_finding" USING btree ("owner","status","since","id") WHERE "cooperation"."visit_finding"."since" is not null;--> statement-breakpoint
CREATE INDEX "visit_finding_event_record" ON "cooperation"."visit_finding_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "visit_person_person" ON "cooperation"."visit_person" USING btree ("person","visit");--> statement-breakpoint
CREATE INDEX "agreement_supersedes" ON "cooperation"."agreement" USING btree ("supersedes");--> statement-breakpoint
CREATE INDEX "agreement_waiting" ON "cooperation"."agreement" USING btree ("owner","since","id") WHERE status = 'DRAFT' and since is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "milestone_place" ON "cooperation"."milestone" USING btree ("cooperation","position") WHERE external_id is null;--> statement-breakpoint
CREATE INDEX "milestone_cooperation_position" ON "cooperation"."milestone" USING btree ("cooperation","position");--> statement-breakpoint
CREATE INDEX "milestone_waiting" ON "cooperation"."milestone" USING btree ("owner","since","id") WHERE status = 'PLANNED' and since is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "partner_committee_once" ON "cooperation"."partner" USING btree ("cooperation","committee") WHERE "cooperation"."partner"."status" in ('INVITED', 'ACCEPTED') and "cooperation"."partner"."deleted" is null;--> statement-breakpoint
CREATE INDEX "partner_waiting" ON "cooperation"."partner" USING btree ("committee","since","id") WHERE status = 'INVITED' and since is not null;--> statement-breakpoint
CREATE INDEX "partner_committee" ON "cooperation"."partner" USING btree ("committee","cooperation") WHERE position > 0 and status = 'ACCEPTED';--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ADD CONSTRAINT "aid_entry_corrected_once" UNIQUE("corrects");--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ADD CONSTRAINT "agreement_status" CHECK ("cooperation"."agreement"."status" in ('DRAFT', 'SIGNED', 'ENDED'));--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ADD CONSTRAINT "milestone_status" CHECK ("cooperation"."milestone"."status" in ('PLANNED', 'DONE', 'CANCELLED'));--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ADD CONSTRAINT "partner_status" CHECK ("cooperation"."partner"."status" in ('INVITED', 'ACCEPTED', 'DECLINED', 'LEFT', 'WITHDRAWN'));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."agreement_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."agreement_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."agreement_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."agreement_file" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."agreement_file" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."agreement_file" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."cooperation_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."cooperation_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."cooperation_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."file" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."file" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."file" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."file_chunk" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."file_chunk" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."file_chunk" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."milestone_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."milestone_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."milestone_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."adoption" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."adoption" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."adoption" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."outcome" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."outcome" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."outcome" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."organization_link" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."organization_link" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."organization_link" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."partner_answer" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."partner_answer" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."partner_answer" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."partner_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."partner_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."partner_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."visit" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."visit" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."visit" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."visit_finding" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."visit_finding" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."visit_finding" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."visit_finding_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."visit_finding_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."visit_finding_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "cooperation"."visit_person" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "cooperation"."visit_person" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "cooperation"."visit_person" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));