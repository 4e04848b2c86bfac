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
ALTER TABLE "consultations"."dispatch" ADD CONSTRAINT "dispatch_follow_up_follow_up_id_fk" FOREIGN KEY ("follow_up") REFERENCES "consultations"."follow_up"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" ADD CONSTRAINT "follow_up_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" ADD CONSTRAINT "follow_up_evaluation_follow_up_follow_up_id_fk" FOREIGN KEY ("follow_up") REFERENCES "consultations"."follow_up"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."handling_report" ADD CONSTRAINT "handling_report_follow_up_follow_up_id_fk" FOREIGN KEY ("follow_up") REFERENCES "consultations"."follow_up"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ADD CONSTRAINT "outcome_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ADD CONSTRAINT "reading_consultation_consultation_id_fk" FOREIGN KEY ("consultation") REFERENCES "consultations"."consultation"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ADD CONSTRAINT "adoption_suggestion_suggestion_id_fk" FOREIGN KEY ("suggestion") REFERENCES "consultations"."suggestion"("id") ON DELETE no action ON UPDATE cascade;