import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { aidEntry } from '../tables.ts';

const entryFields = {
  id: aidEntry.id,
  owner: aidEntry.owner,
  cooperation: aidEntry.cooperation,
  form: aidEntry.form,
  amount: aidEntry.amount,
  unit: aidEntry.unit,
  given: aidEntry.given,
  description: aidEntry.description,
  corrects: aidEntry.corrects,
  superseded: aidEntry.superseded,
  reason: aidEntry.reason,
  source: aidEntry.source,
};
export type AidEntry = Awaited<ReturnType<typeof entriesById.run>>[number];
const entriesById = statement(
  build
    .select(entryFields)
    .from(aidEntry)
    .where(
      and(
        sql`${aidEntry.id} = any(${sql.placeholder('ids')}::uuid[])`,
        isNull(aidEntry.deleted),
        stands(aidEntry.cooperation),
      ),
    ),
);
const entriesOfCooperations = statement(
  build
    .select(entryFields)
    .from(aidEntry)
    .where(and(sql`${aidEntry.cooperation} = any(${sql.placeholder('keys')}::uuid[])`, isNull(aidEntry.deleted)))
    .orderBy(asc(aidEntry.position), asc(aidEntry.created), asc(aidEntry.id)),
);

/** The aid ledger, for one fetch. */
export class AidStore {
  readonly entries;
  readonly entriesOfCooperation;
  constructor(scope: Scope) {
    this.entries = rowById(scope, entriesById);
    this.entriesOfCooperation = rowsByKey(scope, entriesOfCooperations, (row) => row.cooperation);
  }
}
