/** Minutes, letters, instructions, readings, decisions and suggestions are for those whom their owner shows them to. */
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consultationRows } from './records.ts';

const county = '330482';
const across = '310116';
const city = '330400';
const office = staff(county);
const other = staff(across);
const author = member('10000000-0000-4000-8000-0000000000a1', county);
const colleague = member('10000000-0000-4000-8000-0000000000a2', county);
const water = '10000000-0000-4000-8000-0000000000d1';
const waterOffice = department(county, water);

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

async function hold(key: string, given: Partial<Parameters<typeof consultationRows>[0]> = {}): Promise<string> {
  const [whole, hosts] = consultationRows({ key, hosts: [county], ...given });
  if (whole && hosts) await hub.put(whole, hosts);
  return recordId(key);
}
const run = async (name: string, fields: string, input: object, as: Actor = office) => {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  const error = data?.[name]?.userErrors[0];
  return { ...data?.[name], code: errors[0] ?? error?.code ?? null, path: error?.path };
};
const show = async (part: string, visibility: string, as: Actor = office) =>
  (await run('setPartVisibility', 'consultation { id }', { part, visibility }, as)).code;
const widen = async (consultation: string, visibility: string, as: Actor = office) =>
  (await run('updateConsultation', 'consultation { visibility }', { consultation, visibility }, as)).code;

const kinds = [
  'suggestion',
  'adoption',
  'reading',
  'reported',
  'outcome',
  'instruction',
  'minutes',
  'dispatch',
  'handlingReport',
  'evaluation',
] as const;
type Parts = Record<(typeof kinds)[number], string>;

/** One of each kind, recorded by the office as its settings have it or as is given. */
async function record(consultation: string, given: { visibility?: string } = {}): Promise<Parts> {
  const { suggestion } = await run('makeSuggestion', 'suggestion { id }', { consultation, text: '疏浚界河' }, author);
  const its = { suggestion: suggestion.id };
  await run('takeSuggestion', 'suggestion { id }', { ...its, ...given });
  await run('assignSuggestion', 'suggestion { id }', { ...its, department: water });
  const decided = await run('decideSuggestion', 'suggestion { adoptions { id } }', {
    ...its,
    body: 'GOVERNMENT',
    bodyName: '市政府',
    status: 'ADOPTED',
    ...given,
  });
  const { reading } = await run('recordReading', 'reading { id }', {
    consultation,
    ...its,
    text: '已清淤三公里',
    ...given,
  });
  const reported = await run('reportReading', 'reading { id }', { ...its, text: '已招标' }, waterOffice);
  const linked = { consultation, title: '界河', suggestions: [suggestion.id], ...given };
  const { outcome } = await run('recordOutcome', 'outcome { id }', { ...linked, kind: 'WORK_STARTED' });
  const instruction = await run('recordInstruction', 'outcome { id }', {
    ...linked,
    level: 'COUNTY',
    side: 'PARTY_COMMITTEE',
    office: '市委书记',
    text: '请水利局阅研',
  });
  const { followUp } = await run('fileMinutes', 'followUp { id }', { consultation, minutes: '会议纪要', ...given });
  const of = { followUp: followUp.id, ...given };
  await run('sendResults', 'followUp { id }', { ...of, to: '市委', form: 'SPECIAL_REPORT', title: '专报' });
  await run('receiveHandlingReport', 'followUp { id }', { ...of, from: '市政府办', text: '已分解' });
  const evaluated = await run(
    'evaluateFollowUp',
    'followUp { dispatches { id } handlingReports { id } evaluations { id } }',
    { ...of, body: 'COMMITTEE', bodyName: '政协', attitude: 'SATISFIED', result: 'SATISFIED' },
  );
  const inside = evaluated.followUp;
  return {
    suggestion: suggestion.id,
    adoption: decided.suggestion.adoptions[0].id,
    reading: reading.id,
    reported: reported.reading.id,
    outcome: outcome.id,
    instruction: instruction.outcome.id,
    minutes: followUp.id,
    dispatch: inside.dispatches[0].id,
    handlingReport: inside.handlingReports[0].id,
    evaluation: inside.evaluations[0].id,
  };
}

/** Which of the parts somebody sees, looked at by every way to them. */
async function seen(consultation: string, parts: Parts, as: Actor): Promise<string[]> {
  const { data } = await hub.ask(
    `query ($id: ID!, $suggestion: ID!, $minutes: ID!, $outcome: ID!, $instruction: ID!) {
      consultation(id: $id) { readings { id } outcomes { id } suggestions { nodes { id } }
        followUp { id dispatches { id } handlingReports { id } evaluations { id } } }
      suggestion(id: $suggestion) { id adoptions { id } readings { id } outcomes { id } }
      followUp(id: $minutes) { id dispatches { id } handlingReports { id } evaluations { id } }
      outcome: consultationOutcome(id: $outcome) { id } instruction: consultationOutcome(id: $instruction) { id } }`,
    { as, variables: { id: consultation, ...parts } },
  );
  const found = JSON.stringify(data);
  return kinds.filter((kind) => found.includes(`"${parts[kind]}"`));
}
const none: string[] = [];

describe('each part of a consultation that is public', () => {
  test('is its office’s own when it is entered, and of those who made or handle what it is about', async () => {
    const held = await hold('test/entered');
    const parts = await record(held);
    expect(await seen(held, parts, everyone)).toEqual(none);
    expect(await seen(held, parts, colleague)).toEqual(none);
    expect(await seen(held, parts, staff(city))).toEqual(none);
    expect(await seen(held, parts, office)).toEqual(kinds);
    expect(await seen(held, parts, author)).toEqual([
      'suggestion',
      'adoption',
      'reading',
      'reported',
      'outcome',
      'instruction',
    ]);
    expect(await seen(held, parts, waterOffice)).toEqual(['suggestion', 'adoption', 'reading', 'reported']);
  });

  test('is as its owner gives it, and narrower than the consultation where they say so', async () => {
    const held = await hold('test/given');
    const parts = await record(held, { visibility: 'MEMBERS' });
    expect(await seen(held, parts, everyone)).toEqual(none);
    // What the department entered is the office's to show.
    expect(await seen(held, parts, colleague)).toEqual(kinds.filter((kind) => kind !== 'reported'));
    for (const kind of kinds) expect([kind, await show(parts[kind], 'PUBLIC')]).toEqual([kind, null]);
    expect(await seen(held, parts, everyone)).toEqual(kinds);
    for (const kind of ['minutes', 'instruction', 'adoption'] as const) await show(parts[kind], 'INTERNAL');
    // What stands in the minutes went with them.
    const inside = await hub.testDatabase.admin<{ visibility: string }[]>`
      select visibility from consultations.dispatch where id = ${parts.dispatch}
      union all select visibility from consultations.handling_report where id = ${parts.handlingReport}
      union all select visibility from consultations.follow_up_evaluation where id = ${parts.evaluation}`;
    expect(inside.map(({ visibility }) => visibility)).toEqual(['INTERNAL', 'INTERNAL', 'INTERNAL']);
    expect(await seen(held, parts, everyone)).toEqual(['suggestion', 'reading', 'reported', 'outcome']);
  });

  test('is narrowed with the consultation in the same statement, and widened by nothing but its owner', async () => {
    const held = await hold('test/narrowed');
    const parts = await record(held, { visibility: 'PUBLIC' });
    await show(parts.reported, 'PUBLIC');
    expect(await seen(held, parts, everyone)).toEqual(kinds);
    await hub.testDatabase.admin`update consultations.consultation set visibility = 'INTERNAL' where id = ${held}`;
    for (const as of [everyone, colleague, staff(city)]) expect(await seen(held, parts, as)).toEqual(none);
    expect(await seen(held, parts, office)).toEqual(kinds);
    expect(await widen(held, 'PUBLIC')).toBeNull();
    expect(await seen(held, parts, everyone)).toEqual(none);
    expect((await hub.ask(`{ consultation(id: "${held}") { id } }`)).data.consultation).not.toBeNull();
  });
});

describe('no part is wider than what it belongs to', () => {
  test('whatever its owner says', async () => {
    const held = await hold('test/members', { visibility: 'MEMBERS' });
    const parts = await record(held);
    for (const kind of kinds) expect([kind, await show(parts[kind], 'PUBLIC')]).toEqual([kind, 'AUDIENCE_TOO_WIDE']);
    const { code, path } = await run('recordInstruction', 'outcome { id }', {
      consultation: held,
      title: '批示',
      level: 'COUNTY',
      side: 'GOVERNMENT',
      office: '市长',
      visibility: 'PUBLIC',
    });
    expect([code, path]).toEqual(['AUDIENCE_TOO_WIDE', ['input', 'visibility']]);
    expect(await show(parts.suggestion, 'JOINT')).toBe('INVALID');
    expect(await show(parts.suggestion, 'PRIVATE')).toBe('INVALID');
    // A decision isn't shown to members before its suggestion is.
    expect(await show(parts.adoption, 'MEMBERS')).toBe('AUDIENCE_TOO_WIDE');
    expect(await show(parts.suggestion, 'MEMBERS')).toBeNull();
    expect(await show(parts.adoption, 'MEMBERS')).toBeNull();
    expect(await seen(held, parts, colleague)).toEqual(['suggestion', 'adoption']);
  });

  test('and whoever writes: the database refuses it', async () => {
    const held = await hold('test/refused', { visibility: 'MEMBERS' });
    const parts = await record(held);
    for (const [table, id, constraint] of [
      ['suggestion', parts.suggestion, 'suggestion_within_consultation'],
      ['adoption', parts.adoption, 'adoption_within_suggestion'],
      ['reading', parts.reading, 'reading_within_consultation'],
      ['outcome', parts.outcome, 'outcome_within_consultation'],
      ['follow_up', parts.minutes, 'follow_up_within_consultation'],
      ['dispatch', parts.dispatch, 'dispatch_within_follow_up'],
      ['handling_report', parts.handlingReport, 'handling_report_within_follow_up'],
      ['follow_up_evaluation', parts.evaluation, 'follow_up_evaluation_within_follow_up'],
    ] as const)
      for (const change of [
        "visibility = 'PUBLIC'",
        "visibility = 'UPWARD'",
        "visibility = 'JOINT', parties = '{310116}'",
      ])
        await expect(
          hub.testDatabase.admin.unsafe(`update consultations.${table} set ${change} where id = '${id}'`),
        ).rejects.toMatchObject({ constraint_name: constraint });
  });

  test('and nobody sets it but the office whose it is', async () => {
    const held = await hold('test/others');
    const parts = await record(held, { visibility: 'PUBLIC' });
    for (const [as, code] of [
      [staff(city), 'NOT_YOURS'],
      [other, 'NOT_YOURS'],
      [author, 'FORBIDDEN'],
      [waterOffice, 'FORBIDDEN'],
      [everyone, 'FORBIDDEN'],
    ] as const)
      expect(await show(parts.adoption, 'INTERNAL', as)).toBe(code);
    expect(await show(recordId('no/part'), 'INTERNAL')).toBe('NOT_FOUND');
    const hidden = await record(await hold('test/hidden'));
    expect(await show(hidden.instruction, 'INTERNAL', other)).toBe('NOT_FOUND');
    const { code } = await run('setPartVisibility', 'consultation { id }', {
      part: parts.outcome,
      visibility: 'INTERNAL',
      expectedRevision: 9,
    });
    expect(code).toBe('CONFLICT');
  });
});

describe('of joint work', () => {
  test('each side’s decision is shown by that side, and publishing the meeting publishes neither', async () => {
    const held = await hold('test/joint', { hosts: [county, across], visibility: 'JOINT' });
    const { suggestion } = await run('recordSuggestion', 'suggestion { id visibility }', {
      consultation: held,
      text: '联合清淤',
    });
    expect(suggestion.visibility).toBe('JOINT');
    const decide = async (as: Actor, bodyName: string, body = 'GOVERNMENT') =>
      (
        await run(
          'decideSuggestion',
          'suggestion { adoptions { id bodyName visibility } }',
          { suggestion: suggestion.id, body, bodyName, status: 'ADOPTED' },
          as,
        )
      ).suggestion.adoptions.find((one: { bodyName: string }) => one.bodyName === bodyName);
    const [ours, theirs] = [await decide(office, '平湖市政府'), await decide(other, '金山区政府')];
    const ourParty = await decide(office, '平湖市委', 'PARTY_COMMITTEE');
    const theirParty = await decide(other, '金山区委', 'PARTY_COMMITTEE');
    expect([ours.visibility, theirs.visibility]).toEqual(['JOINT', 'JOINT']);
    const bodies = async (as: Actor) => {
      const { data } = await hub.ask(
        `{ suggestion(id: "${suggestion.id}") { adoptedByAll adoptions { body bodyName } } }`,
        {
          as,
        },
      );
      return (
        data.suggestion && [
          data.suggestion.adoptedByAll,
          ...data.suggestion.adoptions.flatMap((one: { body: string; bodyName: string }) =>
            one.body === 'GOVERNMENT' ? [one.bodyName] : [],
          ),
        ]
      );
    };
    for (const as of [office, other]) expect(await bodies(as)).toEqual([true, '平湖市政府', '金山区政府']);
    expect(await widen(held, 'PUBLIC')).toBeNull();
    expect(await bodies(everyone)).toBeNull();
    expect(await show(suggestion.id, 'PUBLIC')).toBeNull();
    expect(await bodies(everyone)).toEqual([false]);
    expect(await show(theirs.id, 'PUBLIC')).toBe('NOT_YOURS');
    expect(await show(ours.id, 'PUBLIC')).toBeNull();
    expect(await bodies(everyone)).toEqual([false, '平湖市政府']);
    expect(await show(theirs.id, 'PUBLIC', other)).toBeNull();
    expect(await show(ourParty.id, 'PUBLIC')).toBeNull();
    expect(await bodies(everyone)).toEqual([false, '平湖市政府', '金山区政府']);
    expect(await show(theirParty.id, 'PUBLIC', other)).toBeNull();
    expect(await bodies(everyone)).toEqual([true, '平湖市政府', '金山区政府']);
    // What one side keeps to itself the other doesn't see either.
    expect(await show(theirs.id, 'INTERNAL', other)).toBeNull();
    expect(await bodies(office)).toEqual([false, '平湖市政府']);
    expect(await bodies(other)).toEqual([true, '平湖市政府', '金山区政府']);
  });

  test('its hosts see beforehand what the public will read of it, and nobody else does', async () => {
    const held = await hold('test/preview', { hosts: [county, across], visibility: 'JOINT' });
    const record = (text: string, as: Actor, visibility: string | null = null) =>
      run('recordSuggestion', 'suggestion { id }', { consultation: held, text, visibility }, as);
    const ours = (await record('清淤', office)).suggestion.id;
    await run('decideSuggestion', 'suggestion { id }', {
      suggestion: ours,
      body: 'GOVERNMENT',
      bodyName: '市政府',
      status: 'ADOPTED',
      visibility: 'INTERNAL',
    });
    const filed = await run('fileMinutes', 'followUp { id }', { consultation: held, minutes: '联席纪要' });
    const preview = async (as: Actor) => {
      const { data } = await hub.ask(
        `{ consultation(id: "${held}") { publicationPreview { awaited { code } parts { kind committee { code } text visibility public } } } }`,
        { as },
      );
      return data.consultation?.publicationPreview?.parts.map(
        (one: { kind: string; text: string; visibility: string; public: boolean }) => [
          one.kind,
          one.text,
          one.visibility,
          one.public,
        ],
      );
    };
    expect(await preview(office)).toEqual([
      ['SUGGESTION', '清淤', 'JOINT', false],
      ['DECISION', '市政府 ADOPTED', 'INTERNAL', false],
      ['MINUTES', '联席纪要', 'JOINT', false],
    ]);
    expect(await preview(other)).toEqual([
      ['SUGGESTION', '清淤', 'JOINT', false],
      ['MINUTES', '联席纪要', 'JOINT', false],
    ]);
    await widen(held, 'PUBLIC');
    await show(filed.followUp.id, 'PUBLIC');
    expect((await preview(office))?.map((one: readonly unknown[]) => one[3])).toEqual([false, false, true]);
    for (const as of [everyone, author, staff(city)]) expect(await preview(as)).toBeUndefined();
  });

  test('a host that comes later is shown what was shared before by whoever’s it is', async () => {
    const held = await hold('test/later', { hosts: [county, across], visibility: 'JOINT' });
    const { outcome } = await run('recordOutcome', 'outcome { id }', {
      consultation: held,
      kind: 'REPORT',
      title: '报告',
    });
    const sees = async (as: Actor) =>
      (await hub.ask(`{ consultationOutcome(id: "${outcome.id}") { id } }`, { as })).data.consultationOutcome !== null;
    await hub.testDatabase
      .admin`update consultations.consultation set parties = array['330482', '310116', '330421'] where id = ${held}`;
    expect([await sees(other), await sees(staff('330421'))]).toEqual([true, false]);
    const parties = async () =>
      (await hub.testDatabase.admin`select parties from consultations.outcome where id = ${outcome.id}`)[0]?.[
        'parties'
      ];
    expect([...(await parties())].sort()).toEqual([across, county]);
    await hub.testDatabase.admin`update consultations.consultation set parties = array['330482'] where id = ${held}`;
    expect([await sees(other), await sees(office)]).toEqual([false, true]);
    expect(await parties()).toEqual([county]);
  });
});

describe('what a committee has decided of it', () => {
  test('holds for what is entered from then on, within what shows it', async () => {
    const place = '330421';
    const own = staff(place);
    const make = async (key: string, given: Partial<Parameters<typeof consultationRows>[0]> = {}) => {
      const consultation = await hold(key, { hosts: [place], ...given });
      const input = { consultation, kind: 'REPORT', title: '报告' };
      return (await run('recordOutcome', 'outcome { id visibility }', input, own)).outcome;
    };
    const before = await make('test/setting-before');
    const { code } = await run(
      'changeConsultationSettings',
      'committee { code }',
      { committee: place, validFrom: today(), partVisibility: 'PUBLIC', jointPartVisibility: 'INTERNAL' },
      own,
    );
    expect(code).toBeNull();
    expect([before.visibility, (await make('test/setting-after')).visibility]).toEqual(['INTERNAL', 'PUBLIC']);
    expect((await make('test/setting-members', { visibility: 'MEMBERS' })).visibility).toBe('MEMBERS');
    expect((await make('test/setting-joint', { hosts: [place, across] })).visibility).toBe('INTERNAL');
    for (const wrong of [
      { partVisibility: 'JOINT' },
      { jointPartVisibility: 'MEMBERS' },
      { partVisibility: 'PRIVATE' },
    ])
      expect(
        (
          await run(
            'changeConsultationSettings',
            'committee { code }',
            { committee: place, validFrom: today(), ...wrong },
            own,
          )
        ).code,
      ).toBe('INVALID');
  });
});

describe('lists, searches, totals and the change feed', () => {
  test('follow a part’s own audience and not the consultation’s', async () => {
    const place = '330424';
    const own = staff(place);
    const held = await hold('test/found', { hosts: [place] });
    const input = { consultation: held, text: '海塘安澜工程提标' };
    const { suggestion } = await run('recordSuggestion', 'suggestion { id }', input, own);
    await run(
      'recordInstruction',
      'outcome { id }',
      {
        consultation: held,
        title: '批示',
        level: 'COUNTY',
        side: 'GOVERNMENT',
        office: '县长',
      },
      own,
    );
    const found = async (as: Actor) => {
      const { data } = await hub.ask(
        `{ suggestions(within: "${place}") { totalCount } found: suggestions(within: "${place}", filter: { text: "海塘安澜" }) { totalCount }
          consultationOutcomes(within: "${place}") { totalCount }
          _entities(representations: [{ __typename: "Committee", code: "${place}" }]) { ... on Committee { instructionSummary { total { value } } } } }`,
        { as },
      );
      return [data.suggestions, data.found, data.consultationOutcomes]
        .map(({ totalCount }) => totalCount)
        .concat(data._entities[0].instructionSummary.total.value);
    };
    expect([await found(everyone), await found(own)]).toEqual([
      [0, 0, 0, 0],
      [1, 1, 1, 1],
    ]);
    expect(await show(suggestion.id, 'PUBLIC', own)).toBeNull();
    expect(await found(everyone)).toEqual([1, 1, 0, 0]);
    const told = await hub.testDatabase.admin<{ before: string | null; after: string }[]>`
      select before ->> 'visibility' as before, after ->> 'visibility' as after from consultations.change
      where id = ${suggestion.id} and type = 'suggestion' order by seq`;
    expect(told.map(({ before, after }) => [before, after])).toEqual([
      [null, 'INTERNAL'],
      ['INTERNAL', 'PUBLIC'],
    ]);
  });
});
