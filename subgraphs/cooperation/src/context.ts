import type { Actor } from '@hub/access';
import type { Scope } from '@hub/database';
import { AgreementStore } from './agreements/store.ts';
import { AidStore } from './aid/store.ts';
import { CooperationStore } from './cooperations/store.ts';
import { MilestoneStore } from './milestones/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context {
  readonly actor: Actor;
  readonly cooperations: CooperationStore;
  readonly milestones: MilestoneStore;
  readonly agreements: AgreementStore;
  readonly aid: AidStore;
}

export function createContext(scope: Scope, actor: Actor): Context {
  return {
    actor,
    cooperations: new CooperationStore(scope),
    milestones: new MilestoneStore(scope),
    agreements: new AgreementStore(scope),
    aid: new AidStore(scope),
  };
}
