import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import { department, everyone, feed, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consultationRows } from './records.ts';

const binjiang = '330108';
const office = staff(binjiang);
const author = '80000000-0000-4000-8000-000000000001';
const held = recordId('corrected');

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  await hub.put(...consultationRows({ key: 'corrected', hosts: [binjiang], visibility: 'PUBLIC' }));
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
const did = async (...given: Parameters<typeof take>) => {
  const answer = await take(...given);
  expect(answer.code).toBeNull();
  return answer;
};
const ask = async (query: string, as: Actor, id: string = held) =>
  (await hub.ask(`query ($id: ID!) { ${query} }`, { as, variables: { id } })).data;
const what = 'corrections { step reason former { name value } }';
const withdraw = (record: string, as?: Actor) =>
  take(
    'withdrawConsultationRecord',
    { record, reason: '误录' },
    'correction { record recordType step former { name value } }',
    as,
  );
const strangers = [
  staff('330110'),
  staff('330100'),
  { kind: 'STAFF', subject: 'proposals only', committee: binjiang, duties: ['proposals'] } as const,
  department(binjiang, author),
  member(author, binjiang),
  everyone,
];

/** What is entered, how it is corrected, and where others read it. */
const entries = [
  {
    what: 'an outcome',
    make: async () =>
      (
        await did(
          'recordOutcome',
          { consultation: held, kind: 'POLICY', title: '意见办法', visibility: 'PUBLIC' },
          'outcome { id }',
        )
      ).outcome.id,
    correct: (outcome: string) =>
      take(
        'correctOutcome',
        { outcome, title: '意见办理办法', on: '2024-09', reason: '错字' },
        `outcome { id ${what} }`,
      ),
    of: 'outcome',
    former: [{ name: 'title', value: '意见办法' }],
    list: 'outcomes { id corrections { step } }',
    recordType: 'ConsultationOutcome',
  },
  {
    what: 'an instruction',
    make: async () =>
      (
        await did(
          'recordInstruction',
          {
            consultation: held,
            level: 'COUNTY',
            side: 'PARTY_COMMITTEE',
            office: '区委书记',
            title: '批示',
            visibility: 'PUBLIC',
          },
          'outcome { id }',
        )
      ).outcome.id,
    correct: (outcome: string) =>
      take('correctOutcome', { outcome, office: '区长', side: 'GOVERNMENT' }, `outcome { id ${what} }`),
    of: 'outcome',
    former: [
      { name: 'side', value: 'PARTY_COMMITTEE' },
      { name: 'office', value: '区委书记' },
    ],
    list: 'outcomes { id corrections { step } }',
    recordType: 'ConsultationOutcome',
  },
  {
    what: 'a reading',
    make: async () =>
      (
        await did(
          'recordReading',
          {
            consultation: held,
            text: '已装290盏',
            indicator: '路灯',
            value: { value: 290 },
            unit: '盏',
            visibility: 'PUBLIC',
          },
          'reading { id }',
        )
      ).reading.id,
    correct: (reading: string) =>
      take('correctReading', { reading, text: '已装209盏', value: { value: 209 } }, `reading { id ${what} }`),
    of: 'reading',
    former: [
      { name: 'text', value: '已装290盏' },
      { name: 'value', value: expect.stringContaining('290') },
    ],
    list: 'readings { id corrections { step } }',
    recordType: 'FollowUpReading',
  },
  {
    what: 'a suggestion that the office recorded',
    make: async () =>
      (
        await did(
          'recordSuggestion',
          { consultation: held, text: '增设路灯', authors: [author], visibility: 'PUBLIC' },
          'suggestion { id }',
        )
      ).suggestion.id,
    correct: (suggestion: string) =>
      take('correctRecordedSuggestion', { suggestion, text: '增设红绿灯' }, `suggestion { id ${what} }`),
    of: 'suggestion',
    former: [{ name: 'text', value: '增设路灯' }],
    list: 'suggestions(first: 50) { nodes { id corrections { step } } }',
    recordType: 'Suggestion',
  },
] as const;

test.each(entries)(
  '$what is corrected and withdrawn by its owner alone, with what stood there kept for its office',
  async ({ make, correct, of, former, list, recordType }) => {
    const id = (await make()) as string;
    const corrected = await correct(id);
    expect(corrected.code).toBeNull();
    expect(corrected[of].corrections).toMatchObject([{ step: 'CORRECTED', former }]);
    const field = list.split(/[ (]/)[0] as string;
    const read = async (as: Actor) => {
      const found = (await ask(`consultation(id: $id) { ${list} }`, as)).consultation[field];
      return (found.nodes ?? found) as { id: string; corrections: unknown[] }[];
    };
    // Whoever reads it sees that it is so now, and nothing of what it was.
    expect((await read(everyone)).find((one) => one.id === id)).toEqual({ id, corrections: [] });
    for (const as of strangers) expect((await withdraw(id, as)).code, as.kind).toMatch(/FORBIDDEN|NOT_YOURS|NOT_FOUND/);
    const gone = await withdraw(id);
    expect(gone).toMatchObject({ code: null, correction: { record: id, recordType, step: 'WITHDRAWN' } });
    expect(gone.correction.former.length).toBeGreaterThan(0);
    for (const as of [office, everyone]) expect((await read(as)).some((one) => one.id === id)).toBe(false);
    expect((await withdraw(id)).code).toBe('NOT_FOUND');
    const { data } = await hub.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Committee { consultationCorrections { record step reason } } } }',
      { as: office, variables: { r: [{ __typename: 'Committee', code: binjiang }] } },
    );
    expect(data._entities[0].consultationCorrections[0]).toEqual({ record: id, step: 'WITHDRAWN', reason: '误录' });
  },
);

test('minutes and letters are corrected, and minutes that nothing followed are withdrawn and filed anew', async () => {
  const minutes = await did('fileMinutes', { consultation: held, minutes: '会议记要' }, 'followUp { id }');
  await did('correctMinutes', { followUp: minutes.followUp.id, minutes: '会议纪要' }, 'followUp { id }');
  expect((await withdraw(minutes.followUp.id)).code).toBeNull();
  expect((await ask('consultation(id: $id) { followUp { id } }', office)).consultation.followUp).toBeNull();
  const { followUp } = await did('fileMinutes', { consultation: held, minutes: '另一份纪要' }, 'followUp { id }');
  const shown = 'followUp { dispatches { id to documentNumber } }';
  const sent = await did(
    'sendResults',
    { followUp: followUp.id, to: '区委', form: 'SPECIAL_REPORT', title: '专报', documentNumber: '1号' },
    shown,
  );
  const [letter] = sent.followUp.dispatches;
  const corrected = await did('correctDispatch', { dispatch: letter.id, to: '区政府', documentNumber: null }, shown);
  expect(corrected.followUp.dispatches).toEqual([{ id: letter.id, to: '区政府', documentNumber: null }]);
  expect((await withdraw(followUp.id)).code).toBe('STEP_NOT_ALLOWED');
  expect((await withdraw(letter.id)).correction).toMatchObject({ recordType: 'ResultDispatch' });
  expect(
    (await ask('consultation(id: $id) { followUp { dispatches { id } } }', office)).consultation.followUp.dispatches,
  ).toEqual([]);
});

test('a decision that is withdrawn gives its place back to the one that it took the place of', async () => {
  const { suggestion } = await did('recordSuggestion', { consultation: held, text: '夜间公交' }, 'suggestion { id }');
  const decide = (more: object) =>
    did(
      'decideSuggestion',
      { suggestion: suggestion.id, body: 'GOVERNMENT', bodyName: '区政府', ...more },
      'suggestion { adoptions { id status superseded } }',
    );
  const [first] = (await decide({ status: 'UNDER_STUDY' })).suggestion.adoptions;
  const second = (await decide({ status: 'ADOPTED', supersedes: first.id })).suggestion.adoptions[1];
  expect((await withdraw(second.id)).code).toBeNull();
  expect(
    (await ask('suggestion(id: $id) { adoptions { id superseded } }', office, suggestion.id)).suggestion.adoptions,
  ).toEqual([{ id: first.id, superseded: false }]);
});

test('what a member suggested is the member’s to withdraw, and what was read otherwise since isn’t overwritten', async () => {
  const { suggestion } = await did(
    'makeSuggestion',
    { consultation: held, text: '我的建议' },
    'suggestion { id revision }',
    member(author, binjiang),
  );
  expect((await withdraw(suggestion.id)).code).toBe('INVALID');
  expect(
    (await take('correctRecordedSuggestion', { suggestion: suggestion.id, text: '改' }, 'suggestion { id }')).code,
  ).toBe('INVALID');
  const { outcome } = await did(
    'recordOutcome',
    { consultation: held, kind: 'POLICY', title: '办法' },
    'outcome { id revision }',
  );
  const answers = await Promise.all(
    ['甲', '乙'].map((title) =>
      take('correctOutcome', { outcome: outcome.id, title, expectedRevision: outcome.revision }, 'outcome { id }'),
    ),
  );
  expect(answers.map(({ code }) => code).sort()).toEqual(['CONFLICT', null].sort());
});

test('duty is as before by what is corrected, and loses by a withdrawal what was counted of that record alone', async () => {
  const facts = async () => {
    const { data } = await hub.ask(
      'query { dutyFeed(after: "", first: 1000) { facts { id record outcomes halfDays on member kind } } }',
      { as: feed },
    );
    return data.dutyFeed.facts.sort((a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id)) as {
      record: string;
    }[];
  };
  const { consultation: whole } = await did(
    'enterHeldConsultation',
    {
      committee: binjiang,
      title: '误录的协商会',
      kind: 'TOPICAL',
      parts: [{ title: '全体', starts: '2024-09-10T09:00+08:00', ends: '2024-09-10T11:00+08:00' }],
      attended: [author],
    },
    'consultation { id }',
  );
  const { suggestion } = await did(
    'recordSuggestion',
    { consultation: whole.id, text: '增设路灯', authors: [author] },
    'suggestion { id }',
  );
  const before = await facts();
  expect(before.some(({ record }) => record === suggestion.id)).toBe(true);
  await did('correctRecordedSuggestion', { suggestion: suggestion.id, text: '增设红绿灯' }, 'suggestion { id }');
  expect(await facts()).toEqual(before);
  expect((await withdraw(suggestion.id)).code).toBeNull();
  expect(await facts()).toEqual(before.filter(({ record }) => record !== suggestion.id));
  // A consultation that was entered by mistake goes with all who were there.
  expect((await withdraw(whole.id)).code).toBeNull();
  expect(await facts()).toEqual(before.filter(({ record }) => record !== suggestion.id && record !== whole.id));
  expect((await ask('consultation(id: $id) { id }', office, whole.id)).consultation).toBeNull();
  expect((await withdraw(held)).code).toBe('INVALID');
});
