import type { Actor } from '@hub/access';
import type { Scope } from '@hub/database';
import { ConsultationStore } from './consultations/store.ts';
import { OutcomeStore } from './outcomes/store.ts';
import { PlanStore } from './plans/store.ts';
import { SuggestionStore } from './suggestions/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context {
  readonly actor: Actor;
  readonly consultations: ConsultationStore;
  readonly suggestions: SuggestionStore;
  readonly outcomes: OutcomeStore;
  readonly plans: PlanStore;
}

export function createContext(scope: Scope, actor: Actor): Context {
  return {
    actor,
    consultations: new ConsultationStore(scope),
    suggestions: new SuggestionStore(scope),
    outcomes: new OutcomeStore(scope),
    plans: new PlanStore(scope),
  };
}
