import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { correctionsOf, type Entered, type EnteredRow, type FetchContext, invalidAt } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { decision } from '../agenda/tables.ts';
import { attendance, leave, signIn } from '../attendance/tables.ts';
import { consultation } from '../consultations/tables.ts';
import { dispatch, followUp, followUpEvaluation, followUpVisit, handlingReport } from '../followups/tables.ts';
import { outcome, reading } from '../outcomes/tables.ts';
import { planItemHeld } from '../plans/tables.ts';
import { consultations } from '../schema.ts';
import { adoption, suggestion } from '../suggestions/tables.ts';
import { correction } from './tables.ts';

/** How what was entered here is corrected and withdrawn. */
export const corrections = correctionsOf(correction, consultations);

/** @throws RuleBroken INVALID for what a member suggested, which is the member's own to withdraw */
export function assertRecorded(row: EnteredRow, path: string): void {
  if (row['author'] != null) throw invalidAt([path], 'ANOTHERS_OWN');
}

/** @throws RuleBroken INVALID for what a department reported */
export function assertOwnReading(row: EnteredRow): void {
  if (row['department'] != null) throw invalidAt(['reading'], 'ANOTHERS_OWN');
}

/** The decision whose place it took stands again. */
async function restoreDecision(row: EnteredRow, { scope }: FetchContext): Promise<void> {
  if (row['superseded'] === true) return;
  const earlier = sql`(select id from ${adoption} where ${and(
    eq(adoption.suggestion, String(row['suggestion'])),
    eq(adoption.owner, row.owner),
    eq(adoption.body, row['body'] as typeof adoption.$inferSelect.body),
    eq(adoption.bodyName, String(row['bodyName'])),
    eq(adoption.superseded, true),
    isNull(adoption.deleted),
  )} order by position desc limit 1)`;
  await scope.run(statement(build.update(adoption).set({ superseded: false }).where(sql`${adoption.id} = ${earlier}`)));
}

/** @throws RuleBroken STEP_NOT_ALLOWED for minutes that something followed */
async function assertNothingFollowed(row: EnteredRow): Promise<void> {
  const state = String(row['status']);
  if (state !== 'MINUTES_FILED')
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: row.id, details: { state, from: 'MINUTES_FILED' } });
}

/** A consultation that took place by mistake alone: who was there and what it carried out go with it. */
async function withdrawEntered(row: EnteredRow, { scope }: FetchContext): Promise<void> {
  if (row['entered'] == null) throw invalidAt(['record'], 'NOT_ENTERED');
  for (const table of [signIn, leave, attendance, planItemHeld])
    await scope.run(
      statement(
        build
          .update(table)
          .set({ deleted: sql`now()` })
          .where(and(eq(table.consultation, row.id), isNull(table.deleted))),
      ),
    );
}

/** What staff enter here. */
export const entered = {
  suggestion: {
    table: suggestion,
    recordType: 'Suggestion',
    tells: ['text', 'count'],
    withdrawn: async (row) => assertRecorded(row, 'record'),
  },
  outcome: {
    table: outcome,
    recordType: 'ConsultationOutcome',
    tells: ['kind', 'title', 'on', 'body', 'description', 'level', 'side', 'office'],
  },
  reading: {
    table: reading,
    recordType: 'FollowUpReading',
    tells: ['indicator', 'on', 'text', 'value', 'unit'],
  },
  adoption: {
    table: adoption,
    recordType: 'Adoption',
    tells: ['body', 'bodyName', 'status', 'reason', 'decided', 'document'],
    restores: restoreDecision,
  },
  decision: {
    table: decision,
    recordType: 'Decision',
    tells: ['kind', 'title', 'text', 'number', 'votesFor', 'votesAgainst', 'abstentions'],
  },
  dispatch: { table: dispatch, recordType: 'ResultDispatch', tells: ['to', 'form', 'title', 'documentNumber', 'sent'] },
  handlingReport: { table: handlingReport, recordType: 'HandlingReport', tells: ['from', 'text', 'received'] },
  visit: { table: followUpVisit, recordType: 'FollowUpVisit', tells: ['consultation', 'note'] },
  evaluation: {
    table: followUpEvaluation,
    recordType: 'FollowUpEvaluation',
    tells: ['body', 'bodyName', 'attitude', 'result', 'reason'],
  },
  minutes: {
    table: followUp,
    recordType: 'FollowUp',
    tells: ['minutes'],
    withdrawn: assertNothingFollowed,
  },
  consultation: {
    table: consultation,
    recordType: 'Consultation',
    tells: ['title', 'kind', 'held', 'place', 'topics', 'description'],
    withdrawn: withdrawEntered,
  },
} as const satisfies Readonly<Record<string, Entered>>;
