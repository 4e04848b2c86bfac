import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { adoption, outcome } from '../tables.ts';

const { placeholder } = sql;

const outcomeFields = {
  id: outcome.id,
  owner: outcome.owner,
  cooperation: outcome.cooperation,
  title: outcome.title,
  kind: outcome.kind,
  count: outcome.count,
  description: outcome.description,
  agreement: outcome.agreement,
  milestone: outcome.milestone,
  visibility: outcome.visibility,
  source: outcome.source,
  revision: outcome.revision,
  created: outcome.created,
  modified: outcome.modified,
};
export type Outcome = Awaited<ReturnType<typeof outcomesById.run>>[number];
const outcomesById = statement(
  build
    .select(outcomeFields)
    .from(outcome)
    .where(
      and(
        sql`${outcome.id} = any(${placeholder('ids')}::uuid[])`,
        isNull(outcome.deleted),
        stands(outcome.cooperation),
      ),
    ),
);
const outcomesOfCooperations = statement(
  build
    .select(outcomeFields)
    .from(outcome)
    .where(and(sql`${outcome.cooperation} = any(${placeholder('keys')}::uuid[])`, isNull(outcome.deleted)))
    .orderBy(asc(outcome.created), asc(outcome.id)),
);
export type Adoption = Awaited<ReturnType<typeof adoptionsOfOutcomes.run>>[number];
const adoptionsOfOutcomes = statement(
  build
    .select({
      id: adoption.id,
      outcome: adoption.outcome,
      owner: adoption.owner,
      body: adoption.body,
      bodyName: adoption.bodyName,
      status: adoption.status,
      reason: adoption.reason,
      decided: adoption.decided,
      document: adoption.document,
      superseded: adoption.superseded,
      created: adoption.created,
    })
    .from(adoption)
    .where(and(sql`${adoption.outcome} = any(${placeholder('keys')}::uuid[])`, isNull(adoption.deleted)))
    .orderBy(asc(adoption.created), asc(adoption.id)),
);

/** Outcomes and what became of them, for one fetch. */
export class OutcomeStore {
  readonly outcomes;
  readonly outcomesOfCooperation;
  readonly adoptionsOfOutcome;

  constructor(scope: Scope) {
    this.outcomes = rowById(scope, outcomesById);
    this.outcomesOfCooperation = rowsByKey(scope, outcomesOfCooperations, (row) => row.cooperation);
    this.adoptionsOfOutcome = rowsByKey(scope, adoptionsOfOutcomes, (row) => row.outcome);
  }
}
