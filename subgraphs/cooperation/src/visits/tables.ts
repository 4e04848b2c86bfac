import { code, day, oneOf, partOf, period, quantity, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cooperation } from '../cooperations/tables.ts';
import { milestone } from '../milestones/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { visitFindingMachine } from './visit-finding.machine.ts';

export const visitFindingKinds = ['EXPERIENCE', 'PROBLEM', 'SUGGESTION'] as const;

/** 考察; the committee that made it is the owner. */
export const visit = recordTable(
  cooperationSchema,
  'visit',
  {
    cooperation: uuid('cooperation').notNull(),
    milestone: uuid('milestone').references(() => milestone.id),
    title: text('title').notNull(),
    /** 接待方 */
    host: code('host'),
    hostNames: text('host_names').array().notNull().default([]),
    region: code('region'),
    place: text('place'),
    held: period('held'),
    heldFrom: day('held_from'),
    delegation: text('delegation'),
    size: quantity('size'),
  },
  (t) => [
    partOf('visit_cooperation', t, t.cooperation, cooperation),
    index('visit_cooperation_held').on(t.cooperation, t.heldFrom, t.id),
    index('visit_owner_held').on(t.owner, t.heldFrom, t.id),
  ],
);

/** 考察人员 */
export const visitPerson = recordTable(
  cooperationSchema,
  'visit_person',
  {
    visit: uuid('visit').notNull(),
    person: uuid('person').notNull(),
    role: text('role'),
    position: integer('position').notNull(),
    ...referenceColumns(),
  },
  (t) => [
    unique('visit_person_position').on(t.visit, t.position),
    partOf('visit_person_part', t, t.visit, visit),
    index('visit_person_person').on(t.person, t.visit),
  ],
  { refers: true },
);

/** 考察发现; the partner that recorded it is the owner, and says what became of it. */
export const visitFinding = recordTable(
  cooperationSchema,
  'visit_finding',
  {
    ...statusColumns<keyof typeof visitFindingMachine.states>(),
    visit: uuid('visit').notNull(),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    measures: text('measures'),
    result: text('result'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('visit_finding_kind', t.kind, visitFindingKinds),
    oneOf('visit_finding_status', t.status, Object.keys(visitFindingMachine.states)),
    partOf('visit_finding_part', t, t.visit, visit),
    index('visit_finding_visit').on(t.visit, t.created, t.id),
    index('visit_finding_waiting').on(t.owner, t.status, t.since, t.id).where(sql`${t.since} is not null`),
  ],
);

/** 考察发现办理记录 */
export const visitFindingEvent = eventTable(cooperationSchema, 'visit_finding', visitFinding);
