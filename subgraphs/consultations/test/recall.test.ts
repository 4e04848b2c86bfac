import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consultationRows } from './records.ts';

const xinchang = '330624';
const shaoxing = '330600';
const shengzhou = '330683';
const office = staff(xinchang);
const bureauId = '70000000-0000-4000-8000-0000000000b1';
const otherId = '70000000-0000-4000-8000-0000000000b2';
const bureau = department(xinchang, bureauId);
const other = department(xinchang, otherId);
const author = member('70000000-0000-4000-8000-000000000001', xinchang);

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
async function take(name: string, input: object, record: string, as: Actor = office) {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${pascal(name)}Input!) { ${name}(input: $input) { ${record} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  const answer = data?.[name];
  return { ...answer, code: (errors[0] ?? answer?.userErrors[0]?.code ?? null) as string | null };
}
const ask = async (query: string, as: Actor, id: string) =>
  (await hub.ask(`query ($id: ID!) { ${query} }`, { as, variables: { id } })).data;

const fields =
  'id status answered answerEntered answer reason events { step role evidence { name value } } pendingSteps { step }';
/** Each kind of matter that is given to a department, by the names of its steps. */
const kinds = [
  {
    kind: 'suggestion',
    of: 'Suggestion',
    back: 'TAKEN',
    given: 'ASSIGNED',
    assign: (id: string, to: string) =>
      take('assignSuggestion', { suggestion: id, department: to }, `suggestion { ${fields} }`),
    make: async () => {
      await hub.put(...consultationRows({ key: 'recall', hosts: [xinchang], visibility: 'INTERNAL' }));
      const { suggestion } = await take(
        'recordSuggestion',
        { consultation: recordId('recall'), text: '增设路灯' },
        'suggestion { id }',
      );
      return suggestion.id as string;
    },
  },
  {
    kind: 'submission',
    of: 'Submission',
    back: 'ACCEPTED',
    given: 'ASSIGNED',
    assign: (id: string, to: string) =>
      take('assignSubmission', { submission: id, department: to }, `submission { ${fields} }`),
    make: async () => {
      const { submission } = await take(
        'fileSubmission',
        { committee: xinchang, kind: 'WISH', title: '路灯', text: '增设路灯' },
        'submission { id }',
        author,
      );
      await take('acceptSubmission', { submission: submission.id }, 'submission { id }');
      return submission.id as string;
    },
  },
  {
    kind: 'problem',
    of: 'Problem',
    back: 'FOUND',
    given: 'HANDED_OVER',
    assign: (id: string, to: string) =>
      take('handOverProblem', { problem: id, body: '建设局', department: to }, `problem { ${fields} }`),
    make: async () =>
      (await take('reportProblem', { title: '路灯不亮', text: '三盏路灯不亮' }, 'problem { id }')).problem.id as string,
  },
] as const;

describe.each(kinds)('a $kind that was given to a department by mistake', ({ kind, of, back, given, assign, make }) => {
  const recall = (id: string, as?: Actor) =>
    take(`recall${of}`, { [kind]: id, reason: '误交办' }, `${kind} { ${fields} }`, as);
  const seen = async (id: string, as: Actor) => (await ask(`${kind}(id: $id) { ${fields} }`, as, id))[kind];

  test('is called back, read by it no more, and given to another', async () => {
    const id = await make();
    expect((await assign(id, bureauId))[kind].status).toBe(given);
    expect(await seen(id, bureau)).not.toBeNull();
    for (const as of [bureau, author, staff(shengzhou), everyone])
      expect((await recall(id, as)).code, as.kind).toMatch(/FORBIDDEN|NOT_YOURS|NOT_FOUND/);
    const back1 = await recall(id);
    expect(back1.code).toBeNull();
    expect(back1[kind]).toMatchObject({ status: back, reason: '误交办' });
    expect(back1[kind].events.at(-1)).toMatchObject({
      step: `recall${of}`,
      role: 'STAFF',
      evidence: [{ name: 'reason', value: '误交办' }],
    });
    expect(await seen(id, bureau)).toBeNull();
    expect((await assign(id, otherId)).code).toBeNull();
    expect((await take(`answer${of}`, { [kind]: id, answer: '已装' }, `${kind} { id }`, bureau)).code).toBe(
      'NOT_FOUND',
    );
    const answer = await (kind === 'problem'
      ? take('reportProblemPutRight', { problem: id, measures: '已装' }, 'problem { id }', other).then(() =>
          take('answerProblem', { problem: id, answer: '已装' }, `problem { ${fields} }`, other),
        )
      : take(`answer${of}`, { [kind]: id, answer: '已装' }, `${kind} { ${fields} }`, other));
    expect(answer[kind]).toMatchObject({ status: 'ANSWERED', answered: today(), answerEntered: null });
    // What was answered isn't called back.
    expect((await recall(id)).code).toBe('STEP_NOT_ALLOWED');
  });

  test('and of which it answers on paper goes on: the office enters the answer with its day', async () => {
    const id = await make();
    await assign(id, bureauId);
    const record = (more: object, as?: Actor) =>
      take(`record${of}Answer`, { [kind]: id, answer: '已书面答复', ...more }, `${kind} { ${fields} }`, as);
    const tomorrow = new Date(Date.parse(today()) + 86_400_000).toISOString().slice(0, 10);
    expect((await record({ answered: tomorrow })).code).toBe('DATE_FUTURE');
    expect((await record({}, bureau)).code).toBe('FORBIDDEN');
    const done = await record({ answered: '2024-09-10' });
    expect(done[kind]).toMatchObject({
      status: 'ANSWERED',
      answer: '已书面答复',
      answered: '2024-09-10',
      answerEntered: today(),
    });
    expect(done[kind].events.at(-1)).toMatchObject({ step: `record${of}Answer`, role: 'STAFF' });
  });
});

describe('a letter that was sent to the wrong committee', () => {
  const letter = 'id recalled recallReason holder { code } pendingSteps { step }';
  const refer = async () => {
    const { problem } = await take('reportProblem', { title: '界河漂浮物', text: '界河有漂浮物' }, 'problem { id }');
    const { referral } = await take('referProblem', { problem: problem.id, to: shengzhou }, 'referral { id }');
    return { problem: problem.id as string, referral: referral.id as string };
  };
  const recall = (referral: string, as?: Actor) =>
    take('recallReferral', { referral, reason: '非该县辖区' }, `referral { ${letter} }`, as);

  test('is called back while its receiver has said nothing, and the matter is its sender’s again', async () => {
    const { problem, referral } = await refer();
    expect((await ask(`referral(id: $id) { ${letter} }`, office, referral)).referral.pendingSteps).toEqual([
      { step: 'recallReferral' },
    ]);
    for (const as of [staff(shengzhou), staff(shaoxing), author, everyone])
      expect((await recall(referral, as)).code, as.kind).toMatch(/FORBIDDEN|NOT_YOURS|NOT_FOUND/);
    const done = await recall(referral);
    expect(done.code).toBeNull();
    expect(done.referral).toEqual({
      id: referral,
      recalled: today(),
      recallReason: '非该县辖区',
      holder: { code: xinchang },
      pendingSteps: [],
    });
    expect((await ask('problem(id: $id) { status holder { code } }', office, problem)).problem).toEqual({
      status: 'FOUND',
      holder: { code: xinchang },
    });
    // Its receiver reads that it was called back, and has nothing to do with it.
    expect((await ask(`referral(id: $id) { ${letter} }`, staff(shengzhou), referral)).referral).toMatchObject({
      recalled: today(),
      pendingSteps: [],
    });
    expect((await take('takeReferral', { referral }, 'referralHandling { id }', staff(shengzhou))).code).toBe(
      'STEP_NOT_ALLOWED',
    );
    expect((await recall(referral)).code).toBe('STEP_NOT_ALLOWED');
    expect((await take('referProblem', { problem, to: shaoxing }, 'referral { id }')).code).toBeNull();
  });

  test('and that was taken stays with whoever took it', async () => {
    const { referral } = await refer();
    expect((await take('takeReferral', { referral }, 'referralHandling { id }', staff(shengzhou))).code).toBeNull();
    expect((await recall(referral)).code).toBe('STEP_NOT_ALLOWED');
  });

  test('and is called back and taken at once ends in one of both', async () => {
    const rounds = await Promise.all([1, 2, 3, 4].map(refer));
    for (const { problem, referral } of rounds) {
      const [back, taken] = await Promise.all([
        recall(referral),
        take('takeReferral', { referral }, 'referralHandling { id }', staff(shengzhou)),
      ]);
      expect([back.code, taken.code].filter((code) => code === null)).toHaveLength(1);
      expect([back.code, taken.code]).toContainEqual(expect.stringMatching(/STEP_NOT_ALLOWED|CONFLICT/));
      const { status } = (await ask('problem(id: $id) { status }', office, problem)).problem;
      expect(status).toBe(back.code === null ? 'FOUND' : 'REFERRED');
    }
  });
});
