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
ALTER TABLE "consultations"."sign_in" ADD CONSTRAINT "sign_in_way" CHECK ("consultations"."sign_in"."way" in ('PART_CODE', 'DUTY_CODE', 'ENTERED'));