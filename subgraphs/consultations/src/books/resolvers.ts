import { connectionResolvers, type PageArguments } from '@hub/connections';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  acceptBook,
  type Book,
  type BookReading,
  type BooksRequest,
  bookSteps,
  closeBook,
  declineBook,
  finishReading,
  listBook,
  proposeBook,
  readingSteps,
  startReading,
  writeReadingNote,
} from './store.ts';

const readBook = (id: string, { books }: Context) => books.books.load(id);
const readReading = (id: string, { books }: Context) => books.readings.load(id);
const readersOf = async (id: string, { books }: Context) =>
  (await books.readersOfBook.load(id))[0] ?? { readers: 0, finished: 0 };

export const bookResolvers: Resolvers = {
  Query: {
    book: (_, { id }: { id: string }, context: Context) => readBook(id, context),
    bookReading: (_, { id }: { id: string }, context: Context) => readReading(id, context),
  },
  Committee: {
    books: ({ code }: { code: string }, args: BooksRequest, { books }: Context) => books.booksOfCommittee(code, args),
  },
  Member: {
    bookReadings: ({ id }: { id: string }, page: PageArguments, { books }: Context) => books.readingsOfMember(id, page),
  },
  Book: {
    __resolveReference: ({ id }: Book, context: Context) => readBook(id, context),
    committee: ({ owner }: Book) => committeeByCode(owner),
    readers: async ({ id }: Book, _, context: Context) => (await readersOf(id, context)).readers,
    finished: async ({ id }: Book, _, context: Context) => (await readersOf(id, context)).finished,
    readings: ({ id }: Book, page: PageArguments, { books }: Context) => books.readingsOfBook(id, page),
    ...bookSteps.fields,
  },
  BookReading: {
    __resolveReference: ({ id }: BookReading, context: Context) => readReading(id, context),
    book: ({ book }: BookReading, _, context: Context) => readBook(book, context),
    member: ({ author }: BookReading) => ({ id: author }),
    ...readingSteps.fields,
  },
  Mutation: {
    proposeBook: mutation('book', proposeBook, readBook),
    listBook: mutation('book', listBook, readBook),
    acceptBook: mutation('book', acceptBook, readBook),
    declineBook: mutation('book', declineBook, readBook),
    closeBook: mutation('book', closeBook, readBook),
    startReading: mutation('bookReading', startReading, readReading),
    finishReading: mutation('bookReading', finishReading, readReading),
    writeReadingNote: mutation('bookReading', writeReadingNote, readReading),
  },
  BookConnection: connectionResolvers,
  BookReadingConnection: connectionResolvers,
};
