import type { FetchContext } from '@hub/workflow';
import { AgreementStore } from './agreements/store.ts';
import { AidStore } from './aid/store.ts';
import { CooperationStore } from './cooperations/store.ts';
import { MilestoneStore } from './milestones/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context extends FetchContext {
  readonly cooperations: CooperationStore;
  readonly milestones: MilestoneStore;
  readonly agreements: AgreementStore;
  readonly aid: AidStore;
}

export function createContext({ scope }: FetchContext): Omit<Context, keyof FetchContext> {
  return {
    cooperations: new CooperationStore(scope),
    milestones: new MilestoneStore(scope),
    agreements: new AgreementStore(scope),
    aid: new AidStore(scope),
  };
}
