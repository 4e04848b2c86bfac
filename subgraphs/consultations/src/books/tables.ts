import { oneOf, partOf, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { date, index, text, unique, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { bookMachine } from './book.machine.ts';
import { bookReadingMachine } from './book-reading.machine.ts';

/** 书目 */
export const book = recordTable(
  consultations,
  'book',
  {
    ...statusColumns<keyof typeof bookMachine.states>(),
    title: text('title').notNull(),
    /** Who wrote the book; its `author` is the member who proposed it. */
    writer: text('writer'),
    publisher: text('publisher'),
    /** Thirteen digits. */
    isbn: text('isbn'),
    why: text('why'),
    readFrom: date('read_from', { mode: 'string' }),
    readUntil: date('read_until', { mode: 'string' }),
    reason: text('reason'),
    author: uuid('author'),
  },
  (t) => [
    oneOf('book_status', t.status, Object.keys(bookMachine.states)),
    unique('book_isbn').on(t.owner, t.isbn),
    index('book_author').on(t.author),
    index('book_owner_title').on(t.owner, t.title, t.id),
    index('book_owner_since').on(t.owner, t.since, t.id),
  ],
  { author: true },
);

/** 书目办理记录 */
export const bookEvent = eventTable(consultations, 'book', book);

/** 读书记录: one for a member and a book. */
export const bookReading = recordTable(
  consultations,
  'book_reading',
  {
    ...referenceColumns(),
    ...statusColumns<keyof typeof bookReadingMachine.states>(),
    book: uuid('book').notNull(),
    author: uuid('author').notNull(),
    note: text('note'),
    finished: date('finished', { mode: 'string' }),
  },
  (t) => [
    oneOf('book_reading_status', t.status, Object.keys(bookReadingMachine.states)),
    unique('book_reading_once').on(t.book, t.author),
    partOf('book_reading_part', t, t.book, book),
    index('book_reading_author').on(t.author, t.since),
  ],
  { author: true, refers: true },
);

/** 读书办理记录 */
export const bookReadingEvent = eventTable(consultations, 'book_reading', bookReading);
