import type { FileStore } from '@hub/files';
import type { FetchContext } from '@hub/workflow';
import { AgendaStore } from './agenda/store.ts';
import { AttendanceStore } from './attendance/store.ts';
import { AudienceStore } from './audiences/store.ts';
import { BookStore } from './books/store.ts';
import { CalendarStore } from './calendar/store.ts';
import { CalendarFeedStore } from './calendar-feeds/store.ts';
import { ConsultationStore } from './consultations/store.ts';
import { DiscussionStore } from './discussions/store.ts';
import { files } from './files/store.ts';
import { FollowUpStore } from './followups/store.ts';
import { JointPlanStore } from './joint-plans/store.ts';
import { LinkedActionStore } from './linked-actions/store.ts';
import { NomineeStore } from './nominees/store.ts';
import { OutcomeStore } from './outcomes/store.ts';
import { PaperStore } from './papers/store.ts';
import { PlanStore } from './plans/store.ts';
import { ProblemStore } from './problems/store.ts';
import { ReferralStore } from './referrals/store.ts';
import { SpeechStore } from './speeches/store.ts';
import { SubmissionStore } from './submissions/store.ts';
import { SuggestionStore } from './suggestions/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context extends FetchContext {
  readonly audiences: AudienceStore;
  readonly consultations: ConsultationStore;
  readonly agenda: AgendaStore;
  readonly calendar: CalendarStore;
  readonly jointPlans: JointPlanStore;
  readonly nominees: NomineeStore;
  readonly attendance: AttendanceStore;
  readonly speeches: SpeechStore;
  readonly suggestions: SuggestionStore;
  readonly outcomes: OutcomeStore;
  readonly followUps: FollowUpStore;
  readonly plans: PlanStore;
  readonly submissions: SubmissionStore;
  readonly files: FileStore;
  readonly papers: PaperStore;
  readonly books: BookStore;
  readonly discussions: DiscussionStore;
  readonly calendarFeeds: CalendarFeedStore;
  readonly linkedActions: LinkedActionStore;
  readonly problems: ProblemStore;
  readonly referrals: ReferralStore;
}

export function createContext({ actor, scope }: FetchContext): Omit<Context, keyof FetchContext> {
  return {
    audiences: new AudienceStore(scope),
    consultations: new ConsultationStore(scope),
    agenda: new AgendaStore(scope),
    calendar: new CalendarStore(scope),
    jointPlans: new JointPlanStore(scope),
    nominees: new NomineeStore(scope),
    attendance: new AttendanceStore(scope, actor),
    speeches: new SpeechStore(scope),
    suggestions: new SuggestionStore(scope),
    outcomes: new OutcomeStore(scope),
    followUps: new FollowUpStore(scope),
    plans: new PlanStore(scope),
    submissions: new SubmissionStore(scope),
    files: files.store(scope),
    papers: new PaperStore(scope),
    books: new BookStore(scope),
    discussions: new DiscussionStore(scope, actor.kind === 'MEMBER' ? actor.member : null),
    calendarFeeds: new CalendarFeedStore(scope),
    linkedActions: new LinkedActionStore(scope, actor),
    problems: new ProblemStore(scope),
    referrals: new ReferralStore(scope),
  };
}
