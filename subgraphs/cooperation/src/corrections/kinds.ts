import { build, statement } from '@hub/database';
import { correctionsOf, type Entered, type EnteredRow, type FetchContext } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { aidEntry } from '../aid/tables.ts';
import { milestone } from '../milestones/tables.ts';
import { adoption, outcome } from '../outcomes/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { visit } from '../visits/tables.ts';
import { correction } from './tables.ts';

/** How what was entered of cooperations is corrected and withdrawn. */
export const corrections = correctionsOf(correction, cooperationSchema);

/** The entry that it took the place of stands again. */
async function restoreAid(row: EnteredRow, { scope }: FetchContext): Promise<void> {
  if (row['corrects'] == null) return;
  await scope.run(
    statement(
      build
        .update(aidEntry)
        .set({ superseded: false })
        .where(eq(aidEntry.id, String(row['corrects']))),
    ),
  );
}

/** The decision whose place it took stands again. */
async function restoreDecision(row: EnteredRow, { scope }: FetchContext): Promise<void> {
  if (row['superseded'] === true) return;
  const earlier = sql`(select id from ${adoption} where ${and(
    eq(adoption.outcome, String(row['outcome'])),
    eq(adoption.owner, row.owner),
    eq(adoption.body, row['body'] as typeof adoption.$inferSelect.body),
    eq(adoption.bodyName, String(row['bodyName'])),
    eq(adoption.superseded, true),
    isNull(adoption.deleted),
  )} order by created desc, id desc limit 1)`;
  await scope.run(statement(build.update(adoption).set({ superseded: false }).where(sql`${adoption.id} = ${earlier}`)));
}

/** What staff of a partner enter. */
export const entered = {
  milestone: {
    table: milestone,
    recordType: 'Milestone',
    tells: ['title', 'stage', 'date', 'plannedFor', 'description'],
  },
  visit: {
    table: visit,
    recordType: 'Visit',
    tells: ['title', 'hostNames', 'place', 'held', 'delegation', 'size'],
  },
  aid: {
    table: aidEntry,
    recordType: 'AidEntry',
    tells: ['form', 'amount', 'unit', 'given', 'description'],
    restores: restoreAid,
  },
  outcome: { table: outcome, recordType: 'CooperationOutcome', tells: ['title', 'kind', 'count', 'description'] },
  adoption: {
    table: adoption,
    recordType: 'CooperationAdoption',
    tells: ['body', 'bodyName', 'status', 'reason', 'decided', 'document'],
    restores: restoreDecision,
  },
} as const satisfies Readonly<Record<string, Entered>>;
