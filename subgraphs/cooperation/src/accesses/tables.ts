import { memberPolicy, readPolicy, type Visibility } from '@hub/access';
import { code, instant, oneOf, policed, readOnly } from '@hub/database';
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { sharingSchema } from '../schema.ts';

/** The latter two are what the hub itself did to the log. */
export const accessOutcomes = ['READ', 'REFUSED', 'SWEPT', 'RESTORED'] as const;

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
      /** Refusals of one kind within a minute are one entry; all else stands for itself. */
      times: integer('times').notNull().default(1),
      since: instant('since'),
      until: instant('until'),
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
    (t) => [primaryKey({ columns: [t.member, t.number] }), index('access_subject_number').on(t.number)],
  ),
  readOnly(memberPolicy()),
);

/**
 * Groups of entries as they were written: what its gateway had signed before, and the end of it that was signed afterwards.
 * Rows without `first` are of a time when ends alone were signed.
 */
export const accessCheckpoint = sharingSchema.table('access_checkpoint', {
  /** Of the last entry of the group. */
  number: bigint('number', { mode: 'number' }).primaryKey(),
  first: bigint('first', { mode: 'number' }),
  /** A JWS over what each entry says, so that none can be added or changed before the end is signed. */
  signature: text('signature').notNull(),
  /** A JWS over the number and the hash of the last entry. */
  head: text('head'),
});

/** Keys that sign the chain, one after the other. The first of them begins it. */
export const accessKey = sharingSchema.table('access_key', {
  ordinal: integer('ordinal').primaryKey(),
  /** After which entry it took over, and that entry's hash; a random one where there is none. */
  number: bigint('number', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  /** A JWS of the key itself over its public half and the key before it. */
  statement: text('statement').notNull(),
  /** The same signed with the key before it, unless that one is lost. */
  endorsement: text('endorsement'),
});

/** In which database the log lies, and which restoration it tells of last: what is found elsewhere was brought back. One row, once the log has begun. */
export const accessPlace = sharingSchema.table(
  'access_place',
  {
    one: boolean('one').primaryKey().default(true),
    place: text('place').notNull(),
    /** As precise as the server has it, since it is compared. */
    restored: timestamp('restored', { withTimezone: true, mode: 'string' }),
  },
  (t) => [check('access_place_one', sql`${t.one}`)],
);

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
