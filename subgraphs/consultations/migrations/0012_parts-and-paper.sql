CREATE TABLE "consultations"."correction" (
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
	"record_type" text NOT NULL,
	"step" text NOT NULL,
	"reason" text,
	"former" jsonb NOT NULL,
	CONSTRAINT "correction_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "correction_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "correction_visibility" CHECK ("consultations"."correction"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC')),
	CONSTRAINT "correction_step" CHECK ("consultations"."correction"."step" in ('CORRECTED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."correction" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."submission_contact" (
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
	"submission" uuid NOT NULL,
	"author" uuid,
	"receipt" text,
	"phone" text NOT NULL,
	CONSTRAINT "submission_contact_external_id_unique" UNIQUE("external_id"),
	CONSTRAINT "submission_contact_audience" UNIQUE("id","visibility","parties","subjects"),
	CONSTRAINT "submission_contact_once" UNIQUE("submission"),
	CONSTRAINT "submission_contact_visibility" CHECK ("consultations"."submission_contact"."visibility" in ('PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'))
);
--> statement-breakpoint
ALTER TABLE "consultations"."submission_contact" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" DROP CONSTRAINT "follow_up_once";--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" DROP CONSTRAINT "follow_up_evaluation_once";--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_visit" DROP CONSTRAINT "follow_up_visit_once";--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" DROP CONSTRAINT "sign_in_way";--> statement-breakpoint
ALTER TABLE "consultations"."submission" DROP CONSTRAINT "submission_status";--> statement-breakpoint
ALTER TABLE "consultations"."dispatch" DROP CONSTRAINT "dispatch_part";
--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" DROP CONSTRAINT "follow_up_part";
--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" DROP CONSTRAINT "follow_up_evaluation_part";
--> statement-breakpoint
ALTER TABLE "consultations"."handling_report" DROP CONSTRAINT "handling_report_part";
--> statement-breakpoint
ALTER TABLE "consultations"."outcome" DROP CONSTRAINT "outcome_part";
--> statement-breakpoint
ALTER TABLE "consultations"."reading" DROP CONSTRAINT "reading_part";
--> statement-breakpoint
ALTER TABLE "consultations"."adoption" DROP CONSTRAINT "adoption_part";
--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."problem" ADD COLUMN "answered" date;--> statement-breakpoint
ALTER TABLE "consultations"."problem" ADD COLUMN "answer_entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."referral" ADD COLUMN "recalled" date;--> statement-breakpoint
ALTER TABLE "consultations"."referral" ADD COLUMN "recall_reason" text;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "way" text DEFAULT 'ONLINE' NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "rating" text;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "rating_text" text;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "rated" date;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "answered" date;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "answer_entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "answered" date;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "answer_entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."submission_contact" ADD CONSTRAINT "submission_contact_submission_submission_id_fk" FOREIGN KEY ("submission") REFERENCES "consultations"."submission"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "correction_record" ON "consultations"."correction" USING btree ("record","created","id");--> statement-breakpoint
CREATE INDEX "correction_owner" ON "consultations"."correction" USING btree ("owner","created","id");--> statement-breakpoint
CREATE INDEX "submission_contact_receipt" ON "consultations"."submission_contact" USING btree ("receipt");--> statement-breakpoint
ALTER TABLE "consultations"."dispatch" ADD CONSTRAINT "dispatch_follow_up_follow_up_id_fk" FOREIGN KEY ("follow_up") REFERENCES "consultations"."follow_up"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" ADD CONSTRAINT "follow_up_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" ADD CONSTRAINT "follow_up_evaluation_follow_up_follow_up_id_fk" FOREIGN KEY ("follow_up") REFERENCES "consultations"."follow_up"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."handling_report" ADD CONSTRAINT "handling_report_follow_up_follow_up_id_fk" FOREIGN KEY ("follow_up") REFERENCES "consultations"."follow_up"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD CONSTRAINT "outcome_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD CONSTRAINT "reading_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ADD CONSTRAINT "adoption_suggestion_suggestion_id_fk" FOREIGN KEY ("suggestion") REFERENCES "consultations"."suggestion"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_once" ON "consultations"."follow_up" USING btree ("consultation","owner") WHERE "consultations"."follow_up"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_evaluation_once" ON "consultations"."follow_up_evaluation" USING btree ("follow_up","owner","body","body_name") WHERE "consultations"."follow_up_evaluation"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_visit_once" ON "consultations"."follow_up_visit" USING btree ("follow_up","consultation") WHERE "consultations"."follow_up_visit"."deleted" is null;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ADD CONSTRAINT "sign_in_way" CHECK ("consultations"."sign_in"."way" in ('PART_CODE', 'DUTY_CODE', 'ENTERED'));--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD CONSTRAINT "submission_way" CHECK ("consultations"."submission"."way" in ('ONLINE', 'LETTER', 'CALL', 'VISIT'));--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD CONSTRAINT "submission_rating" CHECK ("consultations"."submission"."rating" in ('SATISFIED', 'MOSTLY_SATISFIED', 'UNDERSTANDING', 'DISSATISFIED'));--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD CONSTRAINT "submission_status" CHECK ("consultations"."submission"."status" in ('RECEIVED', 'WITHDRAWN', 'ACCEPTED', 'DECLINED', 'ASSIGNED', 'HANDED_BACK', 'ANSWERED', 'IN_PLAN', 'SOLVED'));