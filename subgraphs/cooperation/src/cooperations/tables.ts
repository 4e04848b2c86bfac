import { day, figures, oneOf, period, recordTable } from '@hub/database';
import { eventTable } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, text, unique } from 'drizzle-orm/pg-core';
import { cooperationSchema } from '../schema.ts';
import { cooperationMachine } from './cooperation.machine.ts';

type CooperationStatus = keyof typeof cooperationMachine.states;

export const cooperationKinds = ['PAIRING', 'COUNTERPART_AID', 'STUDY_VISIT', 'LINKED_ACTION'] as const;

/** 合作; its first partner is the owner, and all partners are parties where it is JOINT. */
export const cooperation = recordTable(
  cooperationSchema,
  'cooperation',
  {
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    field: text('field').notNull(),
    status: text('status').$type<CooperationStatus>().notNull(),
    /** Day on which it entered its status, where steps brought it there. */
    since: date('since', { mode: 'string' }),
    started: period('started'),
    startedFrom: day('started_from'),
    description: text('description'),
    result: text('result'),
    /** The revision that its keeper last changed it with: who answers an invitation has read this one or a later one. */
    termsRevision: integer('terms_revision').notNull().default(1),
    /** Names of the partners' committees: a search finds a cooperation by them, and it looks at this row alone. */
    partnerNames: text('partner_names').array().notNull().default([]),
    /** UPWARD: JOINT, with the committees above those that take part among its parties. */
    upward: boolean('upward').notNull().default(false),
    /** Which partners agreed to show it to more, and to whom: `361100 PUBLIC`. */
    wideningAgreed: text('widening_agreed').array().notNull().default([]),
    figures: figures(),
  },
  (t) => [
    unique('cooperation_owner').on(t.id, t.owner),
    oneOf('cooperation_kind', t.kind, cooperationKinds),
    oneOf('cooperation_status', t.status, Object.keys(cooperationMachine.states)),
    check('cooperation_upward', sql`not ${t.upward} or ${t.visibility} = 'JOINT'`),
    index('cooperation_owner_started').on(t.owner, t.startedFrom, t.id),
    index('cooperation_owner_title').on(t.owner, t.title, t.id),
    index('cooperation_owner_modified').on(t.owner, t.modified, t.id),
    index('cooperation_started').on(t.startedFrom, t.id),
    index('cooperation_title').on(t.title, t.id),
    index('cooperation_modified').on(t.modified, t.id),
  ],
);

/** 合作办理记录 */
export const cooperationEvent = eventTable(cooperationSchema, 'cooperation', cooperation);
