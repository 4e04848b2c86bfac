import type { Actor } from '@hub/access';
import { build, code, partOf, type recordSchema, recordTable, type Scope, statement } from '@hub/database';
import { today } from '@hub/working-days';
import { and, asc, isNull, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  type AnyPgTable,
  boolean,
  date,
  index,
  integer,
  jsonb,
  type PgColumnBuilderBase,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { type Days, dueOf } from './deadline.ts';
import { type Machine, stepOf } from './machine.ts';

type Whole = AnyPgTable & Record<'id' | 'visibility' | 'parties' | 'subjects', AnyPgColumn>;

/** What a step was taken with: names of the input's fields and what stood in them. */
export type EvidenceList = readonly { readonly name: string; readonly value: string }[];

/** 办理记录: the table of the steps that the records of one table went through. Nothing in it is ever changed. */
export function eventTable(schema: ReturnType<typeof recordSchema>, name: string, whole: Whole) {
  return eventTableWith(schema, name, whole, {}, {});
}

/** The same, of records that partner agencies move too. */
export function agencyEventTable(schema: ReturnType<typeof recordSchema>, name: string, whole: Whole) {
  return eventTableWith(schema, name, whole, { agency: uuid('agency') }, { agency: true });
}

function eventTableWith<Columns extends Record<string, PgColumnBuilderBase>>(
  schema: ReturnType<typeof recordSchema>,
  name: string,
  whole: Whole,
  more: Columns,
  writers: { readonly agency?: boolean },
) {
  return recordTable(
    schema,
    `${name}_event`,
    {
      ...more,
      record: uuid('record').notNull(),
      step: text('step').notNull(),
      from: text('from'),
      to: text('to').notNull(),
      role: text('role').notNull(),
      /** Committee of whoever took the step; null for the public. */
      committee: code('committee'),
      author: uuid('author'),
      organization: uuid('organization'),
      department: uuid('department'),
      receipt: text('receipt'),
      due: date('due', { mode: 'string' }),
      dueProvisional: boolean('due_provisional').notNull().default(false),
      late: boolean('late').notNull().default(false),
      evidence: jsonb('evidence').$type<EvidenceList>().notNull().default([]),
      /** The record's revision after the step, and so the order of steps. */
      recordRevision: integer('record_revision').notNull(),
    },
    (t) => [
      partOf(`${name}_event_part`, t, t.record, whole),
      index(`${name}_event_record`).on(t.record, t.recordRevision),
    ],
    { author: true, convenor: true, department: true, receipt: true, ...writers },
  );
}
export type EventTable = ReturnType<typeof eventTable>;

/** The record that a step moves, as it is after the step. */
export interface Moved {
  readonly id: string;
  readonly owner: string;
  readonly visibility: string;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
  readonly revision: number;
  readonly author?: string | null | undefined;
  readonly organization?: string | null | undefined;
  readonly department?: string | null | undefined;
  readonly receipt?: string | null | undefined;
  readonly agency?: string | null | undefined;
}

const { placeholder } = sql;
const columns = [
  'id',
  'owner',
  'ownerAsFiled',
  'visibility',
  'parties',
  'subjects',
  'record',
  'step',
  'from',
  'to',
  'role',
  'committee',
  'author',
  'organization',
  'department',
  'agency',
  'receipt',
  'due',
  'dueProvisional',
  'late',
  'evidence',
  'recordRevision',
] as const;

/** Writes and reads the steps of one table's records. */
export function eventLog(table: EventTable, of: Machine) {
  const kept = columns.filter((name) => name in table);
  const insert = statement(
    build.insert(table).values(Object.fromEntries(kept.map((name) => [name, placeholder(name)])) as never),
  );
  const eventsOfRecords = statement(
    build
      .select({
        id: table.id,
        record: table.record,
        step: table.step,
        from: table.from,
        to: table.to,
        at: table.created,
        role: table.role,
        committee: table.committee,
        due: table.due,
        dueProvisional: table.dueProvisional,
        late: table.late,
        evidence: table.evidence,
      })
      .from(table)
      .where(and(sql`${table.record} = any(${placeholder('keys')}::uuid[])`, isNull(table.deleted)))
      .orderBy(asc(table.recordRevision), asc(table.created), asc(table.id)),
  );
  return {
    /** The steps of records, by `keys`. */
    eventsOfRecords,
    /**
     * Keeps a step that was taken.
     * @param taken `before` is the record's state and days before the step, `settings` those of its owner
     */
    async append(
      scope: Scope,
      actor: Actor,
      taken: {
        readonly name: string;
        readonly record: Moved;
        readonly before: (Days & { readonly status: string }) | null;
        /** What the deadline is counted from, where it isn't what was there before. */
        readonly days?: Days | undefined;
        readonly settings: Readonly<Record<string, unknown>>;
        readonly input: Readonly<Record<string, unknown>>;
        /** What the step made besides, to be kept with what it asked for. */
        readonly made?: Readonly<Record<string, unknown>>;
      },
    ): Promise<void> {
      const { name, record, before, days = before, settings, input, made = {} } = taken;
      const step = stepOf(of, name);
      const due = days ? dueOf(step, days, settings) : null;
      const member = actor.kind === 'MEMBER';
      await scope.run(insert, {
        id: crypto.randomUUID(),
        owner: record.owner,
        ownerAsFiled: record.owner,
        visibility: record.visibility,
        parties: record.parties,
        subjects: record.subjects,
        record: record.id,
        step: name,
        from: before?.status ?? null,
        to: step.to ?? before?.status,
        role: actor.kind,
        committee: 'committee' in actor ? actor.committee : null,
        author: member ? actor.member : null,
        organization:
          member && record.organization && actor.convenes.includes(record.organization) ? record.organization : null,
        department: actor.kind === 'DEPARTMENT' ? actor.department : null,
        agency: actor.kind === 'AGENCY' ? actor.subject : null,
        // Whoever has the record's code sees what becomes of it.
        receipt: record.receipt ?? null,
        due: due?.day ?? null,
        dueProvisional: due?.provisional ?? false,
        late: due !== null && today() > due.day,
        evidence: [...step.asks.map((field) => [field, input[field]] as const), ...Object.entries(made)].flatMap(
          ([name, value]) =>
            value == null || value === ''
              ? []
              : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }],
        ),
        recordRevision: record.revision,
      });
    },
  };
}

/** A step as the graph shows it; one that its machine no longer has keeps its name. */
export function stepEvent(of: Machine) {
  return <Event extends { readonly step: string }>(event: Event) => ({
    ...event,
    label: of.steps[event.step]?.zh ?? event.step,
  });
}
