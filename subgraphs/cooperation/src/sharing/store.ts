import {
  type Connection,
  type Filter,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { today } from '@hub/working-days';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { sharingAgreement, sharingTerms } from './tables.ts';

const { placeholder } = sql;

const agreementFields = {
  id: sharingAgreement.id,
  owner: sharingAgreement.owner,
  agency: sharingAgreement.agency,
  status: sharingAgreement.status,
  since: sharingAgreement.since,
  requested: sharingAgreement.requested,
  version: sharingAgreement.version,
  validUntil: sharingAgreement.validUntil,
  reason: sharingAgreement.reason,
  revision: sharingAgreement.revision,
  created: sharingAgreement.created,
  modified: sharingAgreement.modified,
};
const agreementsById = statement(
  build
    .select(agreementFields)
    .from(sharingAgreement)
    .where(and(sql`${sharingAgreement.id} = any(${placeholder('ids')}::uuid[])`, isNull(sharingAgreement.deleted))),
);
export type SharingAgreement = Awaited<ReturnType<typeof agreementsById.run>>[number];

const versionsOfAgreements = statement(
  build
    .select({
      id: sharingTerms.id,
      agreement: sharingTerms.agreement,
      version: sharingTerms.version,
      status: sharingTerms.status,
      datasets: sharingTerms.datasets,
      regions: sharingTerms.regions,
      purpose: sharingTerms.purpose,
      legalBasis: sharingTerms.legalBasis,
      validFrom: sharingTerms.validFrom,
      validUntil: sharingTerms.validUntil,
      rowsPerDay: sharingTerms.rowsPerDay,
      requestsPerMinute: sharingTerms.requestsPerMinute,
    })
    .from(sharingTerms)
    .where(and(sql`${sharingTerms.agreement} = any(${placeholder('keys')}::uuid[])`, isNull(sharingTerms.deleted)))
    .orderBy(desc(sharingTerms.version)),
);
export type SharingTerms = Awaited<ReturnType<typeof versionsOfAgreements.run>>[number];

/** 已到期 isn't written anywhere: it comes with the day. */
export const statusOf = ({ status, validUntil }: Pick<SharingAgreement, 'status' | 'validUntil'>) =>
  status === 'IN_FORCE' && validUntil !== null && validUntil < today() ? 'EXPIRED' : status;
const statusNow = sql`case when ${sharingAgreement.status} = 'IN_FORCE' and ${sharingAgreement.validUntil} < (now() at time zone 'Asia/Shanghai')::date then 'EXPIRED' else ${sharingAgreement.status} end`;

const conditions = {
  statuses: sql`${statusNow} = any(${placeholder('statuses')}::text[])`,
  agency: sql`${sharingAgreement.agency} = ${placeholder('agency')}::uuid`,
};
const listed = {
  table: sharingAgreement,
  fields: agreementFields,
  orders: { CREATED_DESC: { by: ['created'], descending: true } },
} as const;
const agreementsOfCommittee = list({
  ...listed,
  name: 'sharing agreements of committee',
  key: { owner: 'text' },
  tie: sql`${sharingAgreement.owner} = key.owner`,
});
const agreementsOfAgency = list({
  ...listed,
  name: 'sharing agreements of agency',
  key: { agency: 'uuid' },
  tie: sql`${sharingAgreement.agency} = key.agency`,
});

export interface SharingAgreementFilter {
  readonly statuses?: readonly string[] | null;
  readonly agency?: string | null;
}
const filterOf = (given: SharingAgreementFilter | null | undefined): Filter => filterBy(conditions, { ...given });

/** Agreements by which committees share with agencies, for one fetch. */
export class SharingStore {
  readonly #lists: ListReader;
  readonly agreements;
  readonly versionsOfAgreement;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.agreements = rowById(scope, agreementsById);
    this.versionsOfAgreement = rowsByKey(scope, versionsOfAgreements, (row) => row.agreement);
  }

  agreementsOf(
    owner: string,
    filter: SharingAgreementFilter | null | undefined,
    page: PageArguments,
  ): Connection<SharingAgreement> {
    return this.#lists.connection(
      agreementsOfCommittee,
      { owner },
      { page, order: 'CREATED_DESC', filter: filterOf(filter) },
    );
  }

  agreementsOfAgency(agency: string, page: PageArguments): Connection<SharingAgreement> {
    return this.#lists.connection(agreementsOfAgency, { agency }, { page, order: 'CREATED_DESC' });
  }
}
