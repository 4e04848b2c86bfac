import { type Connection, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { agencyKey, partnerAgency } from './tables.ts';

const { placeholder } = sql;

const agencyFields = {
  id: partnerAgency.id,
  owner: partnerAgency.owner,
  name: partnerAgency.name,
  creditCode: partnerAgency.creditCode,
  status: partnerAgency.status,
  since: partnerAgency.since,
  revision: partnerAgency.revision,
  created: partnerAgency.created,
};
const agenciesById = statement(
  build
    .select(agencyFields)
    .from(partnerAgency)
    .where(and(sql`${partnerAgency.id} = any(${placeholder('ids')}::uuid[])`, isNull(partnerAgency.deleted))),
);
export type PartnerAgency = Awaited<ReturnType<typeof agenciesById.run>>[number];

const keyFields = {
  id: agencyKey.id,
  owner: agencyKey.owner,
  agency: agencyKey.agency,
  kid: agencyKey.kid,
  algorithm: agencyKey.algorithm,
  publicKey: agencyKey.publicKey,
  status: agencyKey.status,
  since: agencyKey.since,
  revision: agencyKey.revision,
  created: agencyKey.created,
};
const keysById = statement(
  build
    .select(keyFields)
    .from(agencyKey)
    .where(and(sql`${agencyKey.id} = any(${placeholder('ids')}::uuid[])`, isNull(agencyKey.deleted))),
);
export type AgencyKey = Awaited<ReturnType<typeof keysById.run>>[number];
const keysOfAgencies = statement(
  build
    .select(keyFields)
    .from(agencyKey)
    .where(and(sql`${agencyKey.agency} = any(${placeholder('keys')}::uuid[])`, isNull(agencyKey.deleted)))
    .orderBy(desc(agencyKey.created), desc(agencyKey.id)),
);
const agenciesOfCommittee = list({
  name: 'partner agencies of committee',
  table: partnerAgency,
  fields: agencyFields,
  key: { owner: 'text' },
  tie: sql`${partnerAgency.owner} = key.owner`,
  orders: { NAME_ASC: { by: ['name'], descending: false } },
});

/** Partner agencies and their keys, for one fetch. */
export class AgencyStore {
  readonly #lists: ListReader;
  readonly agencies;
  readonly keys;
  readonly keysOfAgency;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.agencies = rowById(scope, agenciesById);
    this.keys = rowById(scope, keysById);
    this.keysOfAgency = rowsByKey(scope, keysOfAgencies, (row) => row.agency);
  }

  agenciesOf(owner: string, page: PageArguments): Connection<PartnerAgency> {
    return this.#lists.connection(agenciesOfCommittee, { owner }, { page, order: 'NAME_ASC' });
  }
}
