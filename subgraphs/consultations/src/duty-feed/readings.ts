import type { DutyFactKind } from '@hub/connections';
import { sql } from 'drizzle-orm';

/** 读书: books of the committee's list that a member read to the end. */
export const readings: DutyFactKind = {
  touchedBy: {
    book: (changed) => sql`select id from consultations.book_reading where book = any(${changed})`,
    book_reading: (changed) => sql`select unnest(${changed}) as id`,
  },
  joins: sql`join consultations.book_reading as reading on reading.id = touched.id
    join consultations.book as book on book.id = reading.book`,
  where: sql`true`,
  stands: sql`reading.deleted is null and book.deleted is null and reading.status = 'FINISHED' and reading.finished is not null`,
  columns: {
    member: sql`reading.author`,
    kind: sql`'READING'`,
    consultationKind: sql`null::text`,
    title: sql`book.title`,
    on: sql`reading.finished`,
    outcomes: sql`array['DONE']`,
    halfDays: sql`null::integer`,
    rank: sql`1`,
    authors: sql`1`,
    recordType: sql`'BookReading'`,
    record: sql`reading.id`,
    consultation: sql`null::uuid`,
    owner: sql`reading.owner`,
    visibility: sql`reading.visibility`,
    parties: sql`reading.parties`,
  },
};
