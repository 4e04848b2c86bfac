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
import { coHostedFromOutside, ofOutside } from '../consultations/range.ts';
import { consultation } from '../consultations/tables.ts';
import { InstructionCounter } from './instructions.ts';
import { outcome, outcomeSuggestion, reading } from './tables.ts';

const { placeholder } = sql;

const readingFields = {
  id: reading.id,
  consultation: reading.consultation,
  suggestion: reading.suggestion,
  department: reading.department,
  indicator: reading.indicator,
  on: reading.on,
  text: reading.text,
  value: reading.value,
  unit: reading.unit,
  visibility: reading.visibility,
  source: reading.source,
  created: reading.created,
};
export type Reading = Awaited<ReturnType<typeof readingsById.run>>[number];
const readingsById = statement(
  build
    .select(readingFields)
    .from(reading)
    .where(and(sql`${reading.id} = any(${placeholder('ids')}::uuid[])`, isNull(reading.deleted))),
);
const readingsOfConsultations = statement(
  build
    .select(readingFields)
    .from(reading)
    .where(and(sql`${reading.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(reading.deleted)))
    .orderBy(asc(reading.position), asc(reading.created), asc(reading.id)),
);
const readingsOfSuggestions = statement(
  build
    .select(readingFields)
    .from(reading)
    .where(and(sql`${reading.suggestion} = any(${placeholder('keys')}::uuid[])`, isNull(reading.deleted)))
    .orderBy(asc(reading.position), asc(reading.created), asc(reading.id)),
);

const outcomeFields = {
  id: outcome.id,
  consultation: outcome.consultation,
  kind: outcome.kind,
  title: outcome.title,
  on: outcome.on,
  body: outcome.body,
  description: outcome.description,
  level: outcome.level,
  side: outcome.side,
  office: outcome.office,
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
    .orderBy(asc(outcome.position), asc(outcome.created), asc(outcome.id)),
);

const outcomesOfSuggestions = statement(
  build
    .select({ ...outcomeFields, suggestion: outcomeSuggestion.suggestion })
    .from(outcomeSuggestion)
    .innerJoin(outcome, eq(outcome.id, outcomeSuggestion.outcome))
    .where(
      and(
        sql`${outcomeSuggestion.suggestion} = any(${placeholder('keys')}::uuid[])`,
        isNull(outcomeSuggestion.deleted),
        isNull(outcome.deleted),
      ),
    )
    .orderBy(asc(outcome.created), asc(outcome.id)),
);
const suggestionsOfOutcomes = statement(
  build
    .select({ outcome: outcomeSuggestion.outcome, suggestion: outcomeSuggestion.suggestion })
    .from(outcomeSuggestion)
    .where(
      and(sql`${outcomeSuggestion.outcome} = any(${placeholder('keys')}::uuid[])`, isNull(outcomeSuggestion.deleted)),
    )
    .orderBy(asc(outcomeSuggestion.position), asc(outcomeSuggestion.id)),
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
  also: sql`${outcome.consultation} = any(${coHostedFromOutside}) and ${ofOutside}`,
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
  readonly outcomesOfSuggestion;
  readonly suggestionsOfOutcome;
  readonly readings;
  readonly readingsOfConsultation;
  readonly readingsOfSuggestion;
  readonly instructions;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.outcomes = rowById(scope, outcomesById);
    this.outcomesOfConsultation = rowsByKey(scope, outcomesOfConsultations, (row) => row.consultation);
    this.outcomesOfSuggestion = rowsByKey(scope, outcomesOfSuggestions, (row) => row.suggestion);
    this.suggestionsOfOutcome = rowsByKey(scope, suggestionsOfOutcomes, (row) => row.outcome);
    this.readings = rowById(scope, readingsById);
    this.readingsOfConsultation = rowsByKey(scope, readingsOfConsultations, (row) => row.consultation);
    this.readingsOfSuggestion = rowsByKey(scope, readingsOfSuggestions, (row) => row.suggestion ?? '');
    this.instructions = new InstructionCounter(scope);
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
