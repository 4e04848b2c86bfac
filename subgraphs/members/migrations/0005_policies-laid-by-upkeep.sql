ALTER TABLE "members"."duty_report" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."contact_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."duty_fact" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."duty_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."scoring_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."membership" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."membership_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."membership_reason" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."organization_member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."committee_figure" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."organization" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."term" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."affiliation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."post" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."setting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."endorsement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members"."tag" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."duty_report" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."duty_report" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."duty_report" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."contact_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."contact_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."contact_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."duty_fact" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."duty_fact" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."duty_fact" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."duty_source" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."duty_source" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."duty_source" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."scoring_rules" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."scoring_rules" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."scoring_rules" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."membership" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."membership" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."membership" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."membership_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."membership_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."membership_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."membership_reason" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."membership_reason" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."membership_reason" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."organization_member" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."organization_member" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."organization_member" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."committee_figure" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."committee_figure" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."committee_figure" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."session" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."session" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."session" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."term" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."term" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."term" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."affiliation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."affiliation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."affiliation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."member" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."member" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."member" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."post" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."post" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."post" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."setting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."setting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."setting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."endorsement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."endorsement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."endorsement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "members"."tag" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "members"."tag" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "members"."tag" CASCADE;