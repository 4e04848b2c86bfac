CREATE TABLE "consultations"."referable" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"visibility" text NOT NULL,
	"parties" text[] DEFAULT '{}' NOT NULL,
	"subjects" text[] DEFAULT '{}' NOT NULL,
	"person" uuid,
	"days" datemultirange,
	"origin" text NOT NULL,
	"generation" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consultations"."referable" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."reference_source" (
	"name" text PRIMARY KEY NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"built" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consultations"."reference_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultations"."acting_person" (
	"member" uuid PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL
);
--> statement-breakpoint
CREATE INDEX "referable_person" ON "consultations"."referable" USING btree ("person");--> statement-breakpoint
CREATE INDEX "referable_generation" ON "consultations"."referable" USING btree ("origin","generation");--> statement-breakpoint
-- What tokens said of who is one person stays known.
INSERT INTO "consultations"."acting_person" ("member", "person")
  SELECT DISTINCT ON ("member") "member", "person" FROM "consultations"."attendance"
  WHERE "person" IN (SELECT "person" FROM "consultations"."attendance" WHERE "person" <> "member") ORDER BY "member", "modified" DESC, "id";
