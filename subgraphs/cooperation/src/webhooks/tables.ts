import { readPolicy, type Visibility } from '@hub/access';
import { code, instant, oneOf, partOf, policed, readOnly, recordTable } from '@hub/database';
import { agencyEventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { sharingSchema } from '../schema.ts';
import { sharingAgreement } from '../sharing/tables.ts';
import { webhookMachine } from './webhook.machine.ts';

/** Webhooks of one agreement that aren't removed. */
export const mostWebhooks = 5;
/** Messages of one webhook that wait; the change feed keeps the rest until there is room. */
export const mostPending = 20;

export const pauseReasons = ['GONE', 'FAILING', 'CURSOR_TOO_OLD', 'CURSOR_UNKNOWN'] as const;
export const webhookErrors = [
  'UNREACHABLE',
  'TLS_FAILED',
  'TIMEOUT',
  'REDIRECTED',
  'CLIENT_ERROR',
  'SERVER_ERROR',
  'GONE',
] as const;

/** 推送地址: the agency's own part of an agreement. */
export const webhook = recordTable(
  sharingSchema,
  'webhook',
  {
    ...statusColumns<keyof typeof webhookMachine.states>(),
    agreement: uuid('agreement').notNull(),
    agency: uuid('agency').notNull(),
    url: text('url').notNull(),
    types: text('types').array(),
    pausedFor: text('paused_for').$type<(typeof pauseReasons)[number]>(),
  },
  (t) => [
    oneOf('webhook_status', t.status, Object.keys(webhookMachine.states)),
    oneOf('webhook_paused_for', t.pausedFor, pauseReasons),
    index('webhook_agreement').on(t.agreement, t.created),
    partOf('webhook_part', t, t.agreement, sharingAgreement),
  ],
  { agency: true },
);

/** 推送地址办理记录 */
export const webhookEvent = agencyEventTable(sharingSchema, 'webhook', webhook);

/** The columns of an audience, of what is no record: who sees the webhook sees it, and nobody's statement writes it. */
const audience = () => ({
  owner: code('owner').notNull(),
  visibility: text('visibility').$type<Visibility>().notNull(),
  parties: text('parties').array().notNull(),
  subjects: text('subjects').array().notNull(),
  /** A part goes with its whole. */
  deleted: instant('deleted'),
});

/** 推送进度: apart from the webhook, since it moves with every message, and a record that moves is itself a change. */
export const webhookProgress = policed(
  sharingSchema.table(
    'webhook_progress',
    {
      webhook: uuid('webhook').primaryKey(),
      ...audience(),
      /** Up to where messages were made; null where none were looked for yet, since `started`. */
      cursor: text('cursor'),
      started: instant('started').notNull().defaultNow(),
      /** The version of the agreement under which the messages that wait were made. */
      version: integer('version'),
      /** Which gateway makes messages, and until when it alone does. */
      reader: text('reader'),
      readUntil: instant('read_until'),
      /** When the first message that waits is due; put off by the lease while it is being sent, null where none waits. */
      nextAttempt: instant('next_attempt'),
      failingSince: instant('failing_since'),
      lastError: text('last_error').$type<(typeof webhookErrors)[number]>(),
    },
    (t) => [
      index('webhook_progress_due').on(t.nextAttempt).where(sql`next_attempt is not null`),
      partOf('webhook_progress_part', t, t.webhook, webhook),
    ],
  ),
  readOnly(readPolicy()),
);

/** 推送消息: those that wait and those that were given up. Delivered ones are gone. */
export const webhookMessage = policed(
  sharingSchema.table(
    'webhook_message',
    {
      /** They are sent in this order. */
      number: bigint('number', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
      /** The `webhook-id`. */
      id: uuid('id').notNull(),
      webhook: uuid('webhook').notNull(),
      ...audience(),
      version: integer('version').notNull(),
      after: text('after').notNull(),
      cursor: text('cursor').notNull(),
      changes: integer('changes').notNull(),
      /** Byte for byte what is sent at each attempt. */
      body: text('body').notNull(),
      attempts: integer('attempts').notNull().default(0),
      state: text('state').$type<'PENDING' | 'DEAD'>().notNull().default('PENDING'),
      lastError: text('last_error').$type<(typeof webhookErrors)[number]>(),
      created: instant('created').notNull().defaultNow(),
    },
    (t) => [
      oneOf('webhook_message_state', t.state, ['PENDING', 'DEAD']),
      unique('webhook_message_id').on(t.id),
      index('webhook_message_queue').on(t.webhook, t.state, t.number),
      partOf('webhook_message_part', t, t.webhook, webhook),
    ],
  ),
  readOnly(readPolicy()),
);

/** 推送密钥: no policy and no grant lets anybody read one; `claim_webhook_messages` hands it out with what it signs. */
export const webhookSecret = sharingSchema
  .table(
    'webhook_secret',
    {
      webhook: uuid('webhook').notNull(),
      secret: text('secret').notNull(),
      created: instant('created').notNull().defaultNow(),
      /** Of one that was renewed; null for the one that is good. */
      validUntil: instant('valid_until'),
    },
    (t) => [primaryKey({ columns: [t.webhook, t.secret] })],
  )
  .enableRLS();
