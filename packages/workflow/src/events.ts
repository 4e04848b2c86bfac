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
  return recordTable(
    schema,
    `${name}_event`,
    {
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
    { author: true, convenor: true, department: true, receipt: true },
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
  'receipt',
  'due',
  'dueProvisional',
  'late',
  'evidence',
  'recordRevision',
] as const;

/** Writes and reads the steps of one table's records. */
export function eventLog(table: EventTable, of: Machine) {
  const insert = statement(
    build.insert(table).values(Object.fromEntries(columns.map((name) => [name, placeholder(name)])) as never),
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
      },
    ): Promise<void> {
      const { name, record, before, days = before, settings, input } = taken;
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
        // Whoever has the record's code sees what becomes of it.
        receipt: record.receipt ?? null,
        due: due?.day ?? null,
        dueProvisional: due?.provisional ?? false,
        late: due !== null && today() > due.day,
        evidence: step.asks.flatMap((field) => {
          const value = input[field];
          return value == null
            ? []
            : [{ name: field, value: typeof value === 'string' ? value : JSON.stringify(value) }];
        }),
        recordRevision: record.revision,
      });
    },
  };
}

/** A step as the graph shows it; one that its machine no longer has keeps its name. */
export function stepEvent(of: Machine) {
  return (event: { readonly step: string }) => ({ ...event, label: of.steps[event.step]?.zh ?? event.step });
}
