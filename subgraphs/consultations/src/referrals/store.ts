import { type Connection, filterBy, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { referral, referralHandling } from './tables.ts';

const { placeholder } = sql;

const referralFields = {
  id: referral.id,
  owner: referral.owner,
  committee: referral.committee,
  direction: referral.direction,
  title: referral.title,
  text: referral.text,
  note: referral.note,
  sent: referral.sent,
  due: referral.due,
  hop: referral.hop,
  path: referral.path,
  previous: referral.previous,
  recalled: referral.recalled,
  recallReason: referral.recallReason,
  problem: referral.problem,
  submission: referral.submission,
  visibility: referral.visibility,
  parties: referral.parties,
  revision: referral.revision,
  created: referral.created,
  modified: referral.modified,
};
type ReferralRow = Awaited<ReturnType<typeof referralsById.run>>[number];
/** A letter with the state of its receiver's handling, where it is known. */
export type Referral = ReferralRow & { readonly handling: string | null };
const referralsById = statement(
  build
    .select(referralFields)
    .from(referral)
    .where(and(sql`${referral.id} = any(${placeholder('ids')}::uuid[])`, isNull(referral.deleted))),
);
const handlingFields = {
  id: referralHandling.id,
  owner: referralHandling.owner,
  referral: referralHandling.referral,
  status: referralHandling.status,
  since: referralHandling.since,
  due: referralHandling.due,
  reason: referralHandling.reason,
  result: referralHandling.result,
  answered: referralHandling.answered,
  visibility: referralHandling.visibility,
  revision: referralHandling.revision,
  created: referralHandling.created,
  modified: referralHandling.modified,
};
export type Handling = Awaited<ReturnType<typeof handlingsById.run>>[number];
const handlingsById = statement(
  build
    .select(handlingFields)
    .from(referralHandling)
    .where(and(sql`${referralHandling.id} = any(${placeholder('ids')}::uuid[])`, isNull(referralHandling.deleted))),
);
const handlingsOfReferrals = statement(
  build
    .select(handlingFields)
    .from(referralHandling)
    .where(
      and(sql`${referralHandling.referral} = any(${placeholder('keys')}::uuid[])`, isNull(referralHandling.deleted)),
    ),
);

const chainsOf = (matter: AnyPgColumn) =>
  statement(
    build
      .select({ ...referralFields, handling: referralHandling.status })
      .from(referral)
      .leftJoin(referralHandling, and(eq(referralHandling.referral, referral.id), isNull(referralHandling.deleted)))
      .where(and(sql`${matter} = any(${placeholder('keys')}::uuid[])`, isNull(referral.deleted)))
      .orderBy(asc(referral.created), asc(referral.hop), asc(referral.id)),
  );
/** The letters by which a problem, or a submission, was sent from committee to committee. */
export const chains = { problem: chainsOf(referral.problem), submission: chainsOf(referral.submission) };
export type Matter = keyof typeof chains;

/** What a letter is about, and under which id. */
export const matterOf = ({ problem, submission }: Pick<ReferralRow, Matter>): readonly [Matter, string] =>
  problem === null ? ['submission', submission ?? ''] : ['problem', problem];

const conditions = {
  box: sql`case ${placeholder('box')}::text when 'SENT' then ${referral.owner} else ${referral.committee} end = key.committee`,
  waiting: sql`(${referral.recalled} is null and not exists (select 1 from ${referralHandling} where ${referralHandling.referral} = ${referral.id} and ${referralHandling.deleted} is null)) = ${placeholder('waiting')}::boolean`,
};
const listed = {
  table: referral,
  fields: referralFields,
  key: { committee: 'text' },
  sorts: true,
  orders: { CREATED_DESC: { by: ['created'], descending: true } },
} as const;
const referralsOf = list({
  ...listed,
  name: 'referrals of a committee',
  // A letter has one sender and one receiver, which differ.
  tie: sql`${referral.committee} = key.committee`,
  also: sql`(${referral.owner} = key.committee and ${referral.committee} <> key.committee)`,
});

export interface ReferralsRequest extends PageArguments {
  readonly filter?: { readonly box?: string | null; readonly waiting?: boolean | null } | null;
}

/** Matters that were sent from committee to committee, for one fetch. */
export class ReferralStore {
  readonly #lists: ListReader;
  readonly referrals;
  readonly chainOfProblem;
  readonly chainOfSubmission;
  readonly handlings;
  readonly handlingsOfReferral;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.referrals = rowById(scope, referralsById);
    this.chainOfProblem = rowsByKey(scope, chains.problem, (row) => row.problem ?? '');
    this.chainOfSubmission = rowsByKey(scope, chains.submission, (row) => row.submission ?? '');
    this.handlings = rowById(scope, handlingsById);
    this.handlingsOfReferral = rowsByKey(scope, handlingsOfReferrals, (row) => row.referral);
  }

  /** All letters about what a letter is about, as far as they may be seen. */
  chainOf(of: Pick<ReferralRow, Matter>): Promise<Referral[]> {
    const [matter, id] = matterOf(of);
    return (matter === 'problem' ? this.chainOfProblem : this.chainOfSubmission).load(id);
  }

  ofCommittee(committee: string, { filter, ...page }: ReferralsRequest): Connection<ReferralRow> {
    return this.#lists.connection(
      referralsOf,
      { committee },
      { page, order: 'CREATED_DESC', filter: filterBy(conditions, { ...filter }) },
    );
  }
}
