import type { FetchContext } from '@hub/workflow';
import { ActivityStore } from './activities/store.ts';
import { LivelihoodStore } from './livelihood/store.ts';
import { ProgrammeStore } from './programmes/store.ts';
import { ServiceRequestStore } from './requests/store.ts';
import { WorkstationStore } from './workstations/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context extends FetchContext {
  readonly workstations: WorkstationStore;
  readonly livelihood: LivelihoodStore;
  readonly programmes: ProgrammeStore;
  readonly activities: ActivityStore;
  readonly requests: ServiceRequestStore;
}

export function createContext({ scope }: FetchContext): Omit<Context, keyof FetchContext> {
  return {
    workstations: new WorkstationStore(scope),
    livelihood: new LivelihoodStore(scope),
    programmes: new ProgrammeStore(scope),
    activities: new ActivityStore(scope),
    requests: new ServiceRequestStore(scope),
  };
}
