CREATE TABLE "consultations"."agenda_item" (
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
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"number" text,
	"title" text NOT NULL,
	"kind" text,
	"presenter" text,
	"result" text,
	"position" integer NOT NULL,
	CONSTRAINT "agenda_item_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "agenda_item_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "agenda_item_visibility" CHECK ("consultations"."agenda_item"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "agenda_item_kind" CHECK ("consultations"."agenda_item"."kind" in ('REPORT', 'DELIBERATION', 'SPEECHES', 'CONSULTATION', 'PERSONNEL', 'STUDY', 'OTHER'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."agenda_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."agenda_presenter" (
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
	"agenda_item" uuid NOT NULL,
	"organization" uuid,
	"member" uuid NOT NULL,
	CONSTRAINT "agenda_presenter_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "agenda_presenter_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "agenda_presenter_visibility" CHECK ("consultations"."agenda_presenter"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."agenda_presenter" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."decision" (
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
	"consultation" uuid NOT NULL,
	"agenda_item" uuid,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"number" text,
	"votes_for" integer,
	"votes_against" integer,
	"abstentions" integer,
	CONSTRAINT "decision_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "decision_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "decision_number" UNIQUE("owner","number"),
	CONSTRAINT "decision_visibility" CHECK ("consultations"."decision"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "decision_kind" CHECK ("consultations"."decision"."kind" in ('DECISION', 'RESOLUTION')),
	CONSTRAINT "decision_vote" CHECK (num_nulls("consultations"."decision"."votes_for", "consultations"."decision"."votes_against", "consultations"."decision"."abstentions") in (0, 3)),
	CONSTRAINT "decision_votes" CHECK (least("consultations"."decision"."votes_for", "consultations"."decision"."votes_against", "consultations"."decision"."abstentions") >= 0)
);
--> statement-breakpoint
ALTER TABLE "consultations"."decision" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."attendance" (
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
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"member" uuid NOT NULL,
	"author" uuid GENERATED ALWAYS AS (member) STORED,
	"invited" boolean DEFAULT false NOT NULL,
	"queue" integer,
	"substitute" uuid,
	"stands_in_for" uuid,
	"reason" text,
	CONSTRAINT "attendance_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "attendance_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "attendance_consultation_member" UNIQUE("consultation","member"),
	CONSTRAINT "attendance_visibility" CHECK ("consultations"."attendance"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "attendance_status" CHECK ("consultations"."attendance"."status" in ('INVITED', 'WAITING', 'SIGNED_UP', 'WITHDRAWN', 'DECLINED', 'SUBSTITUTE_NAMED', 'SUBSTITUTED', 'ASKED', 'ON_LEAVE', 'WALKED_IN')),
	CONSTRAINT "attendance_substitute_other" CHECK ("consultations"."attendance"."substitute" <> "consultations"."attendance"."member")
);
--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."attendance_event" (
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
	CONSTRAINT "attendance_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "attendance_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "attendance_event_visibility" CHECK ("consultations"."attendance_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."attendance_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."leave" (
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
	"attendance" uuid NOT NULL,
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"author" uuid NOT NULL,
	"parts" uuid[] DEFAULT '{}' NOT NULL,
	"reason" text NOT NULL,
	"answer" text,
	CONSTRAINT "leave_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "leave_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "leave_visibility" CHECK ("consultations"."leave"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "leave_status" CHECK ("consultations"."leave"."status" in ('REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."leave" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."leave_event" (
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
	CONSTRAINT "leave_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "leave_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "leave_event_visibility" CHECK ("consultations"."leave_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."leave_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."sign_in" (
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
	"attendance" uuid NOT NULL,
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"part" uuid NOT NULL,
	"member" uuid NOT NULL,
	"author" uuid GENERATED ALWAYS AS (member) STORED,
	"way" text NOT NULL,
	"scanned_at" timestamp(3) with time zone NOT NULL,
	"received_at" timestamp(3) with time zone NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"reason" text,
	CONSTRAINT "sign_in_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "sign_in_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "sign_in_visibility" CHECK ("consultations"."sign_in"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "sign_in_status" CHECK ("consultations"."sign_in"."status" in ('SIGNED_IN', 'VOIDED')),
	CONSTRAINT "sign_in_way" CHECK ("consultations"."sign_in"."way" in ('PART_CODE', 'DUTY_CODE'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."sign_in_event" (
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
	CONSTRAINT "sign_in_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "sign_in_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "sign_in_event_visibility" CHECK ("consultations"."sign_in_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."sign_in_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."book" (
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
	"title" text NOT NULL,
	"writer" text,
	"publisher" text,
	"isbn" text,
	"why" text,
	"read_from" date,
	"read_until" date,
	"reason" text,
	"author" uuid,
	CONSTRAINT "book_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "book_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "book_isbn" UNIQUE("owner","isbn"),
	CONSTRAINT "book_visibility" CHECK ("consultations"."book"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "book_status" CHECK ("consultations"."book"."status" in ('PROPOSED', 'LISTED', 'DECLINED', 'CLOSED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."book" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."book_event" (
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
	CONSTRAINT "book_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "book_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "book_event_visibility" CHECK ("consultations"."book_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."book_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."book_reading" (
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
	"book" uuid NOT NULL,
	"author" uuid NOT NULL,
	"note" text,
	"finished" date,
	CONSTRAINT "book_reading_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "book_reading_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "book_reading_once" UNIQUE("book","author"),
	CONSTRAINT "book_reading_visibility" CHECK ("consultations"."book_reading"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "book_reading_status" CHECK ("consultations"."book_reading"."status" in ('READING', 'FINISHED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."book_reading" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."book_reading_event" (
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
	CONSTRAINT "book_reading_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "book_reading_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "book_reading_event_visibility" CHECK ("consultations"."book_reading_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."book_reading_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."consultation_event" (
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
	CONSTRAINT "consultation_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "consultation_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "consultation_event_visibility" CHECK ("consultations"."consultation_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."consultation_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."consultation_organization" (
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
	"consultation" uuid NOT NULL,
	"organization" uuid NOT NULL,
	CONSTRAINT "consultation_organization_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "consultation_organization_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "consultation_organization_consultation" UNIQUE("consultation"),
	CONSTRAINT "consultation_organization_visibility" CHECK ("consultations"."consultation_organization"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."consultation_organization" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."online_meeting" (
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
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"link" text NOT NULL,
	"platform" text,
	CONSTRAINT "online_meeting_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "online_meeting_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "online_meeting_consultation" UNIQUE("consultation"),
	CONSTRAINT "online_meeting_visibility" CHECK ("consultations"."online_meeting"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "online_meeting_link" CHECK ("consultations"."online_meeting"."link" like 'https://%')
);
--> statement-breakpoint
ALTER TABLE "consultations"."online_meeting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."part" (
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
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"title" text NOT NULL,
	"starts" timestamp(3) with time zone NOT NULL,
	"ends" timestamp(3) with time zone NOT NULL,
	"place" text,
	"position" integer NOT NULL,
	CONSTRAINT "part_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "part_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "part_visibility" CHECK ("consultations"."part"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "part_ends_after_start" CHECK ("consultations"."part"."ends" > "consultations"."part"."starts")
);
--> statement-breakpoint
ALTER TABLE "consultations"."part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."co_author_answer" (
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
	"invitation" uuid NOT NULL,
	"author" uuid NOT NULL,
	"accepted" boolean NOT NULL,
	CONSTRAINT "co_author_answer_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "co_author_answer_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "co_author_answer_once" UNIQUE("invitation"),
	CONSTRAINT "co_author_answer_visibility" CHECK ("consultations"."co_author_answer"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."co_author_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."co_author_invitation" (
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
	"topic" uuid NOT NULL,
	"author" uuid NOT NULL,
	"member" uuid NOT NULL,
	CONSTRAINT "co_author_invitation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "co_author_invitation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "co_author_invitation_visibility" CHECK ("consultations"."co_author_invitation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."co_author_invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."discussion_topic" (
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
	"title" text NOT NULL,
	"text" text NOT NULL,
	"author" uuid NOT NULL,
	"reason" text,
	"result" text,
	CONSTRAINT "discussion_topic_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "discussion_topic_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "discussion_topic_visibility" CHECK ("consultations"."discussion_topic"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "discussion_topic_status" CHECK ("consultations"."discussion_topic"."status" in ('OPEN', 'DRAFTING', 'SENT', 'TAKEN', 'CLOSED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."discussion_topic" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."discussion_topic_event" (
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
	CONSTRAINT "discussion_topic_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "discussion_topic_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "discussion_topic_event_visibility" CHECK ("consultations"."discussion_topic_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."discussion_topic_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."topic_comment" (
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
	"topic" uuid NOT NULL,
	"author" uuid NOT NULL,
	"text" text NOT NULL,
	"answers" uuid,
	"reason" text,
	CONSTRAINT "topic_comment_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "topic_comment_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "topic_comment_visibility" CHECK ("consultations"."topic_comment"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "topic_comment_status" CHECK ("consultations"."topic_comment"."status" in ('SHOWN', 'WITHDRAWN', 'HIDDEN'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."topic_comment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."topic_comment_event" (
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
	CONSTRAINT "topic_comment_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "topic_comment_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "topic_comment_event_visibility" CHECK ("consultations"."topic_comment_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."topic_comment_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."topic_draft" (
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
	"topic" uuid NOT NULL,
	"version" integer NOT NULL,
	"author" uuid NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "topic_draft_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "topic_draft_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "topic_draft_version" UNIQUE("topic","version"),
	CONSTRAINT "topic_draft_visibility" CHECK ("consultations"."topic_draft"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."topic_draft" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."topic_support" (
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
	"topic" uuid NOT NULL,
	"author" uuid NOT NULL,
	CONSTRAINT "topic_support_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "topic_support_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "topic_support_once" UNIQUE("topic","author"),
	CONSTRAINT "topic_support_visibility" CHECK ("consultations"."topic_support"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."topic_support" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."file" (
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
	CONSTRAINT "file_visibility" CHECK ("consultations"."file"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "file_status" CHECK ("consultations"."file"."status" in ('UPLOADING', 'READY')),
	CONSTRAINT "file_ready_whole" CHECK ("consultations"."file"."status" = 'UPLOADING' or ("consultations"."file"."bytes" is not null and "consultations"."file"."sha256" is not null)),
	CONSTRAINT "file_size" CHECK ("consultations"."file"."bytes" between 1 and 20971520)
);
--> statement-breakpoint
ALTER TABLE "consultations"."file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."file_chunk" (
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
	CONSTRAINT "file_chunk_visibility" CHECK ("consultations"."file_chunk"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "file_chunk_size" CHECK (length("consultations"."file_chunk"."bytes") between 1 and 524288 and "consultations"."file_chunk"."position" % 524288 = 0 and "consultations"."file_chunk"."position" < 20971520)
);
--> statement-breakpoint
ALTER TABLE "consultations"."file_chunk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."consultation_evaluation" (
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
	"consultation" uuid NOT NULL,
	"author" uuid NOT NULL,
	"attitude" integer NOT NULL,
	"result" integer NOT NULL,
	"text" text,
	CONSTRAINT "consultation_evaluation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "consultation_evaluation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "consultation_evaluation_once" UNIQUE("consultation","author"),
	CONSTRAINT "consultation_evaluation_visibility" CHECK ("consultations"."consultation_evaluation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "consultation_evaluation_attitude" CHECK ("consultations"."consultation_evaluation"."attitude" between 1 and 5),
	CONSTRAINT "consultation_evaluation_result" CHECK ("consultations"."consultation_evaluation"."result" between 1 and 5)
);
--> statement-breakpoint
ALTER TABLE "consultations"."consultation_evaluation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."dispatch" (
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
	"follow_up" uuid NOT NULL,
	"to" text NOT NULL,
	"form" text NOT NULL,
	"title" text NOT NULL,
	"document_number" text,
	"sent" date NOT NULL,
	CONSTRAINT "dispatch_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "dispatch_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "dispatch_visibility" CHECK ("consultations"."dispatch"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "dispatch_form" CHECK ("consultations"."dispatch"."form" in ('FORMAL_PROPOSAL', 'SPECIAL_REPORT', 'INFORMATION'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."dispatch" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."follow_up" (
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
	"consultation" uuid NOT NULL,
	"minutes" text NOT NULL,
	"findings" text,
	"reviewed" date,
	"conclusion" text,
	CONSTRAINT "follow_up_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "follow_up_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "follow_up_once" UNIQUE("consultation"),
	CONSTRAINT "follow_up_visibility" CHECK ("consultations"."follow_up"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "follow_up_status" CHECK ("consultations"."follow_up"."status" in ('MINUTES_FILED', 'SENT', 'REPORTED', 'VISITED', 'EVALUATED', 'REVIEWED', 'CLOSED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."follow_up_evaluation" (
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
	"follow_up" uuid NOT NULL,
	"body" text NOT NULL,
	"body_name" text NOT NULL,
	"attitude" text NOT NULL,
	"result" text NOT NULL,
	"reason" text,
	CONSTRAINT "follow_up_evaluation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "follow_up_evaluation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "follow_up_evaluation_once" UNIQUE("follow_up","owner","body","body_name"),
	CONSTRAINT "follow_up_evaluation_visibility" CHECK ("consultations"."follow_up_evaluation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "follow_up_evaluation_body" CHECK ("consultations"."follow_up_evaluation"."body" in ('PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE')),
	CONSTRAINT "follow_up_evaluation_attitude" CHECK ("consultations"."follow_up_evaluation"."attitude" in ('SATISFIED', 'MOSTLY_SATISFIED', 'UNDERSTANDING', 'DISSATISFIED')),
	CONSTRAINT "follow_up_evaluation_result" CHECK ("consultations"."follow_up_evaluation"."result" in ('SATISFIED', 'MOSTLY_SATISFIED', 'UNDERSTANDING', 'DISSATISFIED')),
	CONSTRAINT "follow_up_evaluation_reason" CHECK ('DISSATISFIED' not in ("consultations"."follow_up_evaluation"."attitude", "consultations"."follow_up_evaluation"."result") or "consultations"."follow_up_evaluation"."reason" is not null)
);
--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."follow_up_event" (
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
	CONSTRAINT "follow_up_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "follow_up_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "follow_up_event_visibility" CHECK ("consultations"."follow_up_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."follow_up_visit" (
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
	"follow_up" uuid NOT NULL,
	"consultation" uuid NOT NULL,
	"note" text,
	CONSTRAINT "follow_up_visit_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "follow_up_visit_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "follow_up_visit_once" UNIQUE("follow_up","consultation"),
	CONSTRAINT "follow_up_visit_visibility" CHECK ("consultations"."follow_up_visit"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."handling_report" (
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
	"follow_up" uuid NOT NULL,
	"from" text NOT NULL,
	"text" text NOT NULL,
	"received" date NOT NULL,
	CONSTRAINT "handling_report_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "handling_report_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "handling_report_visibility" CHECK ("consultations"."handling_report"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."handling_report" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."outcome_suggestion" (
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
	"suggestion" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "outcome_suggestion_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "outcome_suggestion_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "outcome_suggestion_once" UNIQUE("outcome","suggestion"),
	CONSTRAINT "outcome_suggestion_visibility" CHECK ("consultations"."outcome_suggestion"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."outcome_suggestion" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."paper" (
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
	"consultation" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"file" uuid,
	"narrower" boolean DEFAULT false NOT NULL,
	"author" uuid,
	"organization" uuid,
	"needed_on" date,
	"reason" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "paper_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "paper_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "paper_file" UNIQUE("file"),
	CONSTRAINT "paper_visibility" CHECK ("consultations"."paper"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "paper_kind" CHECK ("consultations"."paper"."kind" in ('NOTICE', 'AGENDA', 'MATERIAL', 'SPEECH', 'MINUTES', 'REPORT', 'RESOLUTION')),
	CONSTRAINT "paper_status" CHECK ("consultations"."paper"."status" in ('ISSUED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."paper" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."paper_event" (
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
	CONSTRAINT "paper_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "paper_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "paper_event_visibility" CHECK ("consultations"."paper_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."paper_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."paper_version" (
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
	"paper" uuid NOT NULL,
	"version" integer NOT NULL,
	"file" uuid NOT NULL,
	"author" uuid,
	"organization" uuid,
	CONSTRAINT "paper_version_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "paper_version_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "paper_version_paper" UNIQUE("paper","version"),
	CONSTRAINT "paper_version_file" UNIQUE("file"),
	CONSTRAINT "paper_version_visibility" CHECK ("consultations"."paper_version"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."paper_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_amendment" (
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
	"plan" uuid NOT NULL,
	"plan_item" uuid NOT NULL,
	"change" text NOT NULL,
	"reason" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"position" integer NOT NULL,
	CONSTRAINT "plan_amendment_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_amendment_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_amendment_visibility" CHECK ("consultations"."plan_amendment"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "plan_amendment_change" CHECK ("consultations"."plan_amendment"."change" in ('ADDED', 'CHANGED', 'REMOVED')),
	CONSTRAINT "plan_amendment_before" CHECK (("consultations"."plan_amendment"."change" = 'ADDED') = ("consultations"."plan_amendment"."before" is null)),
	CONSTRAINT "plan_amendment_after" CHECK (("consultations"."plan_amendment"."change" = 'REMOVED') = ("consultations"."plan_amendment"."after" is null))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_amendment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_event" (
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
	CONSTRAINT "plan_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_event_visibility" CHECK ("consultations"."plan_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_item_event" (
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
	CONSTRAINT "plan_item_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_item_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_item_event_visibility" CHECK ("consultations"."plan_item_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_item_held" (
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
	"plan" uuid NOT NULL,
	"plan_item" uuid NOT NULL,
	"consultation" uuid NOT NULL,
	CONSTRAINT "plan_item_held_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_item_held_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_item_held_visibility" CHECK ("consultations"."plan_item_held"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_held" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_item_responsible" (
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
	"plan_item" uuid NOT NULL,
	"organization" uuid NOT NULL,
	CONSTRAINT "plan_item_responsible_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_item_responsible_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_item_responsible_item" UNIQUE("plan_item"),
	CONSTRAINT "plan_item_responsible_visibility" CHECK ("consultations"."plan_item_responsible"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_responsible" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_topic" (
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
	"plan" uuid NOT NULL,
	"title" text NOT NULL,
	"text" text,
	"filed_by" text NOT NULL,
	"author" uuid,
	"organization" uuid,
	"department" uuid,
	"plan_item" uuid,
	"reason" text,
	CONSTRAINT "plan_topic_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_topic_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_topic_visibility" CHECK ("consultations"."plan_topic"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "plan_topic_status" CHECK ("consultations"."plan_topic"."status" in ('SUGGESTED', 'TAKEN', 'DECLINED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_topic_event" (
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
	CONSTRAINT "plan_topic_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_topic_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_topic_event_visibility" CHECK ("consultations"."plan_topic_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."plan_topic_suggester" (
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
	"plan_topic" uuid NOT NULL,
	"author" uuid,
	"organization" uuid,
	"department" uuid,
	CONSTRAINT "plan_topic_suggester_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "plan_topic_suggester_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "plan_topic_suggester_topic" UNIQUE("plan_topic"),
	CONSTRAINT "plan_topic_suggester_visibility" CHECK ("consultations"."plan_topic_suggester"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic_suggester" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."setting" (
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
	CONSTRAINT "setting_visibility" CHECK ("consultations"."setting"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."setting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."speaker" (
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
	"speech" uuid NOT NULL,
	"organization" uuid,
	"author" uuid,
	"member" uuid NOT NULL,
	CONSTRAINT "speaker_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "speaker_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "speaker_speech" UNIQUE("speech"),
	CONSTRAINT "speaker_visibility" CHECK ("consultations"."speaker"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."speaker" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."speech" (
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
	"consultation" uuid NOT NULL,
	"organization" uuid,
	"author" uuid,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"text" text,
	"agenda_item" uuid,
	"narrower" boolean DEFAULT false NOT NULL,
	"reason" text,
	"position" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "speech_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "speech_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "speech_visibility" CHECK ("consultations"."speech"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "speech_status" CHECK ("consultations"."speech"."status" in ('RECORDED', 'SUBMITTED', 'WITHDRAWN')),
	CONSTRAINT "speech_kind" CHECK ("consultations"."speech"."kind" in ('ORAL', 'WRITTEN', 'ONLINE'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."speech" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."speech_event" (
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
	CONSTRAINT "speech_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "speech_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "speech_event_visibility" CHECK ("consultations"."speech_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."speech_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."submission" (
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
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"region" text COLLATE "C",
	"filed_by" text NOT NULL,
	"author" uuid,
	"receipt" text,
	"received" date NOT NULL,
	"reason" text,
	"department" uuid,
	"answer" text,
	"result" text,
	"solved" date,
	"consultation" uuid,
	"plan_item" uuid,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "submission_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "submission_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "submission_visibility" CHECK ("consultations"."submission"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "submission_kind" CHECK ("consultations"."submission"."kind" in ('TOPIC', 'WISH', 'LEAD')),
	CONSTRAINT "submission_status" CHECK ("consultations"."submission"."status" in ('RECEIVED', 'ACCEPTED', 'DECLINED', 'ASSIGNED', 'HANDED_BACK', 'ANSWERED', 'IN_PLAN', 'SOLVED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."submission" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."submission_event" (
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
	CONSTRAINT "submission_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "submission_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "submission_event_visibility" CHECK ("consultations"."submission_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."submission_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."co_authorship" (
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
	"suggestion" uuid NOT NULL,
	"author" uuid NOT NULL,
	"confirmed" boolean NOT NULL,
	CONSTRAINT "co_authorship_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "co_authorship_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "co_authorship_once" UNIQUE("suggestion","author"),
	CONSTRAINT "co_authorship_visibility" CHECK ("consultations"."co_authorship"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."co_authorship" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."suggestion_event" (
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
	CONSTRAINT "suggestion_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "suggestion_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "suggestion_event_visibility" CHECK ("consultations"."suggestion_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" DROP CONSTRAINT "consultation_kind";--> statement-breakpoint
ALTER TABLE "consultations"."consultation" DROP CONSTRAINT "consultation_status";--> statement-breakpoint
ALTER TABLE "consultations"."plan" DROP CONSTRAINT "plan_status";--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" DROP CONSTRAINT "plan_item_kind";--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" DROP CONSTRAINT "suggestion_part";
--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ADD COLUMN "document" text;--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ADD COLUMN "superseded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "term" integer;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "ordinal" integer;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "number_series" text GENERATED ALWAYS AS (case kind when 'TOPICAL_STANDING_COMMITTEE' then 'STANDING_COMMITTEE' else kind end) STORED;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "organization" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "author" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "places" integer;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "sign_up_opens" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "sign_up_closes" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "noticed" date;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "live_stream" text;--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_link" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."host" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."host_platform" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD COLUMN "side" text;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD COLUMN "office" text;--> statement-breakpoint
ALTER TABLE "consultations"."participant" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "collect_until" date;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "chairmens_meeting" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "review_result" text;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "approval_body" text;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "document_number" text;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "approved_on" date;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "file" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD COLUMN "province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD COLUMN "status" text DEFAULT 'LISTED' NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD COLUMN "lead" text;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD COLUMN "planned_for" jsonb;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD COLUMN "suggestion" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD COLUMN "department" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD COLUMN "indicator" text;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "status" text DEFAULT 'RECORDED' NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "author" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "organization" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "department" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "answer" text;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "measures" text;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "planned_end" date;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "result" text;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_author" ADD COLUMN "imported_revision" integer;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_author" ADD COLUMN "certain" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_author" ADD COLUMN "author" uuid;--> statement-breakpoint
ALTER TABLE "consultations"."agenda_item" ADD CONSTRAINT "agenda_item_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."agenda_presenter" ADD CONSTRAINT "agenda_presenter_part" FOREIGN KEY ("agenda_item","visibility","parties","subjects") REFERENCES "consultations"."agenda_item"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."decision" ADD CONSTRAINT "decision_agenda_item_agenda_item_id_fk" FOREIGN KEY ("agenda_item") REFERENCES "consultations"."agenda_item"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."decision" ADD CONSTRAINT "decision_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ADD CONSTRAINT "attendance_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."attendance_event" ADD CONSTRAINT "attendance_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."attendance"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."leave" ADD CONSTRAINT "leave_part" FOREIGN KEY ("attendance","visibility","parties","subjects") REFERENCES "consultations"."attendance"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."leave_event" ADD CONSTRAINT "leave_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."leave"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ADD CONSTRAINT "sign_in_part_part_id_fk" FOREIGN KEY ("part") REFERENCES "consultations"."part"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ADD CONSTRAINT "sign_in_part" FOREIGN KEY ("attendance","visibility","parties","subjects") REFERENCES "consultations"."attendance"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in_event" ADD CONSTRAINT "sign_in_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."sign_in"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."book_event" ADD CONSTRAINT "book_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."book"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."book_reading" ADD CONSTRAINT "book_reading_part" FOREIGN KEY ("book","visibility","parties","subjects") REFERENCES "consultations"."book"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."book_reading_event" ADD CONSTRAINT "book_reading_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."book_reading"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."consultation_event" ADD CONSTRAINT "consultation_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."consultation_organization" ADD CONSTRAINT "consultation_organization_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."online_meeting" ADD CONSTRAINT "online_meeting_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."part" ADD CONSTRAINT "part_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."co_author_answer" ADD CONSTRAINT "co_author_answer_part" FOREIGN KEY ("invitation","visibility","parties","subjects") REFERENCES "consultations"."co_author_invitation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."co_author_invitation" ADD CONSTRAINT "co_author_invitation_part" FOREIGN KEY ("topic","visibility","parties","subjects") REFERENCES "consultations"."discussion_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."discussion_topic_event" ADD CONSTRAINT "discussion_topic_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."discussion_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."topic_comment" ADD CONSTRAINT "topic_comment_part" FOREIGN KEY ("topic","visibility","parties","subjects") REFERENCES "consultations"."discussion_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."topic_comment_event" ADD CONSTRAINT "topic_comment_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."topic_comment"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."topic_draft" ADD CONSTRAINT "topic_draft_part" FOREIGN KEY ("topic","visibility","parties","subjects") REFERENCES "consultations"."discussion_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."topic_support" ADD CONSTRAINT "topic_support_part" FOREIGN KEY ("topic","visibility","parties","subjects") REFERENCES "consultations"."discussion_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."file_chunk" ADD CONSTRAINT "file_chunk_part" FOREIGN KEY ("file","visibility","parties","subjects") REFERENCES "consultations"."file"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."consultation_evaluation" ADD CONSTRAINT "consultation_evaluation_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."dispatch" ADD CONSTRAINT "dispatch_part" FOREIGN KEY ("follow_up","visibility","parties","subjects") REFERENCES "consultations"."follow_up"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" ADD CONSTRAINT "follow_up_part" FOREIGN KEY ("consultation","visibility","parties","subjects") REFERENCES "consultations"."consultation"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" ADD CONSTRAINT "follow_up_evaluation_part" FOREIGN KEY ("follow_up","visibility","parties","subjects") REFERENCES "consultations"."follow_up"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_event" ADD CONSTRAINT "follow_up_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."follow_up"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_visit" ADD CONSTRAINT "follow_up_visit_part" FOREIGN KEY ("follow_up","visibility","parties","subjects") REFERENCES "consultations"."follow_up"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."handling_report" ADD CONSTRAINT "handling_report_part" FOREIGN KEY ("follow_up","visibility","parties","subjects") REFERENCES "consultations"."follow_up"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."outcome_suggestion" ADD CONSTRAINT "outcome_suggestion_suggestion_suggestion_id_fk" FOREIGN KEY ("suggestion") REFERENCES "consultations"."suggestion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."outcome_suggestion" ADD CONSTRAINT "outcome_suggestion_part" FOREIGN KEY ("outcome","visibility","parties","subjects") REFERENCES "consultations"."outcome"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."paper" ADD CONSTRAINT "paper_file_file_id_fk" FOREIGN KEY ("file") REFERENCES "consultations"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."paper_event" ADD CONSTRAINT "paper_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."paper"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."paper_version" ADD CONSTRAINT "paper_version_paper_paper_id_fk" FOREIGN KEY ("paper") REFERENCES "consultations"."paper"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."paper_version" ADD CONSTRAINT "paper_version_file_file_id_fk" FOREIGN KEY ("file") REFERENCES "consultations"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."plan_amendment" ADD CONSTRAINT "plan_amendment_part" FOREIGN KEY ("plan","visibility","parties","subjects") REFERENCES "consultations"."plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_event" ADD CONSTRAINT "plan_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_event" ADD CONSTRAINT "plan_item_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."plan_item"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_held" ADD CONSTRAINT "plan_item_held_part" FOREIGN KEY ("plan_item","visibility","parties","subjects") REFERENCES "consultations"."plan_item"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_responsible" ADD CONSTRAINT "plan_item_responsible_part" FOREIGN KEY ("plan_item","visibility","parties","subjects") REFERENCES "consultations"."plan_item"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic" ADD CONSTRAINT "plan_topic_plan_plan_id_fk" FOREIGN KEY ("plan") REFERENCES "consultations"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic_event" ADD CONSTRAINT "plan_topic_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."plan_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic_suggester" ADD CONSTRAINT "plan_topic_suggester_part" FOREIGN KEY ("plan_topic","visibility","parties","subjects") REFERENCES "consultations"."plan_topic"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."speaker" ADD CONSTRAINT "speaker_part" FOREIGN KEY ("speech","visibility","parties","subjects") REFERENCES "consultations"."speech"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."speech" ADD CONSTRAINT "speech_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."speech" ADD CONSTRAINT "speech_agenda_item_agenda_item_id_fk" FOREIGN KEY ("agenda_item") REFERENCES "consultations"."agenda_item"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."speech_event" ADD CONSTRAINT "speech_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."speech"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."submission_event" ADD CONSTRAINT "submission_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."submission"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."co_authorship" ADD CONSTRAINT "co_authorship_part" FOREIGN KEY ("suggestion","visibility","parties","subjects") REFERENCES "consultations"."suggestion"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_event" ADD CONSTRAINT "suggestion_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."suggestion"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "agenda_item_consultation" ON "consultations"."agenda_item" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE INDEX "agenda_presenter_item" ON "consultations"."agenda_presenter" USING btree ("agenda_item","created");--> statement-breakpoint
CREATE INDEX "decision_consultation" ON "consultations"."decision" USING btree ("consultation","created","id");--> statement-breakpoint
CREATE INDEX "decision_agenda_item" ON "consultations"."decision" USING btree ("agenda_item");--> statement-breakpoint
CREATE INDEX "attendance_consultation_created" ON "consultations"."attendance" USING btree ("consultation","created","id");--> statement-breakpoint
CREATE INDEX "attendance_consultation_queue" ON "consultations"."attendance" USING btree ("consultation","status","queue");--> statement-breakpoint
CREATE INDEX "attendance_member_created" ON "consultations"."attendance" USING btree ("member","created","id");--> statement-breakpoint
CREATE INDEX "attendance_event_record" ON "consultations"."attendance_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "leave_pending" ON "consultations"."leave" USING btree ("attendance") WHERE "consultations"."leave"."status" = 'REQUESTED' and "consultations"."leave"."deleted" is null;--> statement-breakpoint
CREATE INDEX "leave_attendance" ON "consultations"."leave" USING btree ("attendance","created","id");--> statement-breakpoint
CREATE INDEX "leave_author" ON "consultations"."leave" USING btree ("author");--> statement-breakpoint
CREATE INDEX "leave_waiting" ON "consultations"."leave" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "leave_event_record" ON "consultations"."leave_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_once" ON "consultations"."sign_in" USING btree ("part","member") WHERE "consultations"."sign_in"."status" = 'SIGNED_IN' and "consultations"."sign_in"."deleted" is null;--> statement-breakpoint
CREATE INDEX "sign_in_attendance" ON "consultations"."sign_in" USING btree ("attendance","scanned_at","id");--> statement-breakpoint
CREATE INDEX "sign_in_consultation" ON "consultations"."sign_in" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "sign_in_event_record" ON "consultations"."sign_in_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "book_author" ON "consultations"."book" USING btree ("author");--> statement-breakpoint
CREATE INDEX "book_owner_title" ON "consultations"."book" USING btree ("owner","title","id");--> statement-breakpoint
CREATE INDEX "book_owner_since" ON "consultations"."book" USING btree ("owner","since","id");--> statement-breakpoint
CREATE INDEX "book_event_record" ON "consultations"."book_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "book_reading_author" ON "consultations"."book_reading" USING btree ("author","since");--> statement-breakpoint
CREATE INDEX "book_reading_event_record" ON "consultations"."book_reading_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "consultation_event_record" ON "consultations"."consultation_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "consultation_organization_of" ON "consultations"."consultation_organization" USING btree ("organization","consultation");--> statement-breakpoint
CREATE INDEX "part_consultation" ON "consultations"."part" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE UNIQUE INDEX "co_author_invitation_once" ON "consultations"."co_author_invitation" USING btree ("topic","member") WHERE "consultations"."co_author_invitation"."deleted" is null;--> statement-breakpoint
CREATE INDEX "co_author_invitation_member" ON "consultations"."co_author_invitation" USING btree ("member");--> statement-breakpoint
CREATE INDEX "discussion_topic_owner_modified" ON "consultations"."discussion_topic" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "discussion_topic_owner_created" ON "consultations"."discussion_topic" USING btree ("owner","created","id");--> statement-breakpoint
CREATE INDEX "discussion_topic_author" ON "consultations"."discussion_topic" USING btree ("author","created","id");--> statement-breakpoint
CREATE INDEX "discussion_topic_waiting" ON "consultations"."discussion_topic" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "discussion_topic_event_record" ON "consultations"."discussion_topic_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "topic_comment_topic" ON "consultations"."topic_comment" USING btree ("topic","created","id");--> statement-breakpoint
CREATE INDEX "topic_comment_author" ON "consultations"."topic_comment" USING btree ("author");--> statement-breakpoint
CREATE INDEX "topic_comment_event_record" ON "consultations"."topic_comment_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "dispatch_follow_up" ON "consultations"."dispatch" USING btree ("follow_up","created","id");--> statement-breakpoint
CREATE INDEX "follow_up_waiting" ON "consultations"."follow_up" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "follow_up_event_record" ON "consultations"."follow_up_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "follow_up_visit_consultation" ON "consultations"."follow_up_visit" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "handling_report_follow_up" ON "consultations"."handling_report" USING btree ("follow_up","created","id");--> statement-breakpoint
CREATE INDEX "outcome_suggestion_suggestion" ON "consultations"."outcome_suggestion" USING btree ("suggestion");--> statement-breakpoint
CREATE INDEX "paper_consultation" ON "consultations"."paper" USING btree ("consultation","position","id");--> statement-breakpoint
CREATE INDEX "paper_author" ON "consultations"."paper" USING btree ("author");--> statement-breakpoint
CREATE INDEX "paper_event_record" ON "consultations"."paper_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "paper_version_of" ON "consultations"."paper_version" USING btree ("paper","version" desc);--> statement-breakpoint
CREATE INDEX "plan_amendment_plan" ON "consultations"."plan_amendment" USING btree ("plan","created","position");--> statement-breakpoint
CREATE INDEX "plan_event_record" ON "consultations"."plan_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "plan_item_event_record" ON "consultations"."plan_item_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_item_held_once" ON "consultations"."plan_item_held" USING btree ("plan","consultation") WHERE "consultations"."plan_item_held"."deleted" is null;--> statement-breakpoint
CREATE INDEX "plan_item_held_consultation" ON "consultations"."plan_item_held" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "plan_topic_plan" ON "consultations"."plan_topic" USING btree ("plan","created","id");--> statement-breakpoint
CREATE INDEX "plan_topic_item" ON "consultations"."plan_topic" USING btree ("plan_item");--> statement-breakpoint
CREATE INDEX "plan_topic_author" ON "consultations"."plan_topic" USING btree ("author","created");--> statement-breakpoint
CREATE INDEX "plan_topic_department" ON "consultations"."plan_topic" USING btree ("department");--> statement-breakpoint
CREATE INDEX "plan_topic_waiting" ON "consultations"."plan_topic" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "plan_topic_event_record" ON "consultations"."plan_topic_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "setting_owner_from" ON "consultations"."setting" USING btree ("owner","valid_from");--> statement-breakpoint
CREATE INDEX "speaker_member" ON "consultations"."speaker" USING btree ("member","speech");--> statement-breakpoint
CREATE INDEX "speech_consultation" ON "consultations"."speech" USING btree ("consultation","position","created","id");--> statement-breakpoint
CREATE INDEX "speech_author" ON "consultations"."speech" USING btree ("author");--> statement-breakpoint
CREATE INDEX "speech_event_record" ON "consultations"."speech_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "submission_owner_received" ON "consultations"."submission" USING btree ("owner","received","id");--> statement-breakpoint
CREATE INDEX "submission_owner_modified" ON "consultations"."submission" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "submission_province_received" ON "consultations"."submission" USING btree ("province","received","id");--> statement-breakpoint
CREATE INDEX "submission_province_modified" ON "consultations"."submission" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "submission_received" ON "consultations"."submission" USING btree ("received","id");--> statement-breakpoint
CREATE INDEX "submission_modified" ON "consultations"."submission" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "submission_consultation" ON "consultations"."submission" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "submission_plan_item" ON "consultations"."submission" USING btree ("plan_item");--> statement-breakpoint
CREATE INDEX "submission_receipt" ON "consultations"."submission" USING btree ("receipt");--> statement-breakpoint
CREATE INDEX "submission_author" ON "consultations"."submission" USING btree ("author");--> statement-breakpoint
CREATE INDEX "submission_department" ON "consultations"."submission" USING btree ("department","status");--> statement-breakpoint
CREATE INDEX "submission_waiting" ON "consultations"."submission" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "submission_filed_by" ON "consultations"."submission" USING btree ("owner","filed_by");--> statement-breakpoint
CREATE INDEX "submission_event_record" ON "consultations"."submission_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "suggestion_event_record" ON "consultations"."suggestion_event" USING btree ("record","record_revision");--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD CONSTRAINT "plan_file_file_id_fk" FOREIGN KEY ("file") REFERENCES "consultations"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD CONSTRAINT "reading_suggestion_suggestion_id_fk" FOREIGN KEY ("suggestion") REFERENCES "consultations"."suggestion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD CONSTRAINT "suggestion_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE UNIQUE INDEX "adoption_current" ON "consultations"."adoption" USING btree ("suggestion","owner","body","body_name") WHERE not "consultations"."adoption"."superseded" and "consultations"."adoption"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "consultation_number" ON "consultations"."consultation" USING btree ("owner","number_series","term","ordinal") WHERE "consultations"."consultation"."status" not in ('CANCELLED', 'NOT_HELD') and "consultations"."consultation"."deleted" is null;--> statement-breakpoint
CREATE INDEX "consultation_organization_held" ON "consultations"."consultation" USING btree ("organization","held_from");--> statement-breakpoint
CREATE INDEX "consultation_author" ON "consultations"."consultation" USING btree ("author");--> statement-breakpoint
CREATE INDEX "consultation_waiting" ON "consultations"."consultation" USING btree ("owner","status","since") WHERE "consultations"."consultation"."since" is not null;--> statement-breakpoint
CREATE INDEX "outcome_instruction" ON "consultations"."outcome" USING btree ("owner") WHERE "consultations"."outcome"."kind" = 'INSTRUCTION';--> statement-breakpoint
CREATE UNIQUE INDEX "plan_once_a_year" ON "consultations"."plan" USING btree ("owner","year") WHERE "consultations"."plan"."since" is not null and "consultations"."plan"."status" <> 'WITHDRAWN' and "consultations"."plan"."deleted" is null;--> statement-breakpoint
CREATE INDEX "plan_province_year" ON "consultations"."plan" USING btree ("province","year","id");--> statement-breakpoint
CREATE INDEX "plan_province_modified" ON "consultations"."plan" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "reading_suggestion" ON "consultations"."reading" USING btree ("suggestion","position","id");--> statement-breakpoint
CREATE INDEX "suggestion_department" ON "consultations"."suggestion" USING btree ("department","status");--> statement-breakpoint
CREATE INDEX "suggestion_author_of" ON "consultations"."suggestion" USING btree ("author");--> statement-breakpoint
CREATE INDEX "suggestion_organization" ON "consultations"."suggestion" USING btree ("organization");--> statement-breakpoint
CREATE INDEX "suggestion_waiting" ON "consultations"."suggestion" USING btree ("owner","status","since") WHERE "consultations"."suggestion"."since" is not null;--> statement-breakpoint
CREATE INDEX "suggestion_author_member_of" ON "consultations"."suggestion_author" USING btree ("member","suggestion");--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD CONSTRAINT "plan_file" UNIQUE("file");--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD CONSTRAINT "consultation_number_whole" CHECK (("consultations"."consultation"."term" is null) = ("consultations"."consultation"."ordinal" is null));--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD CONSTRAINT "consultation_sign_up" CHECK (("consultations"."consultation"."sign_up_opens" is null) = ("consultations"."consultation"."sign_up_closes" is null) and "consultations"."consultation"."sign_up_closes" > "consultations"."consultation"."sign_up_opens");--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD CONSTRAINT "consultation_places" CHECK ("consultations"."consultation"."places" > 0);--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD CONSTRAINT "consultation_live_stream" CHECK ("consultations"."consultation"."live_stream" like 'https://%');--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD CONSTRAINT "consultation_kind" CHECK ("consultations"."consultation"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'TOPICAL', 'COUNTERPART', 'SECTOR', 'PROPOSAL_HANDLING', 'REMOTE', 'GOVERNMENT_BUSINESS', 'LIVELIHOOD', 'JOINT_GROUP', 'HALL', 'STATION', 'INSPECTION', 'RESEARCH', 'SUPERVISION', 'ACTIVITY', 'TRAINING', 'LECTURE'));--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD CONSTRAINT "consultation_status" CHECK ("consultations"."consultation"."status" in ('PROPOSED', 'DECLINED', 'PLANNED', 'SCHEDULED', 'HELD', 'NOT_HELD', 'CANCELLED'));--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD CONSTRAINT "outcome_level" CHECK ("consultations"."outcome"."level" in ('NATIONAL', 'PROVINCE', 'CITY', 'COUNTY'));--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD CONSTRAINT "outcome_side" CHECK ("consultations"."outcome"."side" in ('PARTY_COMMITTEE', 'GOVERNMENT', 'COMMITTEE'));--> statement-breakpoint
ALTER TABLE "consultations"."plan" ADD CONSTRAINT "plan_status" CHECK ("consultations"."plan"."status" in ('COLLECTING', 'DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED', 'WITHDRAWN'));--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD CONSTRAINT "plan_item_status" CHECK ("consultations"."plan_item"."status" in ('LISTED', 'REMOVED'));--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ADD CONSTRAINT "plan_item_kind" CHECK ("consultations"."plan_item"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'TOPICAL', 'COUNTERPART', 'SECTOR', 'PROPOSAL_HANDLING', 'REMOTE', 'GOVERNMENT_BUSINESS', 'LIVELIHOOD', 'JOINT_GROUP', 'HALL', 'STATION', 'INSPECTION', 'RESEARCH', 'SUPERVISION', 'ACTIVITY', 'TRAINING', 'LECTURE'));--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD CONSTRAINT "suggestion_status" CHECK ("consultations"."suggestion"."status" in ('RECORDED', 'SUBMITTED', 'RETURNED', 'WITHDRAWN', 'TAKEN', 'ASSIGNED', 'HANDED_BACK', 'ANSWERED', 'CLOSED'));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."agenda_item" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."agenda_item" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."agenda_item" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."agenda_presenter" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."agenda_presenter" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."agenda_presenter" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."decision" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."decision" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."decision" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."attendance" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."attendance" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."attendance" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."attendance_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."attendance_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."attendance_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."leave" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."leave" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."leave" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."leave_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."leave_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."leave_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."sign_in" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."sign_in" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."sign_in" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."sign_in_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."sign_in_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."sign_in_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."book" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."book" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."book" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."book_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."book_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."book_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."book_reading" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."book_reading" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."book_reading" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."book_reading_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."book_reading_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."book_reading_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."consultation_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."consultation_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."consultation_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."consultation_organization" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."consultation_organization" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."consultation_organization" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."online_meeting" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."online_meeting" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."online_meeting" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."part" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."part" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."part" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."co_author_answer" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."co_author_answer" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."co_author_answer" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."co_author_invitation" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."co_author_invitation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."co_author_invitation" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."discussion_topic" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."discussion_topic" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."discussion_topic" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."discussion_topic_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."discussion_topic_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."discussion_topic_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."topic_comment" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."topic_comment" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."topic_comment" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."topic_comment_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."topic_comment_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."topic_comment_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."topic_draft" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."topic_draft" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."topic_draft" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."topic_support" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."topic_support" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."topic_support" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."file" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."file" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."file" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."file_chunk" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."file_chunk" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."file_chunk" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."consultation_evaluation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."consultation_evaluation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."consultation_evaluation" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."dispatch" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."dispatch" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."dispatch" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."follow_up" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."follow_up" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."follow_up" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."follow_up_evaluation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."follow_up_evaluation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."follow_up_evaluation" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."follow_up_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."follow_up_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."follow_up_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."follow_up_visit" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."follow_up_visit" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."follow_up_visit" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."handling_report" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."handling_report" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."handling_report" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."outcome_suggestion" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."outcome_suggestion" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."outcome_suggestion" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."paper" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."paper" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."paper" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."paper_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."paper_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."paper_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."paper_version" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."paper_version" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."paper_version" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_amendment" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_amendment" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_amendment" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_item_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_item_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_item_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_item_held" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_item_held" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_item_held" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_item_responsible" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_item_responsible" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_item_responsible" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_topic" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_topic" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_topic" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_topic_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_topic_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_topic_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."plan_topic_suggester" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."plan_topic_suggester" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."plan_topic_suggester" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."setting" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."setting" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."setting" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."speaker" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."speaker" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."speaker" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."speech" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."speech" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."speech" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."speech_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."speech_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."speech_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."submission" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."submission" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."submission" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."submission_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."submission_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."submission_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."co_authorship" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."co_authorship" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."co_authorship" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."suggestion_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."suggestion_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."suggestion_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."adoption" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."adoption" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."adoption" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."consultation" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."consultation" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."consultation" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[]))) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."cooperation_link" TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."cooperation_link" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."cooperation_link" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."host" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."host" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."host" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."host_platform" TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."host_platform" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."host_platform" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."outcome" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."outcome" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."outcome" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."participant" TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."participant" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."participant" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."plan" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."plan" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."plan" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."plan_item" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."plan_item" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."plan_item" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."reading" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."reading" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."reading" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."suggestion" TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."suggestion" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."suggestion" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "read" ON "consultations"."suggestion_author" TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
ALTER POLICY "insert" ON "consultations"."suggestion_author" TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
ALTER POLICY "update" ON "consultations"."suggestion_author" TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));