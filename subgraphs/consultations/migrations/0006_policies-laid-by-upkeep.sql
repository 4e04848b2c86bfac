ALTER TABLE "consultations"."agenda_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."agenda_presenter" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."decision" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."attendance" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."attendance_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."leave" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."leave_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."sign_in_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."book" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."book_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."book_reading" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."book_reading_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_entry_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_feed" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."calendar_feed_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."consultation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."consultation_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."consultation_organization" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_link" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."host" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."host_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."online_meeting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."participant" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_audience" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."cooperation_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."co_author_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."co_author_invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."discussion_topic" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."discussion_topic_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."topic_comment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."topic_comment_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."topic_draft" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."topic_support" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."file_chunk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."consultation_evaluation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."dispatch" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_evaluation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."follow_up_visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."handling_report" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_cooperation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_party_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."joint_plan_proposal" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_action" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_action_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_action_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_part_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."linked_part_platform" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."nominee" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."nominee_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."nominee_reference" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."outcome" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."outcome_suggestion" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."reading" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."paper" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."paper_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."paper_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_amendment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_held" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_item_responsible" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."plan_topic_suggester" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."problem" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."problem_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."referral" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."referral_handling" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."referral_handling_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."setting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."speaker" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."speech" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."speech_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."submission" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."submission_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."adoption" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."co_authorship" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_author" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consultations"."suggestion_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."agenda_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."agenda_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."agenda_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."agenda_presenter" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."agenda_presenter" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."agenda_presenter" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."decision" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."decision" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."decision" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."attendance" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."attendance" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."attendance" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."attendance_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."attendance_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."attendance_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."leave" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."leave" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."leave" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."leave_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."leave_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."leave_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."sign_in" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."sign_in" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."sign_in" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."sign_in_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."sign_in_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."sign_in_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."book" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."book" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."book" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."book_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."book_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."book_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."book_reading" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."book_reading" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."book_reading" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."book_reading_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."book_reading_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."book_reading_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."calendar_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."calendar_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."calendar_entry" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."calendar_entry_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."calendar_entry_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."calendar_entry_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."calendar_feed" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."calendar_feed" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."calendar_feed" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."calendar_feed_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."calendar_feed_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."calendar_feed_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."consultation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."consultation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."consultation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."consultation_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."consultation_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."consultation_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."consultation_organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."consultation_organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."consultation_organization" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."cooperation_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."cooperation_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."cooperation_link" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."host" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."host" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."host" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."host_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."host_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."host_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."online_meeting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."online_meeting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."online_meeting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."part" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."part" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."part" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."participant" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."participant" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."participant" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."cooperation_audience" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."cooperation_audience" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."cooperation_audience" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."cooperation_source" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."cooperation_source" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."cooperation_source" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."co_author_answer" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."co_author_answer" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."co_author_answer" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."co_author_invitation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."co_author_invitation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."co_author_invitation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."discussion_topic" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."discussion_topic" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."discussion_topic" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."discussion_topic_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."discussion_topic_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."discussion_topic_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."topic_comment" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."topic_comment" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."topic_comment" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."topic_comment_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."topic_comment_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."topic_comment_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."topic_draft" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."topic_draft" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."topic_draft" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."topic_support" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."topic_support" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."topic_support" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."file" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."file_chunk" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."file_chunk" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."file_chunk" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."consultation_evaluation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."consultation_evaluation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."consultation_evaluation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."dispatch" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."dispatch" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."dispatch" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."follow_up" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."follow_up" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."follow_up" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."follow_up_evaluation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."follow_up_evaluation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."follow_up_evaluation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."follow_up_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."follow_up_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."follow_up_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."follow_up_visit" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."follow_up_visit" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."follow_up_visit" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."handling_report" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."handling_report" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."handling_report" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan_cooperation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan_cooperation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan_cooperation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan_party" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan_party" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan_party" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan_party_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan_party_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan_party_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."joint_plan_proposal" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."joint_plan_proposal" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."joint_plan_proposal" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_action" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_action" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_action" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_action_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_action_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_action_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_action_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_action_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_action_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_invitation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_invitation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_invitation" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_part" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_part" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_part" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_part_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_part_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_part_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."linked_part_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."linked_part_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."linked_part_platform" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."nominee" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."nominee" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."nominee" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."nominee_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."nominee_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."nominee_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."nominee_reference" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."nominee_reference" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."nominee_reference" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."outcome" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."outcome" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."outcome" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."outcome_suggestion" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."outcome_suggestion" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."outcome_suggestion" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."reading" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."reading" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."reading" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."paper" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."paper" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."paper" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."paper_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."paper_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."paper_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."paper_version" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."paper_version" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."paper_version" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_amendment" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_amendment" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_amendment" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_item" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_item_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_item_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_item_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_item_held" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_item_held" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_item_held" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_item_responsible" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_item_responsible" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_item_responsible" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_topic" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_topic" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_topic" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_topic_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_topic_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_topic_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."plan_topic_suggester" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."plan_topic_suggester" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."plan_topic_suggester" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."problem" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."problem" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."problem" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."problem_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."problem_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."problem_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."referral" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."referral" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."referral" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."referral_handling" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."referral_handling" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."referral_handling" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."referral_handling_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."referral_handling_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."referral_handling_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."setting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."setting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."setting" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."speaker" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."speaker" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."speaker" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."speech" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."speech" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."speech" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."speech_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."speech_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."speech_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."submission" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."submission" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."submission" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."submission_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."submission_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."submission_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."adoption" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."adoption" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."adoption" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."co_authorship" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."co_authorship" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."co_authorship" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."suggestion" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."suggestion" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."suggestion" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."suggestion_author" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."suggestion_author" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."suggestion_author" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "read" ON "consultations"."suggestion_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "insert" ON "consultations"."suggestion_event" CASCADE;--> statement-breakpoint
DROP POLICY IF EXISTS "update" ON "consultations"."suggestion_event" CASCADE;