import type { Actor } from '@hub/access';
import type { Scope } from '@hub/database';
import { DutyStore } from './duty/store.ts';
import { OrganizationStore } from './organizations/store.ts';
import { PeopleStore } from './people/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context {
  readonly actor: Actor;
  readonly people: PeopleStore;
  readonly organizations: OrganizationStore;
  readonly duty: DutyStore;
}

export function createContext(scope: Scope, actor: Actor): Context {
  return {
    actor,
    people: new PeopleStore(scope),
    organizations: new OrganizationStore(scope),
    duty: new DutyStore(scope),
  };
}
