ALTER TABLE "consultations"."consultation" ADD COLUMN "publication_agreed" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
-- Every host sees who comes to what it hosts. It is no change of the record.
ALTER TABLE "consultations"."attendance" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "consultations"."attendance" AS "listed" SET "visibility" = 'JOINT',
  "parties" = "hosting"."codes" || CASE WHEN "listed"."owner" = ANY("hosting"."codes") THEN '{}'::text[] ELSE ARRAY["listed"."owner"::text] END
  FROM (SELECT "consultation", array_agg("committee"::text ORDER BY "position") AS "codes" FROM "consultations"."host"
    WHERE "deleted" IS NULL GROUP BY "consultation" HAVING count(*) > 1) AS "hosting"
  WHERE "hosting"."consultation" = "listed"."consultation";--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ENABLE TRIGGER USER;
