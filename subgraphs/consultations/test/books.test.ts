import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import {
  department,
  everyone,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookMachine } from '../src/books/book.machine.ts';
import { bookReadingMachine } from '../src/books/book-reading.machine.ts';

const yuhang = '330110';
const me = member('10000000-0000-4000-8000-000000000001', yuhang);
const other = member('10000000-0000-4000-8000-000000000002', yuhang);
const outsider = member('10000000-0000-4000-8000-000000000003', '330114');
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

const run = async (name: string, input: object, as: Actor, selection: string) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  return { code: errors[0] ?? data[name].userErrors[0]?.code ?? null, ...data?.[name] };
};
const list = (title: string, as: Actor = staff(yuhang), more: object = {}) =>
  run('listBook', { committee: yuhang, title, ...more }, as, 'book { id isbn status }');
const start = (book: string, as: Actor) => run('startReading', { book }, as, 'bookReading { id status }');
let titles = 0;
const newBook = async () => {
  titles += 1;
  return (await list(`书 ${titles}`)).book.id as string;
};

describe('the reading list', () => {
  test('a book goes through the steps of its machine and no other', async () => {
    const { faults } = await walk({
      machine: bookMachine,
      ask: hub.ask,
      as: { STAFF: staff(yuhang), MEMBER: me },
      strangers: [outsider, staff('330100'), department(yuhang, me.member), operator, everyone],
      reader: staff(yuhang),
      inputs: {
        proposeBook: () => ({ title: '江村经济' }),
        listBook: () => ({ committee: yuhang, title: '江村经济' }),
        acceptBook: (book) => ({ book }),
        declineBook: (book) => ({ book, reason: '已在书单' }),
        closeBook: (book) => ({ book }),
      },
    });
    expect(faults).toEqual([]);
  });

  test('what a member reads goes through the steps of its machine, by that member alone', async () => {
    const { faults } = await walk({
      machine: bookReadingMachine,
      ask: hub.ask,
      as: { MEMBER: me, AUTHOR: me },
      strangers: [other, outsider, staff(yuhang), operator, everyone],
      reader: me,
      inputs: {
        startReading: async () => ({ book: await newBook() }),
        finishReading: (bookReading) => ({ bookReading }),
        writeReadingNote: (bookReading) => ({ bookReading, note: '读后有感' }),
      },
    });
    expect(faults).toEqual([]);
  });

  test('takes a book by a sound number only, in one form, and once', async () => {
    expect((await list('论中国', staff(yuhang), { isbn: '978-7-5086-3532-1' })).code).toBe('INVALID');
    expect((await list('数字', staff(yuhang), { isbn: '978-0-306-40615-7' })).book.isbn).toBe('9780306406157');
    expect((await list('数字 又一本', staff(yuhang), { isbn: '0-306-40615-2' })).code).toBe('ALREADY_THERE');
    expect((await list('倒着', staff(yuhang), { readFrom: '2026-03-01', readUntil: '2026-02-01' })).code).toBe(
      'INVALID',
    );
  });

  test('a book is begun once by a member, also when the phone sends it twice, and not by another committee’s', async () => {
    const book = await newBook();
    const both = await Promise.all([start(book, me), start(book, me)]);
    expect(both.map(({ code }) => code).sort()).toEqual(['ALREADY_THERE', null]);
    expect((await start(book, outsider)).code).toBe('NOT_FOUND');
    await run('closeBook', { book }, staff(yuhang), 'book { id }');
    expect((await start(book, other)).code).toBe('STEP_NOT_ALLOWED');
  });

  test('counts who reads and who has read, shows notes to members and nothing to the public', async () => {
    const book = await newBook();
    const mine = await start(book, me);
    await start(book, other);
    await run('writeReadingNote', { bookReading: mine.bookReading.id, note: '乡土中国' }, me, 'bookReading { id }');
    const look = (as: Actor) =>
      hub.ask(
        'query ($id: ID!) { book(id: $id) { readers finished readings { totalCount nodes { note status member { id } } } } }',
        { as, variables: { id: book } },
      );
    const seen = (await look(other)).data.book;
    expect(seen).toMatchObject({ readers: 2, finished: 1, readings: { totalCount: 2 } });
    expect(seen.readings.nodes).toContainEqual({ note: '乡土中国', status: 'FINISHED', member: { id: me.member } });
    for (const as of [everyone, outsider]) expect((await look(as)).data.book).toBeNull();
  });

  test('costs the same number of statements for one book and for twenty', async () => {
    const query = (first: number) =>
      hub.ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { books(first: ${first}, statuses: [LISTED]) { totalCount nodes { title readers finished events { step } pendingSteps { step } readings(first: 2) { nodes { status } } } } } } }`,
        { as: staff(yuhang), variables: { of: [{ __typename: 'Committee', code: yuhang }] } },
      );
    for (let at = 0; at < 20; at += 1) await newBook();
    const [one, twenty] = [await query(1), await query(20)];
    expect(twenty.data._entities[0].books.nodes).toHaveLength(20);
    expect(twenty.statements).toBe(one.statements);
  });
});
