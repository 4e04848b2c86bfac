import { oneOf, partOf, period, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cooperation } from '../cooperations/tables.ts';
import { file } from '../files/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { agreementMachine } from './agreement.machine.ts';

type AgreementStatus = keyof typeof agreementMachine.states;

/** 协议; each is the record of the partner that added it. */
export const agreement = recordTable(
  cooperationSchema,
  'agreement',
  {
    ...statusColumns<AgreementStatus>(),
    status: text('status').$type<AgreementStatus>().notNull().default('SIGNED'),
    cooperation: uuid('cooperation').notNull(),
    title: text('title').notNull(),
    signed: period('signed'),
    /** Who signs, in words. */
    signatories: text('signatories').array().notNull(),
    term: period('term'),
    description: text('description'),
    reason: text('reason'),
    supersedes: uuid('supersedes'),
    /** Its place in the source; what partners add comes after that, as it was added. */
    position: integer('position'),
  },
  (t) => [
    oneOf('agreement_status', t.status, Object.keys(agreementMachine.states)),
    unique('agreement_cooperation_position').on(t.cooperation, t.position),
    partOf('agreement_cooperation', t, t.cooperation, cooperation),
    index('agreement_supersedes').on(t.supersedes),
    index('agreement_waiting').on(t.owner, t.since, t.id).where(sql`status = 'DRAFT' and since is not null`),
  ],
);

/** 协议办理记录 */
export const agreementEvent = eventTable(cooperationSchema, 'agreement', agreement);

/** 协议文件: a copy that a partner added; its file has the agreement's audience. */
export const agreementFile = recordTable(
  cooperationSchema,
  'agreement_file',
  {
    agreement: uuid('agreement').notNull(),
    kind: text('kind').notNull(),
    file: uuid('file')
      .notNull()
      .references(() => file.id),
  },
  (t) => [
    oneOf('agreement_file_kind', t.kind, ['DRAFT', 'SIGNED', 'ANNEX']),
    unique('agreement_file_file').on(t.file),
    partOf('agreement_file_part', t, t.agreement, agreement),
    index('agreement_file_agreement').on(t.agreement, t.created, t.id),
  ],
);
