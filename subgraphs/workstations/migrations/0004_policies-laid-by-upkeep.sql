ALTER TABLE "workstations"."activity" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."livelihood_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."participation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."programme" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."programme_staffing" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."service_request" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."workstation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workstations"."workstation_staffing" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."activity" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."activity" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."activity" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."livelihood_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."livelihood_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."livelihood_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."participation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."participation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."participation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."programme" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."programme" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."programme" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."programme_staffing" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."programme_staffing" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."programme_staffing" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."service_request" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."service_request" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."service_request" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."workstation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."workstation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."workstation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "workstations"."workstation_staffing" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "workstations"."workstation_staffing" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "workstations"."workstation_staffing" CASCADE;