import { memberPolicy, readPolicy, type Visibility } from '@hub/access';
import { code, instant, oneOf, policed, readOnly } from '@hub/database';
import { bigint, date, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sharingSchema } from '../schema.ts';

export const accessOutcomes = ['READ', 'REFUSED'] as const;

/**
 * 访问记录: no record that anybody writes, but a chain that `append_accesses` alone lengthens. It has the columns of an
 * audience, so that the staff of the committee that shares and the members who were told of read it by the ordinary rules.
 */
export const accessEntry = policed(
  sharingSchema.table(
    'access_entry',
    {
      number: bigint('number', { mode: 'number' }).primaryKey(),
      id: uuid('id').notNull().unique(),
      owner: code('owner').notNull(),
      visibility: text('visibility').$type<Visibility>().notNull().default('INTERNAL'),
      parties: text('parties').array().notNull().default([]),
      /** Ids of the members who were told of. */
      subjects: text('subjects').array().notNull(),
      agency: uuid('agency').notNull(),
      agreement: uuid('agreement'),
      version: integer('version'),
      kid: text('kid').notNull(),
      outcome: text('outcome').$type<(typeof accessOutcomes)[number]>().notNull(),
      reason: text('reason'),
      operation: text('operation').notNull(),
      fields: text('fields').array().notNull(),
      filters: text('filters'),
      rows: integer('rows').notNull(),
      at: instant('at').notNull(),
      address: text('address').notNull(),
      milliseconds: integer('milliseconds').notNull(),
      previous: text('previous').notNull(),
      hash: text('hash').notNull(),
    },
    (t) => [
      oneOf('access_entry_outcome', t.outcome, accessOutcomes),
      index('access_entry_owner').on(t.owner, t.number),
      index('access_entry_agreement').on(t.agreement, t.number),
    ],
  ),
  readOnly(readPolicy()),
);

/** Which members an entry tells of: under a row policy no index over an array of them serves a list. */
export const accessSubject = policed(
  sharingSchema.table(
    'access_subject',
    {
      member: uuid('member').notNull(),
      number: bigint('number', { mode: 'number' }).notNull(),
    },
    (t) => [primaryKey({ columns: [t.member, t.number] })],
  ),
  readOnly(memberPolicy()),
);

/** Signed ends of the chain. */
export const accessCheckpoint = sharingSchema.table('access_checkpoint', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  /** A JWS over the number and the hash of that entry. */
  signature: text('signature').notNull(),
});

/** Tokens of agencies that were used; each is good once. */
export const agencyToken = sharingSchema.table(
  'agency_token',
  {
    agency: uuid('agency').notNull(),
    token: text('token').notNull(),
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.agency, t.token] }), index('agency_token_until').on(t.until)],
);

/** How much was read under an agreement, or by an agency without one. */
export const accessUse = sharingSchema.table('access_use', {
  reader: uuid('reader').primaryKey(),
  day: date('day', { mode: 'string' }).notNull(),
  rows: bigint('rows', { mode: 'number' }).notNull(),
  minute: instant('minute').notNull(),
  requests: integer('requests').notNull(),
});
