CREATE TABLE "members"."allowance" (
	"kind" text NOT NULL,
	"holder" text NOT NULL,
	"slot" bigint NOT NULL,
	"amount" integer NOT NULL,
	"until" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "allowance_kind_holder_slot_pk" PRIMARY KEY("kind","holder","slot")
);
--> statement-breakpoint
CREATE TABLE "members"."allowance_gateway" (
	"gateway" text PRIMARY KEY NOT NULL,
	"until" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members"."allowance_key" (
	"day" date PRIMARY KEY NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "allowance_until" ON "members"."allowance" USING btree ("until");