import type { FetchContext } from '@hub/workflow';
import { ContactStore } from './contacts/store.ts';
import { DutyStore } from './duty/store.ts';
import { MembershipStore } from './memberships/store.ts';
import { OrganizationMemberStore } from './organization-members/store.ts';
import { OrganizationStore } from './organizations/store.ts';
import { PeopleStore } from './people/store.ts';
import { TagStore } from './tags/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context extends FetchContext {
  readonly people: PeopleStore;
  readonly memberships: MembershipStore;
  readonly organizations: OrganizationStore;
  readonly organizationMembers: OrganizationMemberStore;
  readonly contacts: ContactStore;
  readonly tags: TagStore;
  readonly duty: DutyStore;
}

export function createContext(fetch: FetchContext): Omit<Context, keyof FetchContext> {
  const { scope } = fetch;
  return {
    people: new PeopleStore(scope),
    memberships: new MembershipStore(scope),
    organizations: new OrganizationStore(scope),
    organizationMembers: new OrganizationMemberStore(scope),
    contacts: new ContactStore(scope),
    tags: new TagStore(scope),
    duty: new DutyStore(fetch),
  };
}
