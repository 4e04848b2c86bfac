ALTER TABLE "consultations"."sign_in" DROP CONSTRAINT "sign_in_way";--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ADD COLUMN "entered" date;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ADD CONSTRAINT "sign_in_way" CHECK ("consultations"."sign_in"."way" in ('PART_CODE', 'DUTY_CODE', 'ENTERED'));