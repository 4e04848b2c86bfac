import { type Connection, type Filter, filterBy, ListReader, list, type PageArguments } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { sql } from 'drizzle-orm';
import { accessEntry, accessSubject } from './tables.ts';

const { placeholder } = sql;

const accessFields = {
  id: accessEntry.id,
  number: accessEntry.number,
  owner: accessEntry.owner,
  subjects: accessEntry.subjects,
  agency: accessEntry.agency,
  agreement: accessEntry.agreement,
  version: accessEntry.version,
  outcome: accessEntry.outcome,
  reason: accessEntry.reason,
  operation: accessEntry.operation,
  fields: accessEntry.fields,
  filters: accessEntry.filters,
  rows: accessEntry.rows,
  at: accessEntry.at,
  address: accessEntry.address,
  milliseconds: accessEntry.milliseconds,
  times: accessEntry.times,
  since: accessEntry.since,
  until: accessEntry.until,
  hash: accessEntry.hash,
};

const listed = {
  table: accessEntry,
  fields: accessFields,
  orders: { NUMBER_DESC: { by: ['number'], descending: true } },
} as const;
const accessesOfCommittee = list({
  ...listed,
  name: 'accesses of committee',
  key: { owner: 'text' },
  tie: sql`${accessEntry.owner} = key.owner`,
});
const accessesOfAgreement = list({
  ...listed,
  name: 'accesses of agreement',
  key: { agreement: 'uuid' },
  tie: sql`${accessEntry.agreement} = key.agreement`,
});
const accessesOfMember = list({
  ...listed,
  name: 'accesses of member',
  key: { member: 'uuid' },
  tie: sql`${accessEntry.number} in (select ${accessSubject.number} from ${accessSubject} where ${accessSubject.member} = key.member)`,
  sorts: true,
});
const conditions = {
  agency: sql`${accessEntry.agency} = ${placeholder('agency')}::uuid`,
  outcome: sql`${accessEntry.outcome} = ${placeholder('outcome')}`,
  from: sql`${accessEntry.at} >= ${placeholder('from')}::timestamptz`,
  until: sql`${accessEntry.at} < ${placeholder('until')}::timestamptz`,
};

export interface AccessFilter {
  readonly agency?: string | null;
  readonly outcome?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}
const filterOf = (given: AccessFilter | null | undefined): Filter => filterBy(conditions, { ...given });

export type AccessEntry = {
  readonly owner: string;
  readonly subjects: readonly string[];
  readonly agency: string;
  readonly agreement: string | null;
  readonly filters: string | null;
  readonly address: string;
};

/** The access log, for one fetch. */
export class AccessStore {
  readonly #lists: ListReader;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
  }

  ofCommittee(owner: string, filter: AccessFilter | null | undefined, page: PageArguments): Connection<AccessEntry> {
    return this.#lists.connection(
      accessesOfCommittee,
      { owner },
      { page, order: 'NUMBER_DESC', filter: filterOf(filter) },
    );
  }

  ofAgreement(
    agreement: string,
    filter: AccessFilter | null | undefined,
    page: PageArguments,
  ): Connection<AccessEntry> {
    return this.#lists.connection(
      accessesOfAgreement,
      { agreement },
      { page, order: 'NUMBER_DESC', filter: filterOf(filter) },
    );
  }

  /** Reads in which a member was told of. */
  aboutMember(member: string, page: PageArguments): Connection<AccessEntry> {
    return this.#lists.connection(accessesOfMember, { member }, { page, order: 'NUMBER_DESC' });
  }
}

const append = statement(
  build
    .select({
      refusal: sql<string | null>`refusal`,
      retryAfter: sql<number | null>`retry_after`,
      number: sql<number>`number`.mapWith(Number),
      hash: sql<string>`hash`,
      logged: sql<boolean>`logged`,
    })
    .from(sql`cooperation.append_accesses(${placeholder('given')}::text::jsonb)`)
    .orderBy(sql`ordinal`),
);
const sign = statement(
  build
    .select({
      done: sql<string>`cooperation.sign_accesses(${placeholder('number')}::bigint, ${placeholder('signature')})`,
    })
    .from(sql`(values (1)) as once`),
);
const chain = statement(
  build
    .select({
      first: sql<number>`first`.mapWith(Number),
      number: sql<number>`number`.mapWith(Number),
      hash: sql<string | null>`hash`,
      hashAt: sql<string | null>`hash_at`,
      checkpoints: sql<number>`checkpoints`,
      keys: sql<readonly object[]>`keys`,
      restoration: sql<object | null>`restoration`,
    })
    .from(sql`cooperation.access_chain(${placeholder('number')}::bigint)`),
);
const old = statement(
  build
    .select({
      old: sql<object | null>`cooperation.old_accesses(${placeholder('days')}::int, ${placeholder('most')}::int)`,
    })
    .from(sql`(values (1)) as once`),
);
const addKey = statement(
  build
    .select({ added: sql<boolean>`cooperation.add_access_key(${placeholder('key')}::text::jsonb)` })
    .from(sql`(values (1)) as once`),
);

/** Lengthens the chain by a group of entries, and says of each whether it may be told. */
export async function recordAccesses(scope: Scope, given: { entries: readonly object[]; signature: string }) {
  const rows = await scope.run(append, { given: JSON.stringify(given) });
  const last = rows.at(-1);
  return {
    verdicts: rows.map(({ refusal, retryAfter }) => ({ refusal, retryAfter })),
    number: last?.number ?? 0,
    hash: last?.hash ?? '',
    logged: rows.some(({ logged }) => logged),
  };
}

/** Keeps the signature of the chain up to an entry. */
export async function signAccesses(scope: Scope, signed: { number: number; signature: string }): Promise<number> {
  await scope.run(sign, signed);
  return signed.number;
}

/** The end of the chain and the keys that signed it, and the hash of an entry. */
export async function readAccessChain(scope: Scope, asked: { number: number }) {
  const [row] = await scope.run(chain, asked);
  return row;
}

/** The oldest groups that had their time, with the signature of their end. */
export async function readOldAccesses(
  scope: Scope,
  asked: { days: number; most: number },
): Promise<object | null | undefined> {
  const [row] = await scope.run(old, asked);
  return row?.old;
}

/** Has a key sign the chain from here on; false where somebody was faster. */
export async function addAccessKey(scope: Scope, key: object): Promise<boolean> {
  const [row] = await scope.run(addKey, { key: JSON.stringify(key) });
  return row?.added ?? false;
}
