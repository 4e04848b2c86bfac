import { partOf, period, quantity, recordTable } from '@hub/database';
import { boolean, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cooperation } from '../cooperations/tables.ts';
import { cooperationSchema } from '../schema.ts';

/** 帮扶台账; an entry is the record of the partner that made it, and is corrected by another one. */
export const aidEntry = recordTable(
  cooperationSchema,
  'aid_entry',
  {
    cooperation: uuid('cooperation').notNull(),
    form: text('form').notNull(),
    amount: quantity('amount').notNull(),
    unit: text('unit').notNull(),
    given: period('given'),
    description: text('description'),
    corrects: uuid('corrects'),
    superseded: boolean('superseded').notNull().default(false),
    reason: text('reason'),
    /** Its place in the source; what partners add comes after that, as it was added. */
    position: integer('position'),
  },
  (t) => [
    unique('aid_entry_cooperation_position').on(t.cooperation, t.position),
    unique('aid_entry_corrected_once').on(t.corrects),
    partOf('aid_entry_cooperation', t, t.cooperation, cooperation),
  ],
);
