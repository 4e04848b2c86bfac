ALTER TABLE "cooperation"."access_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."access_subject" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."agency_key" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."agency_key_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_agency" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_agency_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."agreement_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."aid_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."cooperation_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."file_chunk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."milestone_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."adoption" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."outcome" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."organization_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."partner" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."partner_organization" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."sharing_agreement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."sharing_agreement_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."sharing_terms" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."visit_finding" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."visit_finding_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."visit_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cooperation"."webhook_progress" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."access_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."access_subject" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."agency_key" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."agency_key" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."agency_key" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."agency_key_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."agency_key_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."agency_key_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."partner_agency" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."partner_agency" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."partner_agency" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."partner_agency_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."partner_agency_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."partner_agency_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."agreement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."agreement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."agreement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."agreement_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."agreement_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."agreement_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."agreement_file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."agreement_file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."agreement_file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."aid_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."aid_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."aid_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."cooperation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."cooperation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."cooperation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."cooperation_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."cooperation_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."cooperation_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."file_chunk" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."file_chunk" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."file_chunk" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."milestone" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."milestone" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."milestone" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."milestone_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."milestone_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."milestone_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."milestone_person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."milestone_person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."milestone_person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."adoption" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."adoption" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."adoption" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."outcome" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."outcome" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."outcome" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."organization_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."organization_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."organization_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."partner" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."partner" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."partner" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."partner_answer" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."partner_answer" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."partner_answer" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."partner_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."partner_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."partner_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."partner_organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."partner_organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."partner_organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."sharing_agreement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."sharing_agreement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."sharing_agreement" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."sharing_agreement_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."sharing_agreement_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."sharing_agreement_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."sharing_terms" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."sharing_terms" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."sharing_terms" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."visit" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."visit" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."visit" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."visit_finding" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."visit_finding" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."visit_finding" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."visit_finding_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."visit_finding_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."visit_finding_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."visit_person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."visit_person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."visit_person" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."webhook" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."webhook" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."webhook" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."webhook_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "cooperation"."webhook_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "cooperation"."webhook_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."webhook_message" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "cooperation"."webhook_progress" CASCADE;