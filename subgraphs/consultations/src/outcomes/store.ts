import {
  type CodeRange,
  type Connection,
  filterBy,
  ListReader,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { coHostedFromOutside } from '../consultations/range.ts';
import { consultation, outcome, reading } from '../tables.ts';

const { placeholder } = sql;

const readingsOfConsultations = statement(
  build
    .select({
      consultation: reading.consultation,
      on: reading.on,
      text: reading.text,
      value: reading.value,
      unit: reading.unit,
    })
    .from(reading)
    .where(and(sql`${reading.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(reading.deleted)))
    .orderBy(asc(reading.position), asc(reading.id)),
);

const outcomeFields = {
  id: outcome.id,
  consultation: outcome.consultation,
  kind: outcome.kind,
  title: outcome.title,
  on: outcome.on,
  body: outcome.body,
  description: outcome.description,
  visibility: outcome.visibility,
  source: outcome.source,
  revision: outcome.revision,
  created: outcome.created,
  modified: outcome.modified,
};
/** An outcome goes with its consultation when that is withdrawn. */
const ofOneThatStands = sql`exists (select 1 from ${consultation} where ${and(eq(consultation.id, outcome.consultation), isNull(consultation.deleted))})`;

export type Outcome = Awaited<ReturnType<typeof outcomesById.run>>[number];
const outcomesById = statement(
  build
    .select(outcomeFields)
    .from(outcome)
    .where(and(sql`${outcome.id} = any(${placeholder('ids')}::uuid[])`, isNull(outcome.deleted), ofOneThatStands)),
);
const outcomesOfConsultations = statement(
  build
    .select(outcomeFields)
    .from(outcome)
    .where(and(sql`${outcome.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(outcome.deleted)))
    .orderBy(asc(outcome.position), asc(outcome.id)),
);

const orders = {
  MODIFIED_DESC: { by: ['modified'], descending: true },
  MODIFIED_ASC: { by: ['modified'], descending: false },
} as const;
const outcomesIn = rangedList({
  name: 'outcomes',
  table: outcome,
  fields: outcomeFields,
  owner: outcome.owner,
  also: sql`${outcome.consultation} = any(${coHostedFromOutside})`,
  where: ofOneThatStands,
  orders,
});
const conditions = { kinds: sql`${outcome.kind} = any(${placeholder('kinds')}::text[])` };

export interface OutcomesRequest extends PageArguments {
  readonly filter?: { readonly kinds?: readonly string[] | null } | null;
  readonly orderBy: keyof typeof orders;
}

/** What came of consultations, for one fetch. */
export class OutcomeStore {
  readonly #lists: ListReader;
  readonly outcomes;
  readonly outcomesOfConsultation;
  readonly readingsOfConsultation;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.outcomes = rowById(scope, outcomesById);
    this.outcomesOfConsultation = rowsByKey(scope, outcomesOfConsultations, (row) => row.consultation);
    this.readingsOfConsultation = rowsByKey(scope, readingsOfConsultations, (row) => row.consultation);
  }

  /** Outcomes of consultations that the committees of a range host. */
  inRange(range: CodeRange, { filter, orderBy, ...page }: OutcomesRequest): Connection<Outcome> {
    return this.#lists.connection(
      outcomesIn(range),
      { ...range },
      { page, order: orderBy, filter: filterBy(conditions, { ...filter }) },
    );
  }
}
