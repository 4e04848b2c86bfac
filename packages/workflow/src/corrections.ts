import { rowsByKey } from '@hub/connections';
import { build, oneOf, type recordSchema, recordTable, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { and, desc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, type AnyPgTable, index, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import type { EvidenceList } from './events.ts';
import { assertRevision } from './machine.ts';
import type { FetchContext, MutationInput } from './mutation.ts';

/**
 * 更正与撤回: what stood in a record before its owner corrected or withdrew it. For the owner's staff alone: what was
 * published by mistake is published no more, and a correction that showed it would undo itself.
 */
export function correctionTable(schema: ReturnType<typeof recordSchema>) {
  return recordTable(
    schema,
    'correction',
    {
      record: uuid('record').notNull(),
      recordType: text('record_type').notNull(),
      step: text('step').notNull(),
      reason: text('reason'),
      former: jsonb('former').$type<EvidenceList>().notNull(),
    },
    (t) => [
      oneOf('correction_step', t.step, ['CORRECTED', 'WITHDRAWN']),
      index('correction_record').on(t.record, t.created, t.id),
      index('correction_owner').on(t.owner, t.created, t.id),
    ],
  );
}
type CorrectionTable = ReturnType<typeof correctionTable>;

type EnteredTable = AnyPgTable & Record<'id' | 'owner' | 'revision' | 'deleted', AnyPgColumn>;

/** A record that was entered, as far as correcting needs it; its other columns by name. */
export type EnteredRow = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly owner: string;
  readonly revision: number;
};

/** A kind of record that staff enter, and may correct or withdraw. */
export interface Entered {
  readonly table: EnteredTable;
  /** Its type in the graph. */
  readonly recordType: string;
  /** The columns that tell what was entered: what of them was replaced is kept. */
  readonly tells: readonly string[];
  /** Breaks a rule where this one isn't the office's to withdraw; withdraws what goes with it. */
  readonly withdrawn?: (row: EnteredRow, context: FetchContext) => Promise<void>;
  /** Once it is withdrawn: what had given way to it stands again. */
  readonly restores?: (row: EnteredRow, context: FetchContext) => Promise<void>;
}

export interface WithdrawInput extends MutationInput {
  readonly record: string;
  readonly reason: string;
}

const { placeholder } = sql;
const staffSentence = { who: '登记该内容的政协机关经办人员' };
const mostListed = 100;

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const replacedBy = ({ tells }: Entered, row: EnteredRow, set: Readonly<Record<string, unknown>>) =>
  tells.filter((name) => name in set && shown(set[name] ?? null) !== shown(row[name] ?? null));
const formerOf = (row: EnteredRow, columns: readonly string[]): EvidenceList =>
  columns.flatMap((name) => (row[name] == null ? [] : [{ name, value: shown(row[name]) }]));

/** The one way in which what was entered is corrected or withdrawn: by its owner's staff, with what stood there kept. */
export function correctionsOf(
  corrections: CorrectionTable,
  schema: { readonly duty: ReturnType<typeof recordSchema>['duty'] },
) {
  const fields = {
    id: corrections.id,
    record: corrections.record,
    recordType: corrections.recordType,
    step: corrections.step,
    reason: corrections.reason,
    former: corrections.former,
    at: corrections.created,
    owner: corrections.owner,
  };
  const stands = isNull(corrections.deleted);
  const order = [desc(corrections.created), desc(corrections.id)];
  const byIds = statement(
    build
      .select(fields)
      .from(corrections)
      .where(and(sql`${corrections.id} = any(${placeholder('ids')}::uuid[])`, stands)),
  );
  const ofRecords = statement(
    build
      .select(fields)
      .from(corrections)
      .where(and(sql`${corrections.record} = any(${placeholder('keys')}::uuid[])`, stands))
      .orderBy(...order),
  );
  const ofCommittees = statement(
    build
      .select(fields)
      .from(corrections)
      .where(and(sql`${corrections.owner} = any(${placeholder('keys')}::text[])`, stands))
      .orderBy(...order),
  );
  const keep = async (
    { scope }: FetchContext,
    { recordType }: Entered,
    row: EnteredRow,
    step: 'CORRECTED' | 'WITHDRAWN',
    former: EvidenceList,
    reason: string | null,
  ) => {
    const id = crypto.randomUUID();
    // What named people alone read is theirs still.
    const isPrivate = row['visibility'] === 'PRIVATE';
    const kept = {
      id,
      owner: row.owner,
      ownerAsFiled: row.owner,
      visibility: isPrivate ? ('PRIVATE' as const) : ('INTERNAL' as const),
      subjects: isPrivate ? [...(row['subjects'] as readonly string[])] : [],
    };
    await scope.run(
      statement(build.insert(corrections).values({ ...kept, record: row.id, recordType, step, reason, former })),
    );
    return id;
  };
  const assertCharged = ({ actor }: FetchContext): string => {
    if (actor.kind !== 'STAFF' || !actor.duties.includes(schema.duty)) throw new HubError('FORBIDDEN');
    return actor.committee;
  };
  const write = async ({ scope }: FetchContext, { table }: Entered, row: EnteredRow, set: object) => {
    const [written] = await scope.run(
      statement(
        build
          .update(table as AnyPgTable)
          .set(set as never)
          .where(and(eq(table.id, row.id), eq(table.revision, row.revision)) as SQL)
          .returning({ revision: table.revision }),
      ),
    );
    if (!written) throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
  };
  /** @throws HubError FORBIDDEN, RuleBroken NOT_FOUND, NOT_YOURS or CONFLICT */
  const own = async (
    context: FetchContext,
    { table }: Entered,
    id: string,
    path: string,
    expected: unknown,
  ): Promise<EnteredRow> => {
    const committee = assertCharged(context);
    const [row] = isId(id)
      ? await context.scope.run(
          statement(
            build
              .select(getTableColumns(table as AnyPgTable))
              .from(table as AnyPgTable)
              .where(and(eq(table.id, id), isNull(table.deleted))),
          ),
        )
      : [];
    if (!row) throw new RuleBroken('NOT_FOUND', { path: [path] });
    const found = row as EnteredRow;
    if (found.owner !== committee) throw new RuleBroken('NOT_YOURS', { details: staffSentence });
    assertRevision(found, expected);
    return found;
  };

  return {
    /**
     * Corrects a record.
     * @param path the input's field that holds its id
     * @param changes the columns as they are to be, computed from the record; what isn't named stays
     */
    async correct<Input extends MutationInput & object>(
      context: FetchContext,
      kind: Entered,
      path: keyof Input & string,
      input: Input,
      changes: (row: EnteredRow) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
    ): Promise<{ id: string; row: EnteredRow }> {
      const given = input as Readonly<Record<string, unknown>>;
      const row = await own(context, kind, String(given[path]), path, input.expectedRevision);
      const set = await changes(row);
      const replaced = replacedBy(kind, row, set);
      if (replaced.length === 0) return { id: row.id, row };
      await write(context, kind, row, set);
      const reason = given['reason'];
      await keep(context, kind, row, 'CORRECTED', formerOf(row, replaced), typeof reason === 'string' ? reason : null);
      return { id: row.id, row };
    },
    /** Keeps what a step replaces of a record. @returns the names of the columns that it replaces */
    async keepReplaced(
      context: FetchContext,
      kind: Entered,
      row: EnteredRow,
      set: Readonly<Record<string, unknown>>,
    ): Promise<readonly string[]> {
      const replaced = replacedBy(kind, row, set);
      if (replaced.length > 0) await keep(context, kind, row, 'CORRECTED', formerOf(row, replaced), null);
      return replaced;
    },
    /** Withdraws a record of any of these kinds, named by its id. @returns the id of what is kept of it */
    async withdraw(context: FetchContext, kinds: readonly Entered[], input: WithdrawInput): Promise<{ id: string }> {
      assertCharged(context);
      if (input.reason === '') throw new RuleBroken('REQUIRED', { path: ['reason'], details: { field: 'reason' } });
      for (const kind of isId(input.record) ? kinds : []) {
        const row = await own(context, kind, input.record, 'record', input.expectedRevision).catch((error: unknown) => {
          if (error instanceof RuleBroken && error.code === 'NOT_FOUND') return null;
          throw error;
        });
        if (!row) continue;
        await kind.withdrawn?.(row, context);
        await write(context, kind, row, { deleted: sql`now()` });
        await kind.restores?.(row, context);
        return { id: await keep(context, kind, row, 'WITHDRAWN', formerOf(row, kind.tells), input.reason) };
      }
      throw new RuleBroken('NOT_FOUND', { path: ['record'] });
    },
    /** A correction, or withdrawal, by its id. */
    byId: async (id: string, { scope }: FetchContext) => (await scope.run(byIds, { ids: [id] }))[0] ?? null,
    /** The latest of a committee, for its staff. */
    ofCommittee: async (owner: string, context: FetchContext) => {
      const known = context.once(ofCommittees, () => rowsByKey(context.scope, ofCommittees, (row) => row.owner));
      return (await known.load(owner)).slice(0, mostListed);
    },
    /** The field that tells of a record's. A list of records costs a statement. */
    fields: {
      corrections: ({ id }: { readonly id: string }, _: unknown, context: FetchContext) =>
        context.once(ofRecords, () => rowsByKey(context.scope, ofRecords, ({ record }) => record)).load(id),
    },
  };
}
