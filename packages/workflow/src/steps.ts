import type { Visibility } from '@hub/access';
import { rowsByKey } from '@hub/connections';
import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { today } from '@hub/working-days';
import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, type AnyPgTable, date, text } from 'drizzle-orm/pg-core';
import { type Days, dueOf } from './deadline.ts';
import { type EventTable, eventLog, type Moved, stepEvent } from './events.ts';
import { assertStart, assertStep, type Machine, type Step, type Stepping, stepOf, stepsOpenTo } from './machine.ts';
import type { FetchContext, MutationInput } from './mutation.ts';

/** Columns of a table whose records go through a machine: where one is, and since which day. */
export function statusColumns<State extends string>() {
  return { status: text('status').$type<State>().notNull(), since: date('since', { mode: 'string' }) };
}

type SteppedTable = AnyPgTable &
  Record<
    'id' | 'owner' | 'visibility' | 'parties' | 'subjects' | 'revision' | 'deleted' | 'status' | 'since',
    AnyPgColumn
  >;

/** A record that is there, as far as steps need it; its other columns by name. */
export type SteppedRow = Stepping &
  Moved & { readonly since: string | null; readonly visibility: Visibility } & Readonly<Record<string, unknown>>;

/** What the deadlines of a committee's records are counted by. */
interface DeadlineSettings {
  of(context: FetchContext, owner: string): Promise<Readonly<Record<string, unknown>>>;
}
/** Where no deadline is a committee's to set. */
const noSettings: DeadlineSettings = { of: async () => ({}) };

/** A step that may be taken now. */
interface PendingStep {
  readonly step: string;
  readonly label: string;
  readonly due: string | null;
  readonly dueProvisional: boolean;
}

const { placeholder } = sql;

/**
 * The one way in which records of a table are made and moved: checked against the machine, written if nobody else wrote in
 * between, and kept as an event, all in the mutation's transaction.
 */
export function stepsOf(
  table: SteppedTable,
  machine: Machine,
  events: EventTable,
  settings: DeadlineSettings = noSettings,
) {
  const log = eventLog(events, machine);
  const told = stepEvent(machine);
  const hasDeadlines = Object.values(machine.steps).some(({ deadline }) => deadline);
  const columns = getTableColumns(table) as Record<string, AnyPgColumn>;
  const rowsById = statement(
    build
      .select(columns)
      .from(table as AnyPgTable)
      .where(and(sql`${table.id} = any(${placeholder('ids')}::uuid[])`, isNull(table.deleted))),
  );
  const pending = async (context: FetchContext, row: Stepping & Days): Promise<PendingStep[]> => {
    const open = stepsOpenTo(machine, context.actor, row);
    if (open.length === 0) return [];
    const local = hasDeadlines ? await settings.of(context, row.owner) : {};
    return open.map(({ name, step }: { name: string; step: Step<string> }) => {
      const due = dueOf(step, row, local);
      return { step: name, label: step.zh, due: due?.day ?? null, dueProvisional: due?.provisional ?? false };
    });
  };
  const read = async (context: FetchContext, id: string, path: string): Promise<SteppedRow> => {
    const [row] = isId(id) ? await context.scope.run(rowsById, { ids: [id] }) : [];
    if (!row) throw new RuleBroken('NOT_FOUND', { path: [path] });
    return row as unknown as SteppedRow;
  };

  return {
    log,
    /** A record by the id that stands in `input[path]`. @throws RuleBroken NOT_FOUND where there is none that the actor may see */
    read,
    /**
     * Makes a record.
     * @param row its columns; id and status are added, and since unless it came to its state on another day
     * @param days what the step's deadline is counted from, where it has one
     */
    async start(
      context: FetchContext,
      name: string,
      row: Readonly<Record<string, unknown>> & Omit<Moved, 'id' | 'revision'>,
      input: MutationInput & object,
      days?: Days,
    ): Promise<{ id: string }> {
      assertStart(machine, name, context.actor, row, input as Record<string, unknown>);
      const id = crypto.randomUUID();
      const made = {
        ...row,
        id,
        ownerAsFiled: row.owner,
        status: stepOf(machine, name).to,
        since: row['since'] ?? today(),
      };
      await context.scope.run(statement(build.insert(table as AnyPgTable).values(made as never)));
      await log.append(context.scope, context.actor, {
        name,
        record: { ...row, id, revision: 1 },
        before: null,
        days,
        settings: days ? await settings.of(context, row.owner) : {},
        input: input as Record<string, unknown>,
      });
      return { id };
    },
    /**
     * Takes a step on a record.
     * @param path the input's field that holds its id
     * @param changes what is written besides its status; computed from the record where need be, and free to break a rule
     * @param days what the step's deadline is counted from, where that stands in another record
     * @param made what its event keeps besides the evidence that it asks for, once `changes` is done
     * @throws RuleBroken NOT_FOUND, NOT_YOURS, CONFLICT, STEP_NOT_ALLOWED, REQUIRED, or what `changes` throws
     */
    async take<Input extends MutationInput & object>(
      context: FetchContext,
      name: string,
      path: keyof Input & string,
      input: Input,
      changes: (
        row: SteppedRow,
        settings: Readonly<Record<string, unknown>>,
      ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>> = () => ({}),
      days?: Days,
      made?: () => Readonly<Record<string, unknown>>,
    ): Promise<{ id: string; row: SteppedRow }> {
      const given = input as Record<string, unknown>;
      const row = await read(context, String(given[path]), path);
      assertStep(machine, name, context.actor, row, given);
      const local = await settings.of(context, row.owner);
      const step = stepOf(machine, name);
      const set = {
        ...(await changes(row, local)),
        status: step.to ?? row.status,
        since: step.to === null || step.to === row.status ? row.since : today(),
      };
      const written = await context.scope.run(
        statement(
          build
            .update(table as AnyPgTable)
            .set(set as never)
            .where(and(eq(table.id, row.id), eq(table.revision, row.revision)) as SQL)
            // Triggers may name more whom it concerns; an event has the audience of its record.
            .returning({ revision: table.revision, subjects: table.subjects }),
        ),
      );
      const [now] = written;
      // Somebody else wrote it after it was read here.
      if (!now) throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
      await log.append(context.scope, context.actor, {
        name,
        record: { ...row, ...set, revision: now.revision as number, subjects: now.subjects as readonly string[] },
        before: row,
        ...(days && { days }),
        settings: local,
        input: given,
        ...(made && { made: made() }),
      });
      return { id: row.id, row };
    },
    /** The steps that the actor may take on a record now, with their deadlines. */
    pending,
    /** The fields that tell of them: which steps a record went through, and which may be taken now. A list of records costs a statement for each. */
    fields: {
      events: async ({ id }: { readonly id: string }, _: unknown, context: FetchContext) => {
        const { eventsOfRecords } = log;
        const known = context.once(log, () => rowsByKey(context.scope, eventsOfRecords, ({ record }) => record));
        return (await known.load(id)).map(told);
      },
      pendingSteps: (row: Stepping & Days, _: unknown, context: FetchContext) => pending(context, row),
    },
  };
}
