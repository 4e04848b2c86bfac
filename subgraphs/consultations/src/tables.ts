import { partAudiences, type Upkeep } from '@hub/database';
import { fileCallable, sweepFiles } from '@hub/files';
import { officeCallable, referableCallable } from '@hub/references';
import { attendanceCallable, attendanceTriggers } from './attendance/seats.ts';
import { calendarCallable, calendarTriggers } from './calendar/tables.ts';
import { calendarFeedTriggers } from './calendar-feeds/tables.ts';
import {
  hostFunctions,
  onlineMeetingTrigger,
  publicationCallable,
  publicationFunctions,
} from './consultations/tables.ts';
import { cooperationAudienceCallable, cooperationAudienceTriggers } from './cooperation-audiences/tables.ts';
import { discussionCallable, discussionTriggers } from './discussions/tables.ts';
import { fileTriggers } from './files/tables.ts';
import { evaluationCallable, evaluationTriggers, followUpAudiences } from './followups/tables.ts';
import { jointPlanCallable, jointPlanTriggers } from './joint-plans/settle.ts';
import { linkedPartTriggers } from './linked-actions/tables.ts';
import { nomineeTriggers } from './nominees/tables.ts';
import { outcomeAudiences, readingTriggers } from './outcomes/tables.ts';
import { paperTriggers } from './papers/tables.ts';
import { referableFunctions } from './references/tables.ts';
import { referralTriggers } from './referrals/tables.ts';
import { speechTriggers } from './speeches/tables.ts';
import { filerCallable, filerFunctions } from './submissions/tables.ts';
import {
  formerSuggestionTriggers,
  suggestionAudiences,
  suggestionCallable,
  suggestionTriggers,
} from './suggestions/tables.ts';

export * from './agenda/tables.ts';
export * from './attendance/tables.ts';
export * from './books/tables.ts';
export * from './calendar/tables.ts';
export * from './calendar-feeds/tables.ts';
export * from './consultations/tables.ts';
export * from './cooperation-audiences/tables.ts';
export * from './corrections/tables.ts';
export * from './discussions/tables.ts';
export * from './files/tables.ts';
export * from './followups/tables.ts';
export * from './joint-plans/tables.ts';
export * from './linked-actions/tables.ts';
export * from './nominees/tables.ts';
export * from './outcomes/tables.ts';
export * from './papers/tables.ts';
export * from './plans/tables.ts';
export * from './problems/tables.ts';
export { referable, referenceSource } from './references/tables.ts';
export * from './referrals/tables.ts';
export { consultations } from './schema.ts';
export * from './settings/tables.ts';
export * from './speeches/tables.ts';
export * from './submissions/tables.ts';
export * from './suggestions/tables.ts';

export const upkeep: Upkeep = {
  counted: { consultation: 'kind_and_status', plan: 'status', submission: 'status', linked_action: 'status' },
  searched: {
    consultation: ['title', 'local_kind', 'topics', 'place', 'description'],
    suggestion: ['text'],
    submission: ['title', 'text'],
    discussion_topic: ['title', 'text'],
    linked_action: ['title', 'description'],
    problem: ['title', 'text', 'site'],
  },
  sweeps: [sweepFiles, 'sweep_joint_plans'],
  triggers: [
    referableFunctions,
    onlineMeetingTrigger,
    publicationFunctions,
    hostFunctions,
    calendarTriggers,
    jointPlanTriggers,
    nomineeTriggers,
    attendanceTriggers,
    speechTriggers,
    fileTriggers,
    paperTriggers,
    suggestionTriggers,
    partAudiences('consultations', [...suggestionAudiences, ...outcomeAudiences, ...followUpAudiences]),
    formerSuggestionTriggers,
    readingTriggers,
    filerFunctions,
    evaluationTriggers,
    discussionTriggers,
    calendarFeedTriggers,
    linkedPartTriggers,
    referralTriggers,
    cooperationAudienceTriggers,
  ].join('\n'),
  callable: [
    ...calendarCallable,
    ...publicationCallable,
    ...jointPlanCallable,
    ...attendanceCallable,
    ...fileCallable,
    ...evaluationCallable,
    ...suggestionCallable,
    ...discussionCallable,
    ...cooperationAudienceCallable,
    ...referableCallable,
    ...officeCallable,
    ...filerCallable,
  ],
};
