import { describe, expect, test } from 'vitest';
import { classesOf, requireClasses } from '../src/index.ts';

const sdl = `
  type Query {
    book(id: ID!): Book @dataset(name: "books", sharing: CONDITIONAL)
    books(
      filter: BookFilter
      orderBy: BookOrder = TITLE_ASC
      first: Int
      within: ID @reads(fields: "shelf Shelf.place")
    ): BookConnection @dataset(name: "books", sharing: CONDITIONAL)
  }
  type Mutation {
    lendBook(id: ID!): LendBookPayload
    askForBook(id: ID!): LendBookPayload @dataset(name: "books", sharing: CONDITIONAL)
  }
  type Book @dataset(name: "books", sharing: CONDITIONAL) {
    id: ID! @dataset(sharing: CONDITIONAL)
    title: String! @dataset(sharing: CONDITIONAL)
    reader: String @dataset(sharing: CONDITIONAL, personal: true)
    shelf: Shelf @dataset(name: "shelves", sharing: CONDITIONAL)
    lent: Boolean! @dataset(sharing: CONDITIONAL) @reads(fields: "reader")
  }
  extend type Book {
    notes: String @dataset(sharing: NOT_SHARED)
    feed: String @inaccessible
  }
  type Shelf @key(fields: "place") @dataset(name: "shelves", sharing: UNCONDITIONAL) {
    place: String! @dataset(sharing: UNCONDITIONAL)
  }
  type BookConnection { nodes: [Book!]! edges: [BookEdge!]! pageInfo: PageInfo! totalCount: Int! }
  type BookEdge { cursor: String! node: Book! }
  type PageInfo { hasNextPage: Boolean! }
  type LendBookPayload { book: Book userErrors: [String!]! }
  type Follower @inaccessible { next: String! }
  input BookFilter { titles: [String!] @reads(fields: "title") lent: Boolean @reads(fields: "lent") }
  input LendBookInput { id: ID! }
  enum BookOrder { TITLE_ASC @reads(fields: "title") PLACE_ASC @reads(fields: "Shelf.place") }
  enum BookKind { NOVEL }
`;
const faultsOf = (text: string): readonly string[] => {
  const { undecided, contradictions } = classesOf(text);
  return [...undecided, ...contradictions];
};
const faultsAfter = (from: string, to: string): readonly string[] => {
  expect(sdl).toContain(from);
  return faultsOf(sdl.replace(from, to));
};

describe('what SDL says', () => {
  const classes = classesOf(sdl);

  test('a field is of its type’s dataset unless it names another, and has a class of its own', () => {
    expect(classes.field('Book', 'title')).toEqual({ dataset: 'books', sharing: 'CONDITIONAL', personal: false });
    expect(classes.field('Book', 'reader')).toEqual({ dataset: 'books', sharing: 'CONDITIONAL', personal: true });
    expect(classes.field('Book', 'shelf')?.dataset).toBe('shelves');
    expect(classes.field('Book', 'notes')?.sharing).toBe('NOT_SHARED');
    expect(classes.field('Shelf', 'place')?.sharing).toBe('UNCONDITIONAL');
    expect(faultsOf(sdl)).toEqual([]);
  });

  test('what isn’t there has no class', () => {
    expect(classes.field('Book', 'price')).toBeUndefined();
    expect(classes.field('Lamp', 'id')).toBeUndefined();
    expect(classes.isStructure('Lamp')).toBe(false);
  });

  test('connections, edges, answers of mutations and introspection are structure, and records aren’t', () => {
    for (const type of ['BookConnection', 'BookEdge', 'PageInfo', 'LendBookPayload', '__Schema', '__Type'])
      expect(classes.isStructure(type), type).toBe(true);
    for (const type of ['Book', 'Shelf', 'Query', 'Mutation', 'BookFilter', 'BookOrder'])
      expect(classes.isStructure(type), type).toBe(false);
    expect(classes.field('BookConnection', 'totalCount')).toBeUndefined();
  });

  test('a mutation is closed unless it says otherwise', () => {
    expect(classes.field('Mutation', 'lendBook')).toBeUndefined();
    expect(classes.field('Mutation', 'askForBook')?.sharing).toBe('CONDITIONAL');
  });

  test('what is inaccessible is not shared', () => {
    expect(classes.field('Book', 'feed')?.sharing).toBe('NOT_SHARED');
    expect(classes.field('Follower', 'next')?.sharing).toBe('NOT_SHARED');
  });

  test('filters, orders, arguments and computed fields name what they read', () => {
    expect(classes.reads('BookFilter', 'titles')).toEqual(['Book.title']);
    expect(classes.reads('BookOrder', 'TITLE_ASC')).toEqual(['Book.title']);
    expect(classes.reads('BookOrder', 'PLACE_ASC')).toEqual(['Shelf.place']);
    expect(classes.reads('Query', 'books(within:)')).toEqual(['Book.shelf', 'Shelf.place']);
    expect(classes.reads('Book', 'lent')).toEqual(['Book.reader']);
    expect(classes.reads('Book', 'title')).toBeUndefined();
    expect(classes.reads('Query', 'books(first:)')).toBeUndefined();
    expect(classes.reads('BookOrder', 'PRICE_ASC')).toBeUndefined();
  });

  test('datasets and their fields can be listed', () => {
    // What is @inaccessible is in none.
    expect(classes.datasets).toEqual(['books', 'shelves']);
    expect(classes.fieldsOf('shelves')).toEqual(['Book.shelf', 'Shelf.place']);
    expect(classes.fieldsOf('lamps')).toEqual([]);
  });
});

describe('a fault is', () => {
  test('a field that says nothing', () => {
    expect(faultsAfter('notes: String @dataset(sharing: NOT_SHARED)', 'notes: String price: Float')).toEqual([
      'Book.notes: no @dataset says how it is shared',
      'Book.price: no @dataset says how it is shared',
    ]);
  });

  test('a type that says nothing, with each of its fields that names no dataset', () => {
    expect(faultsAfter('@dataset(name: "shelves", sharing: UNCONDITIONAL) {', '{')).toEqual([
      'Shelf: no @dataset says what it belongs to',
      'Shelf.place: no @dataset names its dataset',
      'Query.books(within:): @reads names Shelf.place, which isn’t there or isn’t decided',
      'BookOrder.PLACE_ASC: @reads names Shelf.place, which isn’t there or isn’t decided',
    ]);
  });

  test('a root field that names no dataset', () => {
    expect(faultsAfter('book(id: ID!): Book @dataset(name: "books", ', 'book(id: ID!): Book @dataset(')).toEqual([
      'Query.book: no @dataset names its dataset',
    ]);
  });

  test('a field that is added to a connection or an edge', () => {
    expect(faultsAfter('totalCount: Int!', 'totalCount: Int! oldest: String')).toContain(
      'BookConnection.oldest: no @dataset says how it is shared',
    );
    expect(faultsAfter('cursor: String!', 'cursor: String! weight: Int')).toContain(
      'BookEdge.weight: no @dataset says how it is shared',
    );
  });

  test('personal data without condition', () => {
    expect(
      faultsAfter(
        'place: String! @dataset(sharing: UNCONDITIONAL)',
        'place: String! @dataset(sharing: UNCONDITIONAL, personal: true)',
      ),
    ).toEqual(['Shelf.place: personal data is never UNCONDITIONAL']);
  });

  test('a field that is wider than its type', () => {
    expect(
      faultsAfter('title: String! @dataset(sharing: CONDITIONAL)', 'title: String! @dataset(sharing: UNCONDITIONAL)'),
    ).toEqual(['Book.title: UNCONDITIONAL, wider than its type, which is CONDITIONAL']);
  });

  test.each([
    ['a filter', 'lent: Boolean @reads(fields: "lent")', 'lent: Boolean', 'BookFilter.lent'],
    ['an order', 'TITLE_ASC @reads(fields: "title")', 'TITLE_ASC', 'BookOrder.TITLE_ASC'],
    ['an argument', 'within: ID @reads(fields: "shelf Shelf.place")', 'within: ID', 'Query.books(within:)'],
  ])('%s that says nothing of what it reads', (_, from, to, where) => {
    expect(faultsAfter(from, to)).toEqual([`${where}: no @reads says what it tells of`]);
  });

  test('what it reads not being there', () => {
    expect(
      faultsAfter('titles: [String!] @reads(fields: "title")', 'titles: [String!] @reads(fields: "titel")'),
    ).toEqual(['BookFilter.titles: @reads names Book.titel, which isn’t there or isn’t decided']);
  });

  test('a computed field that is wider than what it reads', () => {
    expect(faultsAfter('@reads(fields: "reader")', '@reads(fields: "reader notes")')).toEqual([
      'Book.lent: CONDITIONAL, wider than Book.notes that it reads, which is NOT_SHARED',
    ]);
  });

  test('nothing that the public graph doesn’t have, and no argument of what isn’t shared', () => {
    expect(faultsAfter('next: String!', 'next: String! head(from: ID): String')).toEqual([]);
    expect(faultsAfter('notes: String @', 'notes(about: String): String @')).toEqual([]);
  });
});

test('a supergraph that leaves fields undecided is taken, and they are shared with nobody', () => {
  const foreign = `${sdl.replace('notes: String @dataset(sharing: NOT_SHARED)', 'notes: String')}
    type Product { price: Int } interface Priced { price: Int } union Thing = Product | Book
    type ThingConnection { nodes: [Thing] secret: String }`;
  const classes = requireClasses(foreign);
  expect(classes.field('Book', 'title')?.sharing).toBe('CONDITIONAL');
  for (const [type, field] of [
    ['Book', 'notes'],
    ['Product', 'price'],
    ['Priced', 'price'],
    ['ThingConnection', 'secret'],
  ])
    expect(classes.field(type as string, field as string)).toBeUndefined();
  expect(classes.undecided).toContain('Book.notes: no @dataset says how it is shared');
});

test.each([
  [
    'title: String! @dataset(sharing: CONDITIONAL)',
    'title: String! @dataset(sharing: UNCONDITIONAL)',
    /wider than its type/,
  ],
  ['title: String! @dataset(sharing: CONDITIONAL)', 'title: String! @dataset(sharing: EVERYBODY)', /no way of sharing/],
  ['title: String! @dataset(sharing: CONDITIONAL)', 'title: String! @dataset(name: "books")', /no way of sharing/],
  ['lent: Boolean! @', 'other: Thing @dataset(sharing: CONDITIONAL) lent: Boolean! @', /Book\.other: .*a union/],
  [
    'lent: Boolean! @',
    'other: [Priced!] @dataset(sharing: CONDITIONAL) lent: Boolean! @',
    /Book\.other: .*an interface/,
  ],
])('a supergraph that contradicts itself isn’t taken: %#', (from, to, complaint) => {
  expect(sdl).toContain(from);
  const contrary = `${sdl.replace(from, to)} interface Priced { price: Int } union Thing = Shelf | Book`;
  expect(() => requireClasses(contrary)).toThrow(complaint);
});

test('a page that holds more than a page is none', () => {
  expect(
    classesOf(sdl.replace('hasNextPage: Boolean!', 'hasNextPage: Boolean! secret: String')).isStructure('PageInfo'),
  ).toBe(false);
});

test('subgraphs may each say the same of a type that they share, and nothing of one that they refer to', () => {
  const twice = `${sdl}
    type Shelf @key(fields: "place") { place: String! books: [Book!] @dataset(name: "books", sharing: CONDITIONAL) }`;
  const classes = classesOf(twice);
  expect(faultsOf(twice)).toEqual([]);
  expect(classes.field('Shelf', 'books')).toEqual({ dataset: 'books', sharing: 'CONDITIONAL', personal: false });
});
