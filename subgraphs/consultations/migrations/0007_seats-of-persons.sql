ALTER TABLE "consultations"."attendance" DROP CONSTRAINT "attendance_status";--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ADD COLUMN "person" uuid;--> statement-breakpoint
-- Who is one person is known once they act; until then each is taken for somebody. It is no change of the record.
ALTER TABLE "consultations"."attendance" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "consultations"."attendance" SET "person" = "member";--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ALTER COLUMN "person" SET NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_seat" ON "consultations"."attendance" USING btree ("consultation","person") WHERE "consultations"."attendance"."status" not in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT') and "consultations"."attendance"."deleted" is null;--> statement-breakpoint
CREATE INDEX "attendance_person" ON "consultations"."attendance" USING btree ("person");--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ADD CONSTRAINT "attendance_status" CHECK ("consultations"."attendance"."status" in ('INVITED', 'WAITING', 'SIGNED_UP', 'WITHDRAWN', 'DECLINED', 'SUBSTITUTE_NAMED', 'SUBSTITUTED', 'ASKED', 'ON_LEAVE', 'WALKED_IN', 'SAME_SEAT'));