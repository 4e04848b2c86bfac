import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import {
  agency,
  department,
  everyone,
  feed,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
} from '@hub/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  adoption,
  attendance,
  book,
  bookReading,
  coAuthorAnswer,
  coAuthorInvitation,
  consultation,
  discussionTopic,
  leave,
  part,
  participant,
  signIn,
  speaker,
  speech,
  submission,
  suggestionAuthor,
} from '../src/tables.ts';
import { consultationRows, participantRows, partRow } from './records.ts';

const owner = '330110';
const held = { start: '2024-05-20' };
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());
/** Where the feed stood before the test. */
let begin = '';
beforeEach(async () => {
  begin = (await page('', 1)).head;
});

const query = `query ($after: String!, $first: Int!) { dutyFeed(after: $after, first: $first) {
  facts { id member kind consultationKind title on outcomes halfDays rank authors recordType record consultation owner visibility parties }
  withdrawn next head } }`;
const page = async (after: string, first = 1_000) => {
  const { data, errors } = await hub.ask(query, { as: feed, variables: { after, first } });
  expect(errors).toEqual([]);
  return data.dutyFeed as {
    facts: { id: string; member: string; on: string; kind: string; outcomes: string[]; title: string }[];
    withdrawn: string[];
    next: string;
    head: string;
  };
};
/** Everything that is told after a place: the facts that stand at the end. */
const told = async (after: string, first?: number) => {
  const facts = new Map<string, object>();
  let pages = 0;
  for (let at = after, head = ''; at !== head; ) {
    const one = await page(at, first);
    for (const id of one.withdrawn) facts.delete(id);
    for (const fact of one.facts) facts.set(fact.id, fact);
    expect(one.next).not.toBe(at);
    ({ next: at, head } = one);
    pages += 1;
  }
  return { facts: [...facts.values()], pages };
};

let number = 0;
/** A consultation of its own with a participant. */
async function put(given: Record<string, unknown> = {}, who = recordId('someone')) {
  number += 1;
  const key = `feed/${number}`;
  const shape = { key, hosts: [owner] as [string] };
  const [whole, ...parts] = consultationRows(shape);
  await hub.put(
    { table: consultation, rows: (whole?.rows ?? []).map((row) => ({ ...row, held, heldFrom: held.start, ...given })) },
    ...parts,
  );
  const [rows] = participantRows(shape, 'someone', { owner, visibility: 'PUBLIC' });
  const taking = (rows?.rows ?? []).map((row) => ({ ...row, member: who }));
  await hub.put({ table: participant, rows: taking });
  return { key, id: recordId(key), shape, taking: taking[0] };
}
/** Authors of the suggestion of a consultation. */
const authorRows = (shape: Parameters<typeof partRow>[0], members: readonly string[]) => ({
  table: suggestionAuthor,
  rows: members.map((who, position) => ({
    ...partRow(shape, `${shape.key}/authors/${position}`),
    referenceOwner: owner,
    referenceVisibility: 'PUBLIC',
    suggestion: recordId(`${shape.key}/suggestion`),
    member: recordId(who),
    position,
  })),
});

describe('the feed of duty', () => {
  test('is for the follower alone', async () => {
    const others = [
      everyone,
      member('yuhang/member-li-dan', owner),
      staff(owner),
      department(owner, recordId('department')),
      liaison(owner),
      agency,
      operator,
    ];
    for (const as of others) {
      const { data, errors } = await hub.ask(query, { as, variables: { after: '', first: 10 } });
      expect(errors).toEqual(['FORBIDDEN']);
      expect(data?.dutyFeed ?? null).toBeNull();
    }
  });

  test('tells that a member took part in what was held on a day', async () => {
    const { id } = await put({ title: '小区接驳公交', localKind: '请你来协商' });
    const { facts } = await told(begin);
    expect(facts).toMatchObject([
      {
        member: recordId('someone'),
        kind: 'CONSULTATION',
        consultationKind: '请你来协商',
        title: '小区接驳公交',
        on: '2024-05-20',
        outcomes: ['PRESENT'],
        recordType: 'Consultation',
        record: id,
        consultation: id,
        owner,
        visibility: 'PUBLIC',
      },
    ]);
  });

  test('says nothing of what was planned, cancelled or dated to a month only', async () => {
    await put({ status: 'PLANNED' });
    await put({ status: 'CANCELLED' });
    await put({ held: { start: '2024-05' }, heldFrom: '2024-05-01' });
    await put({ held: null, heldFrom: '-infinity' });
    const { facts } = await told(begin);
    expect(facts).toEqual([]);
  });

  test('tells again what a change of the whole makes of its parts, and takes back what stands no more', async () => {
    const { id, taking } = await put();
    const { next } = await page(begin);
    await hub.testDatabase
      .admin`update consultations.consultation set title = '改名', held = '{"start":"2024-06-01"}', held_from = '2024-06-01' where id = ${id}`;
    const renamed = await page(next);
    expect(renamed).toMatchObject({ facts: [{ title: '改名', on: '2024-06-01' }], withdrawn: [] });
    await hub.testDatabase.admin`update consultations.consultation set status = 'NOT_HELD' where id = ${id}`;
    const undone = await page(renamed.next);
    expect(undone).toMatchObject({ facts: [], withdrawn: [taking?.id] });
    await hub.testDatabase
      .admin`update consultations.consultation set status = 'HELD', deleted = now() where id = ${id}`;
    expect(await page(undone.next)).toMatchObject({ facts: [], withdrawn: [taking?.id] });
  });

  test('counts who is named twice at one consultation once, and the other one when the first is withdrawn', async () => {
    const { taking, shape } = await put();
    await hub.put({
      table: participant,
      rows: [{ ...taking, ...partRow(shape, `${shape.key}/again`), role: '主持', position: 1 } as never],
    });
    const both = await told(begin);
    expect(both.facts).toHaveLength(1);
    const { next } = await page(begin);
    await hub.testDatabase.admin`update consultations.participant set deleted = now() where id = ${taking?.id ?? ''}`;
    const after = await page(next);
    expect(after.withdrawn).toEqual([taking?.id]);
    expect(after.facts.map(({ id }) => id)).toEqual([recordId(`${shape.key}/again`)]);
  });

  test('tells a suggestion to each author with the place among them, and that a side adopted it', async () => {
    const { shape } = await put({}, recordId('somebody else'));
    await hub.put(authorRows(shape, ['first', 'second']));
    const of = async () => (await told(begin)).facts.filter((fact) => (fact as { kind: string }).kind === 'SUGGESTION');
    const submitted = { kind: 'SUGGESTION', authors: 2, outcomes: ['SUBMITTED'], on: '2024-05-20' };
    expect((await of()).sort((one, other) => JSON.stringify(one).length - JSON.stringify(other).length)).toHaveLength(
      2,
    );
    expect(await of()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...submitted, member: recordId('first'), rank: 1 }),
        expect.objectContaining({ ...submitted, member: recordId('second'), rank: 2 }),
      ]),
    );
    const decision = {
      ...partRow(shape, `${shape.key}/adoption`),
      suggestion: recordId(`${shape.key}/suggestion`),
      body: 'GOVERNMENT',
      bodyName: '区政府',
      status: 'ADOPTED',
      position: 0,
    };
    const { next } = await page(begin);
    await hub.put({ table: adoption, rows: [decision] });
    const decided = await page(next);
    expect(decided.facts).toMatchObject([
      { outcomes: ['SUBMITTED', 'ADOPTED'] },
      { outcomes: ['SUBMITTED', 'ADOPTED'] },
    ]);
    expect(await of()).toMatchObject([{ outcomes: ['SUBMITTED', 'ADOPTED'] }, { outcomes: ['SUBMITTED', 'ADOPTED'] }]);
    await hub.put({ table: adoption, rows: [{ ...decision, status: 'NOT_ADOPTED', reason: '暂无条件' }] });
    expect(await of()).toMatchObject([{ outcomes: ['SUBMITTED'] }, { outcomes: ['SUBMITTED'] }]);
    const { next: before } = await page(decided.next);
    await hub.testDatabase
      .admin`update consultations.suggestion_author set deleted = now() where member = ${recordId('first')}`;
    expect(await page(before)).toMatchObject({
      facts: [{ member: recordId('second'), rank: 1, authors: 1 }],
      withdrawn: [recordId(`${shape.key}/authors/0`)],
    });
    expect(await of()).toMatchObject([{ member: recordId('second'), rank: 1, authors: 1 }]);
    await hub.testDatabase
      .admin`update consultations.suggestion set status = 'WITHDRAWN' where id = ${recordId(`${shape.key}/suggestion`)}`;
    expect(await of()).toEqual([]);
  });

  test('tells the topics and leads that a member brought, and nothing of what others did', async () => {
    const row = (key: string, kind: string, author: string | null, more = {}) => ({
      ...partRow({ key, hosts: [owner], visibility: 'INTERNAL' }, key),
      kind,
      title: key,
      text: '内容',
      filedBy: author ? 'MEMBER' : 'PUBLIC',
      author,
      received: '2024-03-01',
      status: 'RECEIVED',
      ...more,
    });
    const author = recordId('author');
    await hub.put({
      table: submission,
      rows: [
        row('topic', 'TOPIC', author),
        row('lead', 'LEAD', author, { consultation: recordId('feed/1') }),
        row('wish', 'WISH', author),
        row('of the public', 'TOPIC', null),
      ],
    });
    const { facts } = await told(begin);
    expect(facts).toHaveLength(2);
    expect(facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'TOPIC', title: 'topic', outcomes: ['SUBMITTED'], visibility: 'INTERNAL' }),
        expect.objectContaining({ kind: 'TOPIC', title: 'lead', outcomes: ['SUBMITTED', 'ADOPTED'] }),
      ]),
    );
  });
});

describe('attendance', () => {
  const starts = (hour: number) => `2024-05-20T0${hour}:00:00Z`;
  /** A meeting in three parts, of three hours, six hours and three hours, with members as they are. */
  async function meeting(members: Readonly<Record<string, string>>) {
    const { shape, id } = await put({ kind: 'PLENARY' }, recordId('a guest'));
    const row = (name: string, more: object = {}) => ({
      ...partRow({ ...shape, visibility: 'INTERNAL' }, `${shape.key}/${name}`),
      consultation: id,
      ...more,
    });
    await hub.put(
      {
        table: part,
        rows: [3, 6, 3].map((hours, position) => ({
          ...partRow(shape, `${shape.key}/part/${position}`),
          consultation: id,
          title: `第${position + 1}场`,
          starts: starts(position),
          ends: new Date(Date.parse(starts(position)) + hours * 3_600_000).toISOString(),
          position,
        })),
      },
      {
        table: attendance,
        rows: Object.entries(members).map(([who, status]) =>
          row(who, { member: recordId(who), status, invited: true }),
        ),
      },
    );
    return {
      id,
      key: shape.key,
      attended: (who: string) => recordId(`${shape.key}/${who}`),
      signIn: (who: string, at: number, minute = '00') =>
        hub.put({
          table: signIn,
          rows: [
            row(`${who}/sign-in/${at}`, {
              attendance: recordId(`${shape.key}/${who}`),
              part: recordId(`${shape.key}/part/${at}`),
              member: recordId(who),
              status: 'SIGNED_IN',
              way: 'DUTY_CODE',
              scannedAt: starts(at).replace(':00:00Z', `:${minute}:00Z`),
              receivedAt: starts(at),
            }),
          ],
        }),
      leave: (who: string, parts: string[]) =>
        hub.put({
          table: leave,
          rows: [
            row(`${who}/leave`, {
              attendance: recordId(`${shape.key}/${who}`),
              author: recordId(who),
              status: 'APPROVED',
              parts,
              reason: '出差',
            }),
          ],
        }),
    };
  }
  const of = async (who: string) =>
    (await told(begin)).facts.find((fact) => (fact as { member: string }).member === recordId(who));

  test('is told as present for the parts signed in at, in half days, and once however many there are', async () => {
    const { signIn } = await meeting({ 甲: 'SIGNED_UP', 乙: 'INVITED' });
    for (const at of [0, 1, 2]) await signIn('甲', at);
    await signIn('乙', 0);
    await signIn('乙', 2, '20');
    expect(await of('甲')).toMatchObject({
      kind: 'PLENARY',
      outcomes: ['PRESENT'],
      halfDays: 4,
      recordType: 'Consultation',
    });
    expect(await of('乙')).toMatchObject({ outcomes: ['PRESENT', 'LATE', 'PARTIAL'], halfDays: 2 });
  });

  test('is told as leave or absence where nobody signed in, and not at all of who waited or withdrew', async () => {
    const { leave } = await meeting({
      甲: 'SIGNED_UP',
      乙: 'INVITED',
      丙: 'WAITING',
      丁: 'WITHDRAWN',
      戊: 'SUBSTITUTED',
    });
    await leave('乙', []);
    expect(await of('甲')).toMatchObject({ outcomes: ['ABSENT'], halfDays: 4 });
    expect(await of('乙')).toMatchObject({ outcomes: ['LEAVE'] });
    for (const who of ['丙', '丁', '戊']) expect(await of(who)).toBeUndefined();
  });

  test('changes with a sign-in that is voided or comes in late, and with the day and the status of the meeting', async () => {
    const { id, attended, signIn } = await meeting({ 甲: 'SIGNED_UP' });
    await signIn('甲', 0);
    const { next } = await page(begin);
    await hub.testDatabase
      .admin`update consultations.sign_in set status = 'VOIDED', reason = '误扫' where attendance = ${attended('甲')}`;
    const voided = await page(next);
    expect(voided.facts).toMatchObject([{ member: recordId('甲'), outcomes: ['ABSENT'] }]);
    await signIn('甲', 1);
    const late = await page(voided.next);
    expect(late.facts).toMatchObject([{ outcomes: ['PRESENT', 'PARTIAL'], halfDays: 2 }]);
    await hub.testDatabase.admin`update consultations.consultation set status = 'SCHEDULED' where id = ${id}`;
    expect((await page(late.next)).withdrawn).toContain(attended('甲'));
  });

  test('takes the place of what a source says of the same member there', async () => {
    const { signIn, id } = await meeting({ 'a guest': 'INVITED' });
    await signIn('a guest', 0);
    const facts = (await told(begin)).facts.filter((fact) => (fact as { record: string }).record === id);
    expect(facts).toMatchObject([{ member: recordId('a guest'), outcomes: ['PRESENT', 'PARTIAL'] }]);
  });
});

describe('speeches', () => {
  test('are told of whoever spoke, by their kind, until they are withdrawn', async () => {
    const { shape, id } = await put({}, recordId('listener'));
    const row = (name: string, more: object) => ({ ...partRow(shape, `${shape.key}/${name}`), ...more });
    await hub.put(
      {
        table: speech,
        rows: [
          row('oral', { consultation: id, kind: 'ORAL', title: '口头发言', status: 'RECORDED' }),
          row('written', { consultation: id, kind: 'WRITTEN', title: '书面发言', status: 'SUBMITTED' }),
          row('withdrawn', { consultation: id, kind: 'WRITTEN', title: '撤回', status: 'WITHDRAWN' }),
        ],
      },
      {
        table: speaker,
        rows: ['oral', 'written', 'withdrawn'].map((name) =>
          row(`${name}/speaker`, {
            referenceOwner: owner,
            referenceVisibility: 'PUBLIC',
            speech: recordId(`${shape.key}/${name}`),
            member: recordId('speaker'),
          }),
        ),
      },
    );
    const facts = (await told(begin)).facts.filter(
      (fact) => (fact as { member: string }).member === recordId('speaker'),
    );
    expect(facts).toHaveLength(2);
    expect(facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'SPEECH', title: '口头发言', outcomes: ['DONE'], consultation: id }),
        expect.objectContaining({ kind: 'WRITTEN_SPEECH', title: '书面发言' }),
      ]),
    );
  });
});

describe('work between meetings', () => {
  test('is told of a topic whose draft was sent, to each who wrote it, and of a book that was read to its end', async () => {
    const shape = { key: 'work', hosts: [owner] as [string], visibility: 'MEMBERS' as const };
    const row = (name: string, more: object) => ({
      ...partRow(shape, `work/${name}`),
      referenceOwner: owner,
      referenceVisibility: 'PUBLIC',
      ...more,
    });
    const topic = (status: string) => ({
      table: discussionTopic,
      rows: [row('topic', { title: '接驳公交', text: '草案', author: recordId('poster'), status })],
    });
    const own = (name: string, more: object) => ({ ...partRow(shape, `work/${name}`), ...more });
    await hub.put(
      topic('DRAFTING'),
      {
        table: coAuthorInvitation,
        rows: ['one', 'two'].map((name) =>
          row(name, { topic: recordId('work/topic'), author: recordId('poster'), member: recordId(name) }),
        ),
      },
      {
        table: coAuthorAnswer,
        rows: ['one', 'two'].map((name) =>
          own(`${name}/answer`, {
            invitation: recordId(`work/${name}`),
            author: recordId(name),
            accepted: name === 'one',
          }),
        ),
      },
      { table: book, rows: [own('book', { title: '县域经济', status: 'LISTED' })] },
      {
        table: bookReading,
        rows: ['reader', 'beginner'].map((name) =>
          row(name, {
            book: recordId('work/book'),
            author: recordId(name),
            status: name === 'reader' ? 'FINISHED' : 'READING',
            finished: name === 'reader' ? '2024-06-30' : null,
          }),
        ),
      },
    );
    const reading = { kind: 'READING', member: recordId('reader'), on: '2024-06-30', outcomes: ['DONE'] };
    expect((await told(begin)).facts).toMatchObject([reading]);
    await hub.put(topic('SENT'));
    const sent = { kind: 'TOPIC', title: '接驳公交', authors: 2, outcomes: ['SUBMITTED'], visibility: 'MEMBERS' };
    const { facts } = await told(begin);
    expect(facts).toHaveLength(3);
    expect(facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...sent, member: recordId('poster'), rank: 1 }),
        expect.objectContaining({ ...sent, member: recordId('one'), rank: 2 }),
        expect.objectContaining(reading),
      ]),
    );
  });
});

describe('pages of the feed', () => {
  test('of one change each end where one page of all ends', async () => {
    for (let at = 0; at < 4; at += 1) await put();
    const whole = await told(begin);
    const single = await told(begin, 1);
    expect(single.pages).toBeGreaterThan(4);
    const byId = (facts: object[]) => new Map(facts.map((fact) => [(fact as { id: string }).id, fact]));
    expect(byId(single.facts)).toEqual(byId(whole.facts));
    expect(whole.facts).toHaveLength(4);
  });

  test('hold no more than 500 facts: a consultation with more is told over several', async () => {
    const { id, shape } = await put();
    const rows = Array.from({ length: 1_100 }, (_, at) => ({
      ...partRow(shape, `${shape.key}/many/${at}`),
      referenceOwner: owner,
      referenceVisibility: 'PUBLIC',
      consultation: id,
      member: recordId(`many/${at}`),
      position: at + 1,
    }));
    await hub.put({ table: participant, rows });
    const { head } = await page(begin, 1);
    await hub.testDatabase.admin`update consultations.consultation set title = '大会' where id = ${id}`;
    const first = await page(head);
    expect(first.facts).toHaveLength(500);
    expect(first.next).not.toBe(first.head);
    const all = await told(head);
    expect(all.pages).toBe(3);
    expect(all.facts).toHaveLength(1_101);
    expect(all.facts.every((fact) => (fact as { title: string }).title === '大会')).toBe(true);
  });

  test('say at once where nothing is new, and refuse a place that is none', async () => {
    const { head } = await page(begin);
    expect(await page(head)).toEqual({ facts: [], withdrawn: [], next: head, head });
    for (const after of ['nowhere', 'WzEsMl0', 'e30'])
      expect((await hub.ask(query, { as: feed, variables: { after, first: 10 } })).errors).toEqual(['BAD_USER_INPUT']);
    expect((await hub.ask(query, { as: feed, variables: { after: '', first: 5_000 } })).errors).toEqual([
      'PAGE_TOO_LARGE',
    ]);
  });

  test('cost two statements, whatever they hold', async () => {
    await put();
    const { head } = await page(begin);
    const { statements } = await hub.ask(query, { as: feed, variables: { after: begin, first: 1_000 } });
    expect(statements).toBe(2);
    expect((await hub.ask(query, { as: feed, variables: { after: head, first: 1_000 } })).statements).toBe(1);
  });
});
