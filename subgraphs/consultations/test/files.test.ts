import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { chunkBytes } from '@hub/files';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph, walk } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperMachine } from '../src/papers/paper.machine.ts';
import { consultation } from '../src/tables.ts';

const hangzhou = '330100';
const me = member('10000000-0000-4000-8000-000000000001', hangzhou);
const other = member('10000000-0000-4000-8000-000000000002', hangzhou);
const ids = { open: '20000000-0000-4000-8000-000000000001', inner: '20000000-0000-4000-8000-000000000002' };
const clerk = staff(hangzhou);
let hub: TestSubgraph;

beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  const row = {
    owner: hangzhou,
    ownerAsFiled: hangzhou,
    title: '协商会',
    kind: 'TOPICAL',
    status: 'SCHEDULED',
    since: '2026-11-01',
  };
  await hub.put({
    table: consultation,
    rows: [
      { ...row, id: ids.open, visibility: 'PUBLIC' },
      { ...row, id: ids.inner, visibility: 'INTERNAL' },
    ],
  });
});
afterAll(() => hub.stop());

const run = async (name: string, input: object, as: Actor, selection = 'file { id }') => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  return { ...data?.[name], errors };
};
const codeOf = (answer: { errors: readonly string[]; userErrors?: { code: string }[] }) =>
  answer.errors[0] ?? answer.userErrors?.[0]?.code ?? null;

/** Sends bytes as the files face does. */
async function send(
  bytes: Buffer,
  as: Actor,
  sha256 = createHash('sha256').update(bytes).digest('hex'),
): Promise<string> {
  const { file } = await run('beginFile', { name: '材料.pdf', mediaType: 'application/pdf' }, as);
  for (let at = 0; at < bytes.length; at += chunkBytes)
    await run(
      'appendFileChunk',
      { file: file.id, position: at, bytes: bytes.subarray(at, at + chunkBytes).toString('base64') },
      as,
    );
  const done = await run('finishFile', { file: file.id, sha256, bytes: bytes.length }, as);
  if (codeOf(done)) throw new Error(String(codeOf(done)));
  return file.id;
}
const issue = (input: object, as: Actor = staff(hangzhou)) =>
  run(
    'addPaper',
    { consultation: ids.open, kind: 'MATERIAL', title: '材料', ...input },
    as,
    'paper { id version visibility file { id } versions { version file { id } } }',
  );
const read = async (id: string, as: Actor, from = 0, to = 9) =>
  (
    await hub.ask(
      'query ($id: ID!, $from: Int!, $to: Int!) { file(id: $id) { bytes sha256 url } fileBytes(id: $id, from: $from, to: $to) }',
      { as, variables: { id, from, to } },
    )
  ).data;

describe('a file', () => {
  test('is given back by any range, also over the border of two chunks', async () => {
    const bytes = randomBytes(chunkBytes * 2 + 777);
    const id = await send(bytes, staff(hangzhou));
    for (const [from, to] of [
      [0, 0],
      [0, 99],
      [chunkBytes - 5, chunkBytes + 5],
      [chunkBytes, chunkBytes * 2],
      [bytes.length - 3, bytes.length - 1],
    ] as const)
      expect(
        Buffer.from((await read(id, staff(hangzhou), from, to)).fileBytes, 'base64').equals(
          bytes.subarray(from, to + 1),
        ),
        `${from}-${to}`,
      ).toBe(true);
  });

  test('that nothing has taken on is seen by whoever sent it, and not by another member or the public', async () => {
    const id = await send(Buffer.from('mine'), me);
    expect((await read(id, me)).file).toMatchObject({ bytes: 4, url: `/files/${id}` });
    for (const as of [other, everyone, staff('330000'), department(hangzhou, ids.open)])
      expect(await read(id, as)).toEqual({ file: null, fileBytes: null });
  });

  test('isn’t usable with another sum, with a gap, or too large a piece', async () => {
    await expect(send(Buffer.from('text'), me, '0'.repeat(64))).rejects.toThrow('FILE_UNUSABLE');
    const { file } = await run('beginFile', { name: 'a', mediaType: 'text/plain' }, me);
    const piece = (position: number, bytes: Buffer) =>
      run('appendFileChunk', { file: file.id, position, bytes: bytes.toString('base64') }, me);
    expect(codeOf(await piece(0, Buffer.alloc(chunkBytes + 1)))).toBe('FILE_UNUSABLE');
    expect(codeOf(await piece(7, Buffer.from('x')))).toBe('FILE_UNUSABLE');
    expect(codeOf(await piece(chunkBytes, Buffer.from('late')))).toBeNull();
    expect(codeOf(await piece(chunkBytes, Buffer.from('twice')))).toBe('FILE_UNUSABLE');
    const sha256 = createHash('sha256').update('late').digest('hex');
    expect(codeOf(await run('finishFile', { file: file.id, sha256, bytes: 4 }, me))).toBe('FILE_UNUSABLE');
    expect(await read(file.id, me)).toEqual({ file: null, fileBytes: null });
  });

  test('is filled and finished by its sender alone', async () => {
    const { file } = await run('beginFile', { name: 'a', mediaType: 'text/plain' }, staff(hangzhou));
    const colleague: Actor = { kind: 'STAFF', subject: 'colleague', committee: hangzhou, duties: ['meetings'] };
    for (const as of [colleague, me, department(hangzhou, ids.open)])
      expect(codeOf(await run('appendFileChunk', { file: file.id, position: 0, bytes: 'eA==' }, as))).toBe('NOT_FOUND');
    for (const as of [everyone, { kind: 'OPERATOR', subject: 'o' } as const])
      expect(codeOf(await run('beginFile', { name: 'a', mediaType: 'text/plain' }, as))).toBe('FORBIDDEN');
  });
});

describe('a paper', () => {
  test('of what was said is the office’s until it shows it, with its file, and never to more than see the consultation', async () => {
    const show = async (part: string, visibility: string, as: Actor = clerk) =>
      codeOf(await run('setPartVisibility', { part, visibility }, as, 'consultation { id }'));
    for (const kind of ['MINUTES', 'REPORT']) {
      const file = await send(Buffer.from(`held back ${kind}`), clerk);
      const { paper } = await issue({ file, kind });
      expect([kind, paper.visibility]).toEqual([kind, 'INTERNAL']);
      expect((await read(file, other)).file).toBeNull();
      expect(await show(paper.id, 'PUBLIC', me)).toBe('NOT_FOUND');
      expect(await show(paper.id, 'MEMBERS')).toBeNull();
      expect([(await read(file, other)).file !== null, (await read(file, everyone)).file]).toEqual([true, null]);
      expect(await show(paper.id, 'PUBLIC')).toBeNull();
      expect((await read(file, everyone)).file).not.toBeNull();
    }
    const inner = await send(Buffer.from('within'), clerk);
    const { paper } = await issue({ consultation: ids.inner, kind: 'MINUTES', file: inner });
    expect(await show(paper.id, 'PUBLIC')).toBe('AUDIENCE_TOO_WIDE');
  });

  test('goes through the steps of its machine and no other', async () => {
    const { faults } = await walk({
      machine: paperMachine,
      ask: hub.ask,
      // Its author and a convenor are tried below: here the office issues it.
      as: { STAFF: clerk, MEMBER: clerk, AUTHOR: clerk, CONVENOR: clerk },
      strangers: [other, staff('330000'), department(hangzhou, ids.open)],
      reader: staff(hangzhou),
      inputs: {
        addPaper: async () => ({
          consultation: ids.open,
          kind: 'SPEECH',
          title: '发言',
          file: await send(randomBytes(9), staff(hangzhou)),
        }),
        replacePaper: async (paper) => ({ paper, file: await send(randomBytes(9), staff(hangzhou)) }),
        withdrawPaper: (paper) => ({ paper, reason: '有误' }),
      },
    });
    expect(faults).toEqual([]);
  });

  test('makes its file public with its consultation, and nobody else’s once that is narrowed', async () => {
    const file = await send(Buffer.from('public'), staff(hangzhou));
    expect(codeOf(await issue({ file }))).toBeNull();
    expect(Buffer.from((await read(file, everyone)).fileBytes, 'base64').toString()).toBe('public');
    await hub.testDatabase.admin`update consultations.consultation set visibility = 'INTERNAL' where id = ${ids.open}`;
    expect(await read(file, everyone)).toEqual({ file: null, fileBytes: null });
    expect((await read(file, staff(hangzhou))).file).not.toBeNull();
    await hub.testDatabase.admin`update consultations.consultation set visibility = 'PUBLIC' where id = ${ids.open}`;
    expect((await read(file, everyone)).file).not.toBeNull();
  });

  test('may be for fewer than see its consultation, and never for more', async () => {
    const file = await send(Buffer.from('inner'), staff(hangzhou));
    const { paper } = await issue({ file, visibility: 'MEMBERS' });
    expect(paper.visibility).toBe('MEMBERS');
    expect((await read(file, everyone)).file).toBeNull();
    expect((await read(file, other)).file).not.toBeNull();
    await hub.testDatabase.admin`update consultations.consultation set visibility = 'INTERNAL' where id = ${ids.open}`;
    expect((await read(file, other)).file).toBeNull();
    await hub.testDatabase.admin`update consultations.consultation set visibility = 'PUBLIC' where id = ${ids.open}`;
    const wider = await issue({
      consultation: ids.inner,
      file: await send(Buffer.from('x'), staff(hangzhou)),
      visibility: 'PUBLIC',
    });
    expect(codeOf(wider)).toBe('INVALID');
  });

  test('takes a file that is whole, its sender’s own, and nothing else’s, also when two take it at once', async () => {
    const mine = await send(Buffer.from('mine'), me);
    expect(codeOf(await issue({ file: mine }))).toBe('FILE_UNUSABLE');
    expect(codeOf(await issue({ file: mine, kind: 'SPEECH' }, other))).toBe('FILE_UNUSABLE');
    expect(codeOf(await issue({ file: mine }, me))).toBe('NOT_YOURS');
    expect(codeOf(await issue({ file: 'no id' }))).toBe('FILE_UNUSABLE');
    const both = await Promise.all([
      issue({ file: mine, kind: 'SPEECH' }, me),
      issue({ file: mine, kind: 'SPEECH' }, me),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['FILE_UNUSABLE', null].sort());
  });

  test('that a member issued is replaced and withdrawn by them, and by no other member', async () => {
    const { paper } = await issue({ file: await send(Buffer.from('a'), me), kind: 'SPEECH' }, me);
    const replace = async (as: Actor) =>
      codeOf(await run('replacePaper', { paper: paper.id, file: await send(randomBytes(5), as) }, as, 'paper { id }'));
    expect(await replace(other)).toBe('NOT_YOURS');
    expect(await replace(me)).toBeNull();
    const withdraw = async (as: Actor) =>
      codeOf(await run('withdrawPaper', { paper: paper.id, reason: '有误' }, as, 'paper { id }'));
    expect(await withdraw(other)).toBe('NOT_YOURS');
    expect(await withdraw(me)).toBeNull();
  });

  test('keeps its earlier versions for staff', async () => {
    const first = await send(Buffer.from('1'), staff(hangzhou));
    const { paper } = await issue({ file: first });
    const second = await send(Buffer.from('2'), staff(hangzhou));
    const replaced = await run(
      'replacePaper',
      { paper: paper.id, file: second },
      staff(hangzhou),
      'paper { version file { id } versions { version file { id } } }',
    );
    expect(replaced.paper).toEqual({
      version: 2,
      file: { id: second },
      versions: [{ version: 1, file: { id: first } }],
    });
    expect((await read(first, everyone)).file).toBeNull();
    expect((await read(second, everyone)).file).not.toBeNull();
    const { data } = await hub.ask('query ($id: ID!) { paper(id: $id) { versions { version } } }', {
      variables: { id: paper.id },
    });
    expect(data.paper.versions).toEqual([]);
  });
});
