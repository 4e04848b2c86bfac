import type { FileStore } from '@hub/files';
import type { FetchContext } from '@hub/workflow';
import { AgendaStore } from './agenda/store.ts';
import { AttendanceStore } from './attendance/store.ts';
import { BookStore } from './books/store.ts';
import { ConsultationStore } from './consultations/store.ts';
import { DiscussionStore } from './discussions/store.ts';
import { files } from './files/store.ts';
import { FollowUpStore } from './followups/store.ts';
import { OutcomeStore } from './outcomes/store.ts';
import { PaperStore } from './papers/store.ts';
import { PlanStore } from './plans/store.ts';
import { SpeechStore } from './speeches/store.ts';
import { SubmissionStore } from './submissions/store.ts';
import { SuggestionStore } from './suggestions/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context extends FetchContext {
  readonly consultations: ConsultationStore;
  readonly agenda: AgendaStore;
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
}

export function createContext({ actor, scope }: FetchContext): Omit<Context, keyof FetchContext> {
  return {
    consultations: new ConsultationStore(scope),
    agenda: new AgendaStore(scope),
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
  };
}
