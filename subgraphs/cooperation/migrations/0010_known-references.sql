CREATE TABLE "cooperation"."referable" (
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
ALTER TABLE "cooperation"."referable" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cooperation"."reference_source" (
	"name" text PRIMARY KEY NOT NULL,
	"next" text DEFAULT '' NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"built" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cooperation"."reference_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "referable_person" ON "cooperation"."referable" USING btree ("person");--> statement-breakpoint
CREATE INDEX "referable_generation" ON "cooperation"."referable" USING btree ("origin","generation");