import { referableTypeDefs } from '@hub/references';
import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { allowanceResolvers } from './allowances/resolvers.ts';
import { contactResolvers } from './contacts/resolvers.ts';
import { createContext } from './context.ts';
import { correctionResolvers } from './corrections/resolvers.ts';
import { directoryResolvers } from './directory/resolvers.ts';
import { dutyResolvers } from './duty/resolvers.ts';
import { factsAsRows } from './facts.ts';
import { meResolvers } from './me/resolvers.ts';
import { membershipResolvers } from './memberships/resolvers.ts';
import { organizationMemberResolvers } from './organization-members/resolvers.ts';
import { organizationResolvers } from './organizations/resolvers.ts';
import { peopleResolvers } from './people/resolvers.ts';
import { postResolvers } from './posts/resolvers.ts';
import { referables } from './referables.ts';
import { settingResolvers } from './settings/resolvers.ts';
import * as tables from './tables.ts';
import { tagResolvers } from './tags/resolvers.ts';
import { termResolvers } from './terms/resolvers.ts';

/** 委员与组织: committees and their parts, people and memberships, posts, duty. */
export const members = defineSubgraph({
  name: 'members',
  folder: import.meta.url,
  features: [
    'settings',
    'directory',
    'people',
    'me',
    'organizations',
    'organization-members',
    'terms',
    'memberships',
    'corrections',
    'posts',
    'tags',
    'contacts',
    'duty',
    'allowances',
  ],
  typeDefs: [referableTypeDefs],
  tables,
  upkeep: tables.upkeep,
  resolvers: mergeResolvers(
    settingResolvers,
    directoryResolvers,
    peopleResolvers,
    meResolvers,
    organizationResolvers,
    organizationMemberResolvers,
    termResolvers,
    correctionResolvers,
    membershipResolvers,
    postResolvers,
    tagResolvers,
    contactResolvers,
    dutyResolvers,
    allowanceResolvers,
    referables,
  ),
  createContext,
  factsAsRows,
});
