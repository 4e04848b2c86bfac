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
ALTER TABLE "consultations"."follow_up" DROP CONSTRAINT "follow_up_once";--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" DROP CONSTRAINT "follow_up_evaluation_once";--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_visit" DROP CONSTRAINT "follow_up_visit_once";--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" DROP CONSTRAINT "sign_in_way";--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."problem" ADD COLUMN "answered" date;--> statement-breakpoint
ALTER TABLE "consultations"."problem" ADD COLUMN "answer_entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."referral" ADD COLUMN "recalled" date;--> statement-breakpoint
ALTER TABLE "consultations"."referral" ADD COLUMN "recall_reason" text;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "answered" date;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ADD COLUMN "answer_entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "answered" date;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ADD COLUMN "answer_entered" date;--> statement-breakpoint
CREATE INDEX "correction_record" ON "consultations"."correction" USING btree ("record","created","id");--> statement-breakpoint
CREATE INDEX "correction_owner" ON "consultations"."correction" USING btree ("owner","created","id");--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_once" ON "consultations"."follow_up" USING btree ("consultation") WHERE "consultations"."follow_up"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_evaluation_once" ON "consultations"."follow_up_evaluation" USING btree ("follow_up","owner","body","body_name") WHERE "consultations"."follow_up_evaluation"."deleted" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_visit_once" ON "consultations"."follow_up_visit" USING btree ("follow_up","consultation") WHERE "consultations"."follow_up_visit"."deleted" is null;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ADD CONSTRAINT "sign_in_way" CHECK ("consultations"."sign_in"."way" in ('PART_CODE', 'DUTY_CODE', 'ENTERED'));