CREATE TABLE "consultations"."calendar_entry" (
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
	"place" text,
	"starts" timestamp(3) with time zone NOT NULL,
	"ends" timestamp(3) with time zone NOT NULL,
	"during" "tstzrange" GENERATED ALWAYS AS (tstzrange(starts, ends)) STORED NOT NULL,
	"blocking" boolean NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"held_by" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
	"consultation" uuid,
	"part" uuid,
	CONSTRAINT "calendar_entry_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "calendar_entry_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "calendar_entry_part" UNIQUE("part","owner"),
	CONSTRAINT "calendar_entry_visibility" CHECK ("consultations"."calendar_entry"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "calendar_entry_kind" CHECK ("consultations"."calendar_entry"."kind" in ('MEETING', 'CONSULTATION', 'JOINT_PLAN', 'BLOCK')),
	CONSTRAINT "calendar_entry_status" CHECK ("consultations"."calendar_entry"."status" in ('CONFIRMED', 'CANCELLED')),
	CONSTRAINT "calendar_entry_length" CHECK ("consultations"."calendar_entry"."ends" > "consultations"."calendar_entry"."starts" and "consultations"."calendar_entry"."ends" <= "consultations"."calendar_entry"."starts" + interval '100 days'),
	CONSTRAINT "calendar_entry_cancelled_free" CHECK ("consultations"."calendar_entry"."status" = 'CONFIRMED' or not "consultations"."calendar_entry"."blocking")
);
--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."calendar_entry_event" (
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
	CONSTRAINT "calendar_entry_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "calendar_entry_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "calendar_entry_event_visibility" CHECK ("consultations"."calendar_entry_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
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
CREATE TABLE "consultations"."joint_plan" (
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
	"kind" text NOT NULL,
	"required" text[] NOT NULL,
	"number" integer NOT NULL,
	"locked_number" integer,
	"sequence" integer DEFAULT 0 NOT NULL,
	"starts" timestamp(3) with time zone,
	"ends" timestamp(3) with time zone,
	"consultation" uuid,
	"follows" uuid,
	"reason" text,
	CONSTRAINT "joint_plan_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_consultation" UNIQUE("consultation"),
	CONSTRAINT "joint_plan_visibility" CHECK ("consultations"."joint_plan"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "joint_plan_status" CHECK ("consultations"."joint_plan"."status" in ('TENTATIVE', 'CONFIRMED', 'CONCLUDED', 'CANCELLED')),
	CONSTRAINT "joint_plan_kind" CHECK ("consultations"."joint_plan"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'TOPICAL', 'COUNTERPART', 'SECTOR', 'PROPOSAL_HANDLING', 'REMOTE', 'GOVERNMENT_BUSINESS', 'LIVELIHOOD', 'JOINT_GROUP', 'HALL', 'STATION', 'INSPECTION', 'RESEARCH', 'SUPERVISION', 'ACTIVITY', 'TRAINING', 'LECTURE')),
	CONSTRAINT "joint_plan_locked_slot" CHECK (("consultations"."joint_plan"."locked_number" is null) = ("consultations"."joint_plan"."starts" is null) and ("consultations"."joint_plan"."starts" is null) = ("consultations"."joint_plan"."ends" is null))
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."joint_plan_cooperation" (
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
	"joint_plan" uuid NOT NULL,
	"cooperation" uuid NOT NULL,
	CONSTRAINT "joint_plan_cooperation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_cooperation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_cooperation_plan" UNIQUE("joint_plan"),
	CONSTRAINT "joint_plan_cooperation_visibility" CHECK ("consultations"."joint_plan_cooperation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_cooperation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."joint_plan_event" (
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
	CONSTRAINT "joint_plan_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_event_visibility" CHECK ("consultations"."joint_plan_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."joint_plan_party" (
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
	"joint_plan" uuid NOT NULL,
	"number" integer,
	"starts" timestamp(3) with time zone[],
	"reason" text,
	"host_name" text,
	"locked_number" integer,
	CONSTRAINT "joint_plan_party_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_party_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_party_owner" UNIQUE("joint_plan","owner"),
	CONSTRAINT "joint_plan_party_visibility" CHECK ("consultations"."joint_plan_party"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "joint_plan_party_status" CHECK ("consultations"."joint_plan_party"."status" in ('NEEDS_ACTION', 'ACCEPTED', 'TENTATIVE', 'DECLINED', 'WITHDRAWN', 'UNINVITED')),
	CONSTRAINT "joint_plan_party_number" CHECK ("consultations"."joint_plan_party"."status" not in ('ACCEPTED', 'TENTATIVE', 'DECLINED') or "consultations"."joint_plan_party"."number" is not null)
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."joint_plan_party_event" (
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
	CONSTRAINT "joint_plan_party_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_party_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_party_event_visibility" CHECK ("consultations"."joint_plan_party_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."joint_plan_platform" (
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
	"joint_plan_party" uuid NOT NULL,
	"workstation" uuid NOT NULL,
	CONSTRAINT "joint_plan_platform_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_platform_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_platform_party" UNIQUE("joint_plan_party"),
	CONSTRAINT "joint_plan_platform_visibility" CHECK ("consultations"."joint_plan_platform"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."joint_plan_proposal" (
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
	"joint_plan" uuid NOT NULL,
	"number" integer NOT NULL,
	"based_on" integer,
	"taken_back" boolean DEFAULT false NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"topics" jsonb NOT NULL,
	"agenda" jsonb NOT NULL,
	"place" text,
	"region" text COLLATE "C",
	"online" boolean NOT NULL,
	"duration_minutes" integer NOT NULL,
	"starts" timestamp(3) with time zone[] NOT NULL,
	"visits" jsonb NOT NULL,
	"quotas" jsonb NOT NULL,
	"comment" text,
	CONSTRAINT "joint_plan_proposal_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "joint_plan_proposal_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "joint_plan_proposal_number" UNIQUE("joint_plan","number"),
	CONSTRAINT "joint_plan_proposal_visibility" CHECK ("consultations"."joint_plan_proposal"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "joint_plan_proposal_kind" CHECK ("consultations"."joint_plan_proposal"."kind" in ('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'TOPICAL', 'COUNTERPART', 'SECTOR', 'PROPOSAL_HANDLING', 'REMOTE', 'GOVERNMENT_BUSINESS', 'LIVELIHOOD', 'JOINT_GROUP', 'HALL', 'STATION', 'INSPECTION', 'RESEARCH', 'SUPERVISION', 'ACTIVITY', 'TRAINING', 'LECTURE')),
	CONSTRAINT "joint_plan_proposal_place" CHECK ("consultations"."joint_plan_proposal"."online" or "consultations"."joint_plan_proposal"."place" is not null),
	CONSTRAINT "joint_plan_proposal_starts" CHECK (cardinality("consultations"."joint_plan_proposal"."starts") > 0),
	CONSTRAINT "joint_plan_proposal_duration" CHECK ("consultations"."joint_plan_proposal"."duration_minutes" > 0)
);
--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_action" (
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
	"description" text NOT NULL,
	"answer_by" date NOT NULL,
	"hand_in_by" date NOT NULL,
	"reason" text,
	"conclusion" text,
	"linked_invitation" uuid,
	"part_of" uuid,
	"platform_name" text,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "linked_action_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_action_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_action_visibility" CHECK ("consultations"."linked_action"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "linked_action_kind" CHECK ("consultations"."linked_action"."kind" in ('CONSULTATION', 'SUPERVISION', 'SURVEY')),
	CONSTRAINT "linked_action_status" CHECK ("consultations"."linked_action"."status" in ('OPEN', 'CONCLUDED', 'CANCELLED')),
	CONSTRAINT "linked_action_days" CHECK ("consultations"."linked_action"."answer_by" <= "consultations"."linked_action"."hand_in_by"),
	CONSTRAINT "linked_action_whole" CHECK (("consultations"."linked_action"."linked_invitation" is null) = ("consultations"."linked_action"."part_of" is null))
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_action" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_action_event" (
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
	CONSTRAINT "linked_action_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_action_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_action_event_visibility" CHECK ("consultations"."linked_action_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_action_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_action_platform" (
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
	"workstation" uuid,
	"organization" uuid,
	"linked_action" uuid NOT NULL,
	CONSTRAINT "linked_action_platform_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_action_platform_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_action_platform_once" UNIQUE("linked_action"),
	CONSTRAINT "linked_action_platform_visibility" CHECK ("consultations"."linked_action_platform"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_action_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_invitation" (
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
	"linked_action" uuid NOT NULL,
	"committee" text COLLATE "C" NOT NULL,
	"committee_as_filed" text COLLATE "C" NOT NULL,
	"sent" date NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"answer_by" date NOT NULL,
	"hand_in_by" date NOT NULL,
	"reason" text,
	"conclusion" text,
	CONSTRAINT "linked_invitation_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_invitation_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_invitation_visibility" CHECK ("consultations"."linked_invitation"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "linked_invitation_kind" CHECK ("consultations"."linked_invitation"."kind" in ('CONSULTATION', 'SUPERVISION', 'SURVEY')),
	CONSTRAINT "linked_invitation_status" CHECK ("consultations"."linked_invitation"."status" in ('OPEN', 'WITHDRAWN', 'CONCLUDED', 'CANCELLED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_part" (
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
	"linked_invitation" uuid NOT NULL,
	"reason" text,
	"answered" date NOT NULL,
	"plan" text,
	"planned_from" date,
	"planned_until" date,
	"consultation" uuid,
	"platform_name" text,
	"report" text,
	"figures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"handed_in" date,
	CONSTRAINT "linked_part_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_part_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_part_once" UNIQUE("linked_invitation"),
	CONSTRAINT "linked_part_visibility" CHECK ("consultations"."linked_part"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "linked_part_status" CHECK ("consultations"."linked_part"."status" in ('ACCEPTED', 'DECLINED', 'PLANNED', 'HANDED_IN', 'WITHDRAWN')),
	CONSTRAINT "linked_part_days" CHECK ("consultations"."linked_part"."planned_from" <= "consultations"."linked_part"."planned_until")
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_part_event" (
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
	CONSTRAINT "linked_part_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_part_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_part_event_visibility" CHECK ("consultations"."linked_part_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_part_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."linked_part_platform" (
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
	"workstation" uuid,
	"organization" uuid,
	"linked_part" uuid NOT NULL,
	CONSTRAINT "linked_part_platform_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "linked_part_platform_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "linked_part_platform_once" UNIQUE("linked_part"),
	CONSTRAINT "linked_part_platform_visibility" CHECK ("consultations"."linked_part_platform"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."linked_part_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."nominee" (
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
	"joint_plan" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"stands_in_for" uuid,
	"reason" text,
	CONSTRAINT "nominee_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "nominee_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "nominee_visibility" CHECK ("consultations"."nominee"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "nominee_kind" CHECK ("consultations"."nominee"."kind" in ('MEMBER', 'DEPARTMENT', 'EXPERT')),
	CONSTRAINT "nominee_status" CHECK ("consultations"."nominee"."status" in ('NOMINATED', 'REPLACED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."nominee" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."nominee_event" (
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
	CONSTRAINT "nominee_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "nominee_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "nominee_event_visibility" CHECK ("consultations"."nominee_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."nominee_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."nominee_reference" (
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
	"nominee" uuid NOT NULL,
	"joint_plan" uuid NOT NULL,
	"member" uuid,
	"organization" uuid,
	"status" text DEFAULT 'NOMINATED' NOT NULL,
	CONSTRAINT "nominee_reference_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "nominee_reference_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "nominee_reference_visibility" CHECK ("consultations"."nominee_reference"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "nominee_reference_status" CHECK ("consultations"."nominee_reference"."status" in ('NOMINATED', 'GONE')),
	CONSTRAINT "nominee_reference_named" CHECK (num_nonnulls("consultations"."nominee_reference"."member", "consultations"."nominee_reference"."organization") > 0)
);
--> statement-breakpoint
ALTER TABLE "consultations"."nominee_reference" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."problem" (
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
	"text" text NOT NULL,
	"topic" text,
	"site" text,
	"found" date NOT NULL,
	"linked_action" uuid,
	"consultation" uuid,
	"body" text,
	"department" uuid,
	"handed_over" date,
	"referred" date,
	"due" date,
	"measures" text,
	"put_right" date,
	"answer" text,
	"reason" text,
	"findings" text,
	"verified" date,
	"conclusion" text,
	"evaluation" text,
	"province" text COLLATE "C" GENERATED ALWAYS AS (left(owner, 2) || '0000') STORED NOT NULL,
	CONSTRAINT "problem_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "problem_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "problem_visibility" CHECK ("consultations"."problem"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "problem_status" CHECK ("consultations"."problem"."status" in ('FOUND', 'HANDED_OVER', 'HANDED_BACK', 'PUT_RIGHT', 'ANSWERED', 'REFERRED', 'NOT_VERIFIED', 'VERIFIED', 'CLOSED')),
	CONSTRAINT "problem_evaluation" CHECK ("consultations"."problem"."evaluation" in ('SATISFIED', 'MOSTLY_SATISFIED', 'UNDERSTANDING', 'DISSATISFIED')),
	CONSTRAINT "problem_verified" CHECK ("consultations"."problem"."verified" is null or "consultations"."problem"."put_right" is not null)
);
--> statement-breakpoint
ALTER TABLE "consultations"."problem" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."problem_event" (
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
	CONSTRAINT "problem_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "problem_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "problem_event_visibility" CHECK ("consultations"."problem_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."problem_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."referral" (
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
	"committee" text COLLATE "C" NOT NULL,
	"direction" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"note" text,
	"sent" date NOT NULL,
	"due" date NOT NULL,
	"hop" integer NOT NULL,
	"path" text[] NOT NULL,
	"previous" uuid,
	"problem" uuid,
	"submission" uuid,
	CONSTRAINT "referral_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "referral_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "referral_visibility" CHECK ("consultations"."referral"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "referral_direction" CHECK ("consultations"."referral"."direction" in ('UP', 'SIDEWAYS', 'DOWN')),
	CONSTRAINT "referral_matter" CHECK (num_nonnulls("consultations"."referral"."problem", "consultations"."referral"."submission") >= 1)
);
--> statement-breakpoint
ALTER TABLE "consultations"."referral" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."referral_handling" (
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
	"referral" uuid NOT NULL,
	"due" date NOT NULL,
	"reason" text,
	"result" text,
	"answered" date,
	CONSTRAINT "referral_handling_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "referral_handling_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "referral_handling_once" UNIQUE("referral"),
	CONSTRAINT "referral_handling_visibility" CHECK ("consultations"."referral_handling"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "referral_handling_status" CHECK ("consultations"."referral_handling"."status" in ('TAKEN', 'DECLINED', 'HANDED_BACK', 'PASSED_ON', 'ANSWERED'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."referral_handling" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."referral_handling_event" (
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
	CONSTRAINT "referral_handling_event_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "referral_handling_event_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "referral_handling_event_visibility" CHECK ("consultations"."referral_handling_event"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."referral_handling_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry" ADD CONSTRAINT "calendar_entry_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry" ADD CONSTRAINT "calendar_entry_part_part_id_fk" FOREIGN KEY ("part") REFERENCES "consultations"."part"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry_event" ADD CONSTRAINT "calendar_entry_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."calendar_entry"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_feed_event" ADD CONSTRAINT "calendar_feed_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."calendar_feed"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan" ADD CONSTRAINT "joint_plan_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_cooperation" ADD CONSTRAINT "joint_plan_cooperation_part" FOREIGN KEY ("joint_plan","visibility","parties","subjects") REFERENCES "consultations"."joint_plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_event" ADD CONSTRAINT "joint_plan_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."joint_plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party" ADD CONSTRAINT "joint_plan_party_part" FOREIGN KEY ("joint_plan","visibility","parties","subjects") REFERENCES "consultations"."joint_plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party_event" ADD CONSTRAINT "joint_plan_party_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."joint_plan_party"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_platform" ADD CONSTRAINT "joint_plan_platform_part" FOREIGN KEY ("joint_plan_party","visibility","parties","subjects") REFERENCES "consultations"."joint_plan_party"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ADD CONSTRAINT "joint_plan_proposal_part" FOREIGN KEY ("joint_plan","visibility","parties","subjects") REFERENCES "consultations"."joint_plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."linked_action_event" ADD CONSTRAINT "linked_action_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."linked_action"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."linked_action_platform" ADD CONSTRAINT "linked_action_platform_part" FOREIGN KEY ("linked_action","visibility","parties","subjects") REFERENCES "consultations"."linked_action"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."linked_invitation" ADD CONSTRAINT "linked_invitation_linked_action_linked_action_id_fk" FOREIGN KEY ("linked_action") REFERENCES "consultations"."linked_action"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."linked_part" ADD CONSTRAINT "linked_part_linked_invitation_linked_invitation_id_fk" FOREIGN KEY ("linked_invitation") REFERENCES "consultations"."linked_invitation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."linked_part_event" ADD CONSTRAINT "linked_part_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."linked_part"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."linked_part_platform" ADD CONSTRAINT "linked_part_platform_part" FOREIGN KEY ("linked_part","visibility","parties","subjects") REFERENCES "consultations"."linked_part"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."nominee" ADD CONSTRAINT "nominee_part" FOREIGN KEY ("joint_plan","visibility","parties","subjects") REFERENCES "consultations"."joint_plan"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."nominee_event" ADD CONSTRAINT "nominee_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."nominee"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."nominee_reference" ADD CONSTRAINT "nominee_reference_part" FOREIGN KEY ("nominee","visibility","parties","subjects") REFERENCES "consultations"."nominee"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."problem_event" ADD CONSTRAINT "problem_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."problem"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."referral_handling" ADD CONSTRAINT "referral_handling_referral_referral_id_fk" FOREIGN KEY ("referral") REFERENCES "consultations"."referral"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultations"."referral_handling_event" ADD CONSTRAINT "referral_handling_event_part" FOREIGN KEY ("record","visibility","parties","subjects") REFERENCES "consultations"."referral_handling"("id","visibility","parties","subjects") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "calendar_entry_owner_starts" ON "consultations"."calendar_entry" USING btree ("owner","starts","id");--> statement-breakpoint
CREATE INDEX "calendar_entry_consultation" ON "consultations"."calendar_entry" USING btree ("consultation");--> statement-breakpoint
CREATE INDEX "calendar_entry_event_record" ON "consultations"."calendar_entry_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_secret" ON "consultations"."calendar_feed" USING btree ("secret");--> statement-breakpoint
CREATE INDEX "calendar_feed_owner" ON "consultations"."calendar_feed" USING btree ("owner","created","id");--> statement-breakpoint
CREATE INDEX "calendar_feed_author" ON "consultations"."calendar_feed" USING btree ("author","created","id");--> statement-breakpoint
CREATE INDEX "calendar_feed_event_record" ON "consultations"."calendar_feed_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "joint_plan_owner" ON "consultations"."joint_plan" USING btree ("owner","status");--> statement-breakpoint
CREATE INDEX "joint_plan_event_record" ON "consultations"."joint_plan_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "joint_plan_party_waiting" ON "consultations"."joint_plan_party" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "joint_plan_party_event_record" ON "consultations"."joint_plan_party_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "linked_action_invitation" ON "consultations"."linked_action" USING btree ("linked_invitation") WHERE "consultations"."linked_action"."status" <> 'CANCELLED' and "consultations"."linked_action"."deleted" is null;--> statement-breakpoint
CREATE INDEX "linked_action_part_of" ON "consultations"."linked_action" USING btree ("part_of","id");--> statement-breakpoint
CREATE INDEX "linked_action_owner_modified" ON "consultations"."linked_action" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "linked_action_owner_hand_in_by" ON "consultations"."linked_action" USING btree ("owner","hand_in_by","id");--> statement-breakpoint
CREATE INDEX "linked_action_province_modified" ON "consultations"."linked_action" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "linked_action_province_hand_in_by" ON "consultations"."linked_action" USING btree ("province","hand_in_by","id");--> statement-breakpoint
CREATE INDEX "linked_action_modified" ON "consultations"."linked_action" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "linked_action_hand_in_by" ON "consultations"."linked_action" USING btree ("hand_in_by","id");--> statement-breakpoint
CREATE INDEX "linked_action_waiting" ON "consultations"."linked_action" USING btree ("owner","status","hand_in_by") WHERE "consultations"."linked_action"."since" is not null;--> statement-breakpoint
CREATE INDEX "linked_action_event_record" ON "consultations"."linked_action_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "linked_invitation_once" ON "consultations"."linked_invitation" USING btree ("linked_action","committee") WHERE "consultations"."linked_invitation"."status" <> 'WITHDRAWN' and "consultations"."linked_invitation"."deleted" is null;--> statement-breakpoint
CREATE INDEX "linked_invitation_action" ON "consultations"."linked_invitation" USING btree ("linked_action","committee","id");--> statement-breakpoint
CREATE INDEX "linked_invitation_committee_modified" ON "consultations"."linked_invitation" USING btree ("committee","modified","id");--> statement-breakpoint
CREATE INDEX "linked_invitation_committee_status" ON "consultations"."linked_invitation" USING btree ("committee","status","answer_by");--> statement-breakpoint
CREATE INDEX "linked_part_waiting" ON "consultations"."linked_part" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "linked_part_event_record" ON "consultations"."linked_part_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "nominee_joint_plan" ON "consultations"."nominee" USING btree ("joint_plan","owner","created","id");--> statement-breakpoint
CREATE INDEX "nominee_event_record" ON "consultations"."nominee_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE UNIQUE INDEX "nominee_reference_member" ON "consultations"."nominee_reference" USING btree ("joint_plan","member") WHERE "consultations"."nominee_reference"."status" = 'NOMINATED' and "consultations"."nominee_reference"."deleted" is null;--> statement-breakpoint
CREATE INDEX "nominee_reference_member_of" ON "consultations"."nominee_reference" USING btree ("member");--> statement-breakpoint
CREATE INDEX "problem_linked_action" ON "consultations"."problem" USING btree ("linked_action","found","id");--> statement-breakpoint
CREATE INDEX "problem_owner_found" ON "consultations"."problem" USING btree ("owner","found","id");--> statement-breakpoint
CREATE INDEX "problem_owner_modified" ON "consultations"."problem" USING btree ("owner","modified","id");--> statement-breakpoint
CREATE INDEX "problem_owner_topic" ON "consultations"."problem" USING btree ("owner","topic","found");--> statement-breakpoint
CREATE INDEX "problem_province_found" ON "consultations"."problem" USING btree ("province","found","id");--> statement-breakpoint
CREATE INDEX "problem_province_modified" ON "consultations"."problem" USING btree ("province","modified","id");--> statement-breakpoint
CREATE INDEX "problem_found" ON "consultations"."problem" USING btree ("found","id");--> statement-breakpoint
CREATE INDEX "problem_modified" ON "consultations"."problem" USING btree ("modified","id");--> statement-breakpoint
CREATE INDEX "problem_department" ON "consultations"."problem" USING btree ("department","status");--> statement-breakpoint
CREATE INDEX "problem_waiting" ON "consultations"."problem" USING btree ("owner","status","since");--> statement-breakpoint
CREATE INDEX "problem_event_record" ON "consultations"."problem_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE INDEX "referral_problem" ON "consultations"."referral" USING btree ("problem","created","id");--> statement-breakpoint
CREATE INDEX "referral_submission" ON "consultations"."referral" USING btree ("submission","created","id");--> statement-breakpoint
CREATE INDEX "referral_committee" ON "consultations"."referral" USING btree ("committee","created","id");--> statement-breakpoint
CREATE INDEX "referral_owner" ON "consultations"."referral" USING btree ("owner","created","id");--> statement-breakpoint
CREATE INDEX "referral_handling_waiting" ON "consultations"."referral_handling" USING btree ("owner","status","due");--> statement-breakpoint
CREATE INDEX "referral_handling_event_record" ON "consultations"."referral_handling_event" USING btree ("record","record_revision");--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."calendar_entry" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."calendar_entry" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."calendar_entry" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."calendar_entry_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."calendar_entry_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."calendar_entry_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."calendar_feed" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."calendar_feed" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."calendar_feed" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."calendar_feed_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."calendar_feed_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."calendar_feed_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan_cooperation" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan_cooperation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan_cooperation" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan_party" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan_party" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan_party" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan_party_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan_party_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan_party_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan_platform" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan_platform" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan_platform" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."joint_plan_proposal" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."joint_plan_proposal" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."joint_plan_proposal" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_action" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_action" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_action" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_action_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_action_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_action_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_action_platform" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_action_platform" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_action_platform" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_invitation" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_invitation" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_invitation" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_part" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_part" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_part" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_part_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_part_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_part_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."linked_part_platform" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."linked_part_platform" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."linked_part_platform" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."nominee" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."nominee" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."nominee" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."nominee_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."nominee_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."nominee_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."nominee_reference" AS PERMISSIVE FOR SELECT TO public USING (((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')) and ((reference_visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (reference_visibility in ('MEMBERS') and reference_owner = (select nullif(current_setting('hub.member_of', true), ''))) or (reference_visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and reference_owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (reference_visibility in ('UPWARD') and reference_owner >= (select nullif(current_setting('hub.below_lo', true), '')) and reference_owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (reference_visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any('{}'::text[])) or ('{}'::text[] && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes')));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."nominee_reference" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."nominee_reference" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."problem" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."problem" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."problem" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."problem_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."problem_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."problem_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."referral" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."referral" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."referral" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."referral_handling" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes'));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."referral_handling" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."referral_handling" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[])) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]));--> statement-breakpoint
CREATE POLICY "read" ON "consultations"."referral_handling_event" AS PERMISSIVE FOR SELECT TO public USING ((visibility in ('PUBLIC') and (select nullif(current_setting('hub.public', true), '')) = 'yes') or (visibility in ('MEMBERS') and owner = (select nullif(current_setting('hub.member_of', true), ''))) or (visibility in ('INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT') and owner = (select nullif(current_setting('hub.staff_of', true), ''))) or (visibility in ('UPWARD') and owner >= (select nullif(current_setting('hub.below_lo', true), '')) and owner < (select nullif(current_setting('hub.below_hi', true), ''))) or (visibility in ('JOINT') and (select nullif(current_setting('hub.staff_of', true), '')) = any(parties)) or (subjects && (select nullif(current_setting('hub.named', true), '')::text[])) or ((select nullif(current_setting('hub.feed', true), '')) = 'yes') or (receipt = (select nullif(current_setting('hub.receipt', true), ''))));--> statement-breakpoint
CREATE POLICY "insert" ON "consultations"."referral_handling_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid) or ((select nullif(current_setting('hub.public', true), '')) = 'yes' and receipt <> ''));--> statement-breakpoint
CREATE POLICY "update" ON "consultations"."referral_handling_event" AS PERMISSIVE FOR UPDATE TO public USING ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid)) WITH CHECK ((owner = (select nullif(current_setting('hub.staff_of', true), '')) and (select nullif(current_setting('hub.duties', true), '')::text[]) && '{meetings}'::text[]) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and author = (select nullif(current_setting('hub.member', true), ''))::uuid) or (owner = (select nullif(current_setting('hub.member_of', true), '')) and array[organization] <@ (select nullif(current_setting('hub.convenes', true), '')::uuid[])) or (owner = (select nullif(current_setting('hub.department_of', true), '')) and department = (select nullif(current_setting('hub.department', true), ''))::uuid));