import {
  type Connection,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { currentCode } from '@hub/regions';
import { type FetchContext, type MutationInput, type SteppedRow, stepsOf } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { parse as parseIsbn } from 'isbn3';
import { assertLengths, givenCommittee } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { bookMachine } from './book.machine.ts';
import { bookReadingMachine } from './book-reading.machine.ts';
import { book, bookEvent, bookReading, bookReadingEvent } from './tables.ts';

const { placeholder } = sql;

const bookFields = {
  id: book.id,
  owner: book.owner,
  title: book.title,
  writer: book.writer,
  publisher: book.publisher,
  isbn: book.isbn,
  why: book.why,
  readFrom: book.readFrom,
  readUntil: book.readUntil,
  status: book.status,
  since: book.since,
  reason: book.reason,
  author: book.author,
  visibility: book.visibility,
  revision: book.revision,
  created: book.created,
  modified: book.modified,
};
const booksById = statement(
  build
    .select(bookFields)
    .from(book)
    .where(and(sql`${book.id} = any(${placeholder('ids')}::uuid[])`, isNull(book.deleted))),
);
export type Book = Awaited<ReturnType<typeof booksById.run>>[number];

const readingFields = {
  id: bookReading.id,
  owner: bookReading.owner,
  book: bookReading.book,
  author: bookReading.author,
  status: bookReading.status,
  since: bookReading.since,
  note: bookReading.note,
  finished: bookReading.finished,
  revision: bookReading.revision,
};
const readingsById = statement(
  build
    .select(readingFields)
    .from(bookReading)
    .where(and(sql`${bookReading.id} = any(${placeholder('ids')}::uuid[])`, isNull(bookReading.deleted))),
);
export type BookReading = Awaited<ReturnType<typeof readingsById.run>>[number];
const readersOfBooks = statement(
  build
    .select({
      book: bookReading.book,
      readers: sql<number>`count(*)`.mapWith(Number).as('readers'),
      finished: sql<number>`count(*) filter (where ${bookReading.status} = 'FINISHED')`.mapWith(Number).as('finished'),
    })
    .from(bookReading)
    .where(and(sql`${bookReading.book} = any(${placeholder('keys')}::uuid[])`, isNull(bookReading.deleted)))
    .groupBy(bookReading.book),
);

const bookOrders = {
  SINCE_DESC: { by: ['since'], descending: true },
  TITLE_ASC: { by: ['title'], descending: false },
} as const;
const booksIn = rangedList({ name: 'books', table: book, fields: bookFields, owner: book.owner, orders: bookOrders });
const bookConditions = { statuses: sql`${book.status} = any(${placeholder('statuses')}::text[])` };
const latest = { SINCE: { by: ['since'], descending: true } } as const;
const readingsOfBook = list({
  name: 'readings of book',
  table: bookReading,
  fields: readingFields,
  key: { book: 'uuid' },
  tie: sql`${bookReading.book} = key.book`,
  orders: latest,
});
const readingsOfMember = list({
  name: 'book readings of member',
  table: bookReading,
  fields: readingFields,
  key: { author: 'uuid' },
  tie: sql`${bookReading.author} = key.author`,
  orders: latest,
});

export interface BooksRequest extends PageArguments {
  readonly statuses?: readonly string[] | null;
  readonly orderBy: keyof typeof bookOrders;
}

/** Reading lists, for one fetch. */
export class BookStore {
  readonly #lists: ListReader;
  readonly books;
  readonly readings;
  readonly readersOfBook;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.books = rowById(scope, booksById);
    this.readings = rowById(scope, readingsById);
    this.readersOfBook = rowsByKey(scope, readersOfBooks, (row) => row.book);
  }

  booksOfCommittee(code: string, { statuses, orderBy, ...page }: BooksRequest): Connection<Book> {
    const lo = currentCode(code);
    const range = { lo, hi: `${lo}!` };
    return this.#lists.connection(booksIn(range), range, {
      page,
      order: orderBy,
      filter: filterBy(bookConditions, { statuses }),
    });
  }

  readingsOfBook(id: string, page: PageArguments): Connection<BookReading> {
    return this.#lists.connection(readingsOfBook, { book: id }, { page, order: 'SINCE' });
  }

  readingsOfMember(author: string, page: PageArguments): Connection<BookReading> {
    return this.#lists.connection(readingsOfMember, { author }, { page, order: 'SINCE' });
  }
}

export const bookSteps = stepsOf(book, bookMachine, bookEvent, consultationSettings);
export const readingSteps = stepsOf(bookReading, bookReadingMachine, bookReadingEvent, consultationSettings);

const longest = { title: 200, writer: 200, publisher: 200, why: 500, reason: 500, note: 5_000 };

interface GivenBook extends MutationInput {
  readonly title: string;
  readonly writer?: string | null;
  readonly publisher?: string | null;
  readonly isbn?: string | null;
}
interface Period {
  readonly readFrom?: string | null;
  readonly readUntil?: string | null;
}

const describedBook = ({ title, writer, publisher, isbn }: GivenBook) => ({
  title: title,
  writer: writer || null,
  publisher: publisher || null,
  isbn: isbn == null ? null : thirteenDigits(isbn),
});

/** @throws RuleBroken INVALID for what is no ISBN, or one with a wrong check digit */
function thirteenDigits(isbn: string): string {
  const parsed = parseIsbn(isbn);
  if (!parsed?.isValid || !parsed.isbn13)
    throw new RuleBroken('INVALID', { path: ['isbn'], details: { field: 'isbn' } });
  return parsed.isbn13;
}

function assertPeriod({ readFrom, readUntil }: Period): void {
  if (readFrom != null && readUntil != null && readUntil < readFrom)
    throw new RuleBroken('INVALID', { path: ['readUntil'], details: { field: 'readUntil' } });
}

export async function proposeBook(
  input: GivenBook & { readonly why?: string | null },
  context: FetchContext,
): Promise<{ id: string }> {
  const { actor } = context;
  if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  assertLengths(input, longest);
  return bookSteps.start(
    context,
    'proposeBook',
    {
      ...describedBook(input),
      why: input.why || null,
      owner: actor.committee,
      visibility: 'MEMBERS',
      parties: [],
      subjects: [],
      author: actor.member,
    },
    input,
  );
}

export async function listBook(
  input: GivenBook & Period & { readonly committee: string },
  context: FetchContext,
): Promise<{ id: string }> {
  assertLengths(input, longest);
  assertPeriod(input);
  return bookSteps.start(
    context,
    'listBook',
    {
      ...describedBook(input),
      readFrom: input.readFrom ?? null,
      readUntil: input.readUntil ?? null,
      owner: givenCommittee(input.committee),
      visibility: 'MEMBERS',
      parties: [],
      subjects: [],
    },
    input,
  );
}

interface BookInput extends MutationInput {
  readonly book: string;
}
const takeBook =
  <Input extends BookInput>(name: string, changes: (input: Input) => Readonly<Record<string, unknown>>) =>
  async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await bookSteps.take(context, name, 'book', input, () => changes(input));
    return { id };
  };
export const acceptBook = takeBook<BookInput & Period>('acceptBook', (input) => {
  assertPeriod(input);
  const { readFrom, readUntil } = input;
  return { readFrom: readFrom ?? null, readUntil: readUntil ?? null };
});
export const declineBook = takeBook<BookInput & { readonly reason: string }>('declineBook', ({ reason }) => ({
  reason,
}));
export const closeBook = takeBook<BookInput>('closeBook', () => ({}));

/** Begins a book of the list of the member's own committee. */
export async function startReading(input: BookInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  const of = await bookSteps.read(context, input.book, 'book');
  if (of.status !== 'LISTED')
    throw new RuleBroken('STEP_NOT_ALLOWED', { path: ['book'], details: { state: of.status, from: 'LISTED' } });
  return readingSteps.start(
    context,
    'startReading',
    {
      book: of.id,
      owner: of.owner,
      visibility: of.visibility,
      parties: of.parties,
      subjects: of.subjects,
      author: actor.member,
      referenceOwner: of.owner,
      referenceVisibility: 'MEMBERS',
    },
    input,
  );
}

interface ReadingInput extends MutationInput {
  readonly bookReading: string;
}
const takeReading =
  <Input extends ReadingInput>(
    name: string,
    changes: (input: Input, row: SteppedRow) => Readonly<Record<string, unknown>>,
  ) =>
  async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await readingSteps.take(context, name, 'bookReading', input, (row) => changes(input, row));
    return { id };
  };
export const finishReading = takeReading<ReadingInput>('finishReading', () => ({ finished: today() }));
export const writeReadingNote = takeReading<ReadingInput & { readonly note: string }>(
  'writeReadingNote',
  ({ note }, row) => ({ note, finished: row['finished'] ?? today() }),
);
