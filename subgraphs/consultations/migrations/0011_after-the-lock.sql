ALTER TABLE "consultations"."follow_up" DROP CONSTRAINT "follow_up_once";--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "recorded_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party" ADD COLUMN "excluded" timestamp(3) with time zone[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party" ADD COLUMN "call_off_reason" text;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party" ADD COLUMN "call_off_by" date;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ADD COLUMN "locked_before" integer;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ADD COLUMN "answer_by" date;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ADD COLUMN "slot" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" ADD CONSTRAINT "follow_up_once" UNIQUE("consultation","owner");--> statement-breakpoint
-- What is locked keeps its time through a change, and each change shows it. It is no change of the record.
ALTER TABLE "consultations"."joint_plan_proposal" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "consultations"."joint_plan_proposal" AS "proposal" SET "slot" = "plan"."starts" FROM "consultations"."joint_plan" AS "plan"
  WHERE "plan"."id" = "proposal"."joint_plan" AND "plan"."locked_number" = "proposal"."number";--> statement-breakpoint
UPDATE "consultations"."joint_plan_proposal" AS "proposal" SET "locked_before" = "plan"."locked_number" FROM "consultations"."joint_plan" AS "plan"
  WHERE "plan"."id" = "proposal"."joint_plan" AND "plan"."locked_number" < "proposal"."number";--> statement-breakpoint
-- Times that a change took over from the locked proposal were named by nobody.
UPDATE "consultations"."joint_plan_proposal" AS "proposal" SET "starts" = ARRAY["locked"."slot"] FROM "consultations"."joint_plan_proposal" AS "locked"
  WHERE "locked"."joint_plan" = "proposal"."joint_plan" AND "locked"."number" = "proposal"."locked_before" AND "locked"."starts" = "proposal"."starts";--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ENABLE TRIGGER USER;
