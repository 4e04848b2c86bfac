import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '@hub/access';
import { recordId } from '@hub/facts';
import { chunkBytes } from '@hub/files';
import {
  agency,
  everyone,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreementMachine } from '../src/agreements/agreement.machine.ts';
import { milestoneMachine } from '../src/milestones/milestone.machine.ts';
import { cooperation as subgraphOfCooperation } from '../src/subgraph.ts';
import { visitFindingMachine } from '../src/visits/visit-finding.machine.ts';
import { doing, shangrao, songjiang, xuhui, yangchun } from './steps.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(subgraphOfCooperation, 'empty');
});
afterAll(() => subgraph.stop());

const { take, done, codeOf, see, active } = doing(() => subgraph);
const clerk = staff(songjiang);
const other = staff(shangrao);
const strangers: readonly Actor[] = [
  everyone,
  agency,
  operator,
  staff(xuhui),
  staff('310000'),
  member('made/member', songjiang),
  liaison(songjiang),
  { kind: 'STAFF', subject: 'other-duty', committee: songjiang, duties: ['proposals'] },
];
const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];

/** Sends bytes as the files face does. */
async function send(bytes: Buffer, as: Actor): Promise<string> {
  const ask = async (name: string, input: object) => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const { data } = await subgraph.ask(
      `mutation ($input: ${type}!) { ${name}(input: $input) { file { id } userErrors { code } } }`,
      { as, variables: { input } },
    );
    return data[name].file.id as string;
  };
  const file = await ask('beginFile', { name: '协议.pdf', mediaType: 'application/pdf' });
  for (let at = 0; at < bytes.length; at += chunkBytes)
    await ask('appendFileChunk', {
      file,
      position: at,
      bytes: bytes.subarray(at, at + chunkBytes).toString('base64'),
    });
  return ask('finishFile', { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length });
}
const pdf = (bytes = 200) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]);
const bytesOf = async (file: string, as: Actor): Promise<string | null> =>
  (await subgraph.ask(`{ fileBytes(id: "${file}", from: 0, to: 7) }`, { as })).data.fileBytes;

describe('milestones', () => {
  const titles = async (cooperation: string, as: Actor = other) =>
    (await see('cooperation', cooperation, 'milestones { title }', as)).milestones.map(
      ({ title }: { title: string }) => title,
    );
  const add = async (cooperation: string, title: string, rest: object = {}, as: Actor = clerk) =>
    (await done('addMilestone', { cooperation, title, stage: 'VISIT', ...rest }, as)).id as string;

  test('of any partner stand where they are put, with a date or without one', async () => {
    const cooperation = await active();
    const visit = await add(cooperation, '考察', { date: '2023-03-01' });
    const talks = await add(cooperation, '座谈', { date: '2024-03' }, other);
    await add(cooperation, '调研', { before: talks }, other);
    await add(cooperation, '初步接洽', { stage: 'CONTACT', before: visit });
    await add(cooperation, '专家指导', { stage: 'SUPPORT', date: '2023-06', before: talks });
    await add(cooperation, '签约', { stage: 'SIGNING' }, other);
    expect(await titles(cooperation)).toEqual(['初步接洽', '考察', '调研', '专家指导', '座谈', '签约']);
    const { milestones } = await see(
      'cooperation',
      cooperation,
      'milestones { date { start precision } done committee { code } }',
      clerk,
    );
    expect(milestones.map(({ date }: { date: unknown }) => date)).toEqual([
      null,
      { start: '2023-03-01', precision: 'DAY' },
      null,
      { start: '2023-06', precision: 'MONTH' },
      { start: '2024-03', precision: 'MONTH' },
      null,
    ]);
    expect(milestones[2].committee.code).toBe(shangrao);
  });

  test('stand in the order of their days, however late they are entered, and before what is planned', async () => {
    const cooperation = await active();
    await add(cooperation, '座谈', { date: '2024-03' });
    await done('planMilestone', { cooperation, title: '互访', stage: 'VISIT', plannedFor: '2999-05' }, other);
    await add(cooperation, '签约', { stage: 'SIGNING', date: '2025-12' }, other);
    const early = await add(cooperation, '考察', { date: '2023-09-02' });
    await add(cooperation, '调研', { date: '2023' }, other);
    expect(await titles(cooperation)).toEqual(['调研', '考察', '座谈', '签约', '互访']);
    await done('correctMilestone', { milestone: early, date: '2024-09-02' }, clerk);
    expect(await titles(cooperation)).toEqual(['调研', '座谈', '考察', '签约', '互访']);
  });

  test('that are corrected keep what stood there for their owner, and that are withdrawn are seen by nobody', async () => {
    const cooperation = await active({
      kind: 'COUNTERPART_AID',
      role: 'DONOR',
      partners: [{ committee: shangrao, role: 'RECIPIENT' }],
    });
    const id = await add(cooperation, '靠察', { date: '2023-09-02' });
    await done('correctMilestone', { milestone: id, title: '考察', date: '2023-09-03' }, clerk);
    const told = 'corrections { step former { name value } } events { step evidence { name value } }';
    const own = await see('milestone', id, told, clerk);
    expect(own.corrections).toEqual([
      {
        step: 'CORRECTED',
        former: [
          { name: 'title', value: '靠察' },
          { name: 'date', value: expect.stringContaining('2023-09-02') },
        ],
      },
    ]);
    const partners = await see('milestone', id, told, other);
    expect(partners.corrections).toEqual([]);
    expect(partners.events.at(-1)).toEqual({
      step: 'correctMilestone',
      evidence: [{ name: 'replaced', value: 'title date' }],
    });
    const withdraw = async (record: string, as: Actor) => {
      const { data, errors } = await subgraph.ask(
        'mutation ($input: WithdrawCooperationRecordInput!) { withdrawCooperationRecord(input: $input) { correction { recordType step } userErrors { code } } }',
        { as, variables: { input: { record, reason: '误录' } } },
      );
      const { correction, userErrors } = data?.withdrawCooperationRecord ?? { userErrors: [] };
      return { correction, code: (errors[0] ?? userErrors[0]?.code ?? null) as string | null };
    };
    for (const as of [other, ...strangers]) expect(refusals).toContain((await withdraw(id, as)).code);
    expect(await withdraw(id, clerk)).toEqual({
      correction: { recordType: 'Milestone', step: 'WITHDRAWN' },
      code: null,
    });
    expect(await titles(cooperation)).toEqual([]);
    expect(await see('milestone', id, 'id', clerk)).toBeNull();
    // An entry of aid that took another's place gives it back.
    const aid = async (input: object, name = 'recordAid') =>
      (await done(name, { form: '捐赠', amount: { value: 3 }, unit: '万元', ...input }, clerk)).id as string;
    const first = await aid({ cooperation });
    const second = await aid({ aidEntry: first, amount: { value: 30 }, reason: '更正' }, 'correctAid');
    const ledger = async () => (await see('cooperation', cooperation, 'aid { id superseded }', other)).aid;
    expect((await withdraw(second, clerk)).code).toBeNull();
    expect(await ledger()).toEqual([{ id: first, superseded: false }]);
    // And so do a visit and an outcome.
    const visit = (await done('recordVisit', { cooperation, title: '互访', heldFrom: '2024-05-01' }, clerk)).id;
    await done('correctVisit', { visit, title: '学习考察' }, clerk);
    expect((await see('visit', visit, 'corrections { former { name value } }', clerk)).corrections).toEqual([
      { former: [{ name: 'title', value: '互访' }] },
    ]);
    expect((await withdraw(visit, clerk)).correction).toMatchObject({ recordType: 'Visit' });
  });

  test('that two partners put in one place at once stand one behind the other', async () => {
    const cooperation = await active();
    const end = await add(cooperation, '座谈');
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        add(cooperation, `步骤${at}`, at % 3 === 0 ? {} : { before: end }, at % 2 === 0 ? clerk : other),
      ),
    );
    const order = await titles(cooperation);
    expect(order).toHaveLength(13);
    expect(order.indexOf('座谈')).toBe(8);
    // Again the same, and as the other side sees it.
    expect(await titles(cooperation, clerk)).toEqual(order);
    const { admin } = subgraph.testDatabase;
    const [row] = await admin`
      select count(distinct position)::int as places from cooperation.milestone where cooperation = ${cooperation}`;
    expect(row?.['places']).toBe(13);
  });

  test('stand in their order however often something is put in between', async () => {
    const cooperation = await active();
    await add(cooperation, '先');
    let before = await add(cooperation, '后');
    for (let at = 0; at < 60; at += 1) before = await add(cooperation, `间${at}`, { before });
    const order = await titles(cooperation);
    expect(order).toEqual(['先', ...Array.from({ length: 60 }, (_, at) => `间${59 - at}`), '后']);
  });

  test('that are planned are the next one until they are done, and then have the day on which they were', async () => {
    const cooperation = await active();
    await add(cooperation, '座谈');
    const planned = await done(
      'planMilestone',
      { cooperation, title: '双向转诊', stage: 'MECHANISM', plannedFor: '2999-05' },
      other,
      'id done date { start } plannedFor { start }',
    );
    expect(planned).toMatchObject({ done: false, date: null, plannedFor: { start: '2999-05' } });
    const next = async () => (await see('cooperation', cooperation, 'nextMilestone { title }', clerk)).nextMilestone;
    expect(await next()).toEqual({ title: '双向转诊' });
    // Neither is a planned day one on which something took place, nor one that is still to come.
    const { data } = await subgraph.ask('{ cooperations(filter: { from: "2999-01-01" }, first: 100) { totalCount } }', {
      as: clerk,
    });
    expect(data.cooperations.totalCount).toBe(0);
    expect(await codeOf('recordMilestoneDone', { milestone: planned.id, date: '2999-05-01' }, other)).toBe(
      'DATE_FUTURE',
    );
    expect(await codeOf('recordMilestoneDone', { milestone: planned.id }, clerk)).toBe('NOT_YOURS');
    expect(
      await done('recordMilestoneDone', { milestone: planned.id }, other, 'done date { start } plannedFor { start }'),
    ).toEqual({
      done: true,
      date: null,
      plannedFor: { start: '2999-05' },
    });
    expect(await next()).toBeNull();
    expect(
      await done(
        'correctMilestone',
        { milestone: planned.id, date: '2024-06-01', title: '建立双向转诊机制' },
        other,
        'title date { start }',
      ),
    ).toEqual({ title: '建立双向转诊机制', date: { start: '2024-06-01' } });
  });

  test('that are called off are out of the line, and say why', async () => {
    const cooperation = await active();
    const id = (await done('planMilestone', { cooperation, title: '互访', stage: 'VISIT' }, clerk)).id;
    await done('cancelMilestone', { milestone: id, reason: '改为线上' }, clerk);
    expect(await titles(cooperation)).toEqual([]);
    expect(await see('milestone', id, 'status reason', other)).toEqual({ status: 'CANCELLED', reason: '改为线上' });
  });

  test('name people for their own committee alone', async () => {
    const cooperation = await active();
    const person = recordId('songjiang/somebody');
    const id = await add(cooperation, '座谈', { people: [{ person, role: '主持' }] });
    expect(await see('milestone', id, 'people { role person { id } }', clerk)).toEqual({
      people: [{ role: '主持', person: { id: person } }],
    });
    expect(await see('milestone', id, 'people { role }', other)).toEqual({ people: [] });
  });

  test('are added to no cooperation that is over, and before no step of another one', async () => {
    const cooperation = await active();
    const elsewhere = await add(await active(), '座谈');
    expect(await codeOf('addMilestone', { cooperation, title: '走访', stage: 'VISIT', before: elsewhere }, clerk)).toBe(
      'INVALID',
    );
    expect(await codeOf('addMilestone', { cooperation, title: '走访', stage: 'VISIT', date: '2999' }, clerk)).toBe(
      'DATE_FUTURE',
    );
    await done('concludeCooperation', { cooperation, result: '期满' }, clerk);
    expect(await codeOf('addMilestone', { cooperation, title: '走访', stage: 'VISIT' }, clerk)).toBe(
      'STEP_NOT_ALLOWED',
    );
  });

  test('go through the steps of their machine and no other', async () => {
    const cooperation = await active();
    const input = { cooperation, title: '步骤', stage: 'VISIT' };
    const { faults, tried } = await walk({
      machine: milestoneMachine,
      ask: (query, options) => subgraph.ask(query, options),
      as: { STAFF: clerk },
      strangers: [...strangers, other],
      reader: clerk,
      inputs: {
        addMilestone: () => input,
        planMilestone: () => input,
        recordMilestoneDone: (milestone) => ({ milestone }),
        correctMilestone: (milestone) => ({ milestone, title: '更正' }),
        cancelMilestone: (milestone) => ({ milestone, reason: '理由' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(30);
  });
});

describe('visits', () => {
  const record = async (cooperation: string, as: Actor, rest: object = {}) =>
    (await done('recordVisit', { cooperation, title: '赴松江学习考察', ...rest }, as)).id as string;

  test('tell who went where and whom they saw, and what each side found', async () => {
    const cooperation = await active();
    const milestone = (
      await done('addMilestone', { cooperation, title: '考察', stage: 'VISIT', date: '2023-03-01' }, other)
    ).id;
    const visit = await record(cooperation, other, {
      host: songjiang,
      hostNames: ['上海市第一人民医院'],
      region: songjiang,
      place: '松江院区',
      heldFrom: '2023-03-01',
      heldUntil: '2023-03-02',
      delegation: '由主席带队',
      size: { value: 12, qualifier: 'AT_LEAST' },
      people: [{ person: recordId('shangrao/somebody'), role: '带队' }],
      milestone,
    });
    await done('recordVisitFinding', { visit, kind: 'EXPERIENCE', text: '专科共建' }, other);
    await done('recordVisitFinding', { visit, kind: 'SUGGESTION', text: '互派医生' }, clerk);
    const shown = `title committee { code } host { code } hostNames region { code } place held { start end } delegation
      size { text atLeast } people { role } milestone { id } findings { kind text committee { code } status }`;
    const seen = await see('visit', visit, shown, clerk);
    expect(seen).toEqual({
      title: '赴松江学习考察',
      committee: { code: shangrao },
      host: { code: songjiang },
      hostNames: ['上海市第一人民医院'],
      region: { code: songjiang },
      place: '松江院区',
      held: { start: '2023-03-01', end: '2023-03-02' },
      delegation: '由主席带队',
      size: { text: '12余', atLeast: true },
      people: [],
      milestone: { id: milestone },
      findings: [
        { kind: 'EXPERIENCE', text: '专科共建', committee: { code: shangrao }, status: 'RECORDED' },
        { kind: 'SUGGESTION', text: '互派医生', committee: { code: songjiang }, status: 'RECORDED' },
      ],
    });
    expect((await see('visit', visit, shown, other)).people).toEqual([{ role: '带队' }]);
    for (const as of strangers.slice(0, 5)) expect(await see('visit', visit, 'id', as)).toBeNull();
  });

  test('of one committee alone stand in a study visit of its own, each with where it went', async () => {
    const visitor = staff(yangchun);
    const cooperation = (
      await done(
        'proposeCooperation',
        { title: '赴珠三角考察', kind: 'STUDY_VISIT', field: '产业承接', role: 'VISITOR' },
        visitor,
      )
    ).id;
    for (const [region, title] of [
      ['440100', '走访广州'],
      ['440600', '走访佛山'],
      ['440606', '走访顺德'],
    ])
      await record(cooperation, visitor, { title, region });
    const page = async (as: Actor, first = 10) => {
      const { data } = await subgraph.ask(
        'query ($of: [_Any!]!, $first: Int) { _entities(representations: $of) { ... on Committee { visits(first: $first) { totalCount nodes { title region { name } held { start } } } } } }',
        { as, variables: { of: [{ __typename: 'Committee', code: yangchun }], first } },
      );
      return data._entities[0].visits;
    };
    const { totalCount, nodes } = await page(visitor);
    expect(totalCount).toBe(3);
    expect(new Set(nodes.map((one: { region: { name: string } }) => one.region.name))).toEqual(
      new Set(['广州市', '佛山市', '顺德区']),
    );
    expect(nodes.every((one: { held: unknown }) => one.held === null)).toBe(true);
    expect(await page(everyone)).toEqual({ totalCount: 0, nodes: [] });
  });

  test('are corrected by who made them, and only by who read the latest', async () => {
    const cooperation = await active();
    const visit = await record(cooperation, other);
    const { revision } = await see('visit', visit, 'revision', other);
    expect(await codeOf('correctVisit', { visit, place: '院区' }, clerk)).toBe('NOT_YOURS');
    const codes = await Promise.all([
      codeOf('correctVisit', { visit, expectedRevision: revision, place: '甲' }, other),
      codeOf('correctVisit', { visit, expectedRevision: revision, place: '乙' }, other),
    ]);
    expect([...codes].sort()).toEqual(['CONFLICT', null].sort());
    await done('correctVisit', { visit, heldFrom: '2023-03' }, other);
    expect(await see('visit', visit, 'title held { start precision }', clerk)).toEqual({
      title: '赴松江学习考察',
      held: { start: '2023-03', precision: 'MONTH' },
    });
  });

  test.each([
    ['a host that takes no part', { host: xuhui }, 'INVALID'],
    ['a host that is the visitor', { host: shangrao }, 'INVALID'],
    ['a day to come', { heldFrom: '2999-01-01' }, 'DATE_FUTURE'],
    ['an end before the beginning', { heldFrom: '2023-03-02', heldUntil: '2023-03-01' }, 'INVALID'],
    ['an end without a beginning', { heldUntil: '2023-03-01' }, 'INVALID'],
    ['too many hosts', { hostNames: Array(21).fill('单位') }, 'LIMIT_REACHED'],
    ['a region that is none', { region: '99' }, 'INVALID'],
  ])('with %s are refused', async (_, wrong, code) => {
    const cooperation = await active();
    expect(await codeOf('recordVisit', { cooperation, title: '考察', ...wrong }, other)).toBe(code);
  });

  test('have findings that go through the steps of their machine and no other', async () => {
    const cooperation = await active();
    const visit = await record(cooperation, clerk);
    const { faults, tried } = await walk({
      machine: visitFindingMachine,
      ask: (query, options) => subgraph.ask(query, options),
      as: { STAFF: clerk },
      strangers: [...strangers, other],
      reader: clerk,
      inputs: {
        recordVisitFinding: () => ({ visit, kind: 'PROBLEM', text: '问题' }),
        takeUpVisitFinding: (visitFinding) => ({ visitFinding, measures: '措施' }),
        carryOutVisitFinding: (visitFinding) => ({ visitFinding, result: '结果' }),
        setAsideVisitFinding: (visitFinding) => ({ visitFinding, reason: '理由' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(30);
  });
});

describe('agreements', () => {
  const add = async (cooperation: string, rest: object = {}, as: Actor = clerk) =>
    (await done('addAgreement', { cooperation, title: '合作协议', parties: ['甲医院', '乙医院'], ...rest }, as))
      .id as string;

  test('have files that are read by exactly those who see the agreement, whatever becomes of that', async () => {
    const cooperation = await active({}, [shangrao, yangchun]);
    const draft = await send(pdf(2 * chunkBytes), clerk);
    expect(await bytesOf(draft, other)).toBeNull();
    const agreement = await add(cooperation, { file: draft });
    const signed = await send(pdf(), clerk);
    await done('signAgreement', { agreement, file: signed }, clerk);
    for (const side of [other, staff(yangchun)]) await done('signAgreement', { agreement }, side);
    const annex = await send(pdf(), other);
    await done('attachAgreementFile', { agreement, kind: 'ANNEX', file: annex }, other);
    const readers = async () => {
      const of: Record<string, boolean[]> = {};
      for (const [name, as] of Object.entries({
        clerk,
        other,
        yangchun: staff(yangchun),
        xuhui: staff(xuhui),
        above: staff('310000'),
        member: member('made/member', songjiang),
        everyone,
        agency,
        operator,
      }))
        of[name] = await Promise.all([draft, signed, annex].map(async (file) => (await bytesOf(file, as)) !== null));
      return of;
    };
    const [all, none] = [Array(3).fill(true), Array(3).fill(false)];
    const others = { xuhui: none, above: none, member: none, everyone: none, agency: none, operator: none };
    expect(await readers()).toEqual({ clerk: all, other: all, yangchun: all, ...others });
    expect(
      await see(
        'agreement',
        agreement,
        'status signed { start } files { kind committee { code } file { id url } }',
        other,
      ),
    ).toEqual({
      status: 'SIGNED',
      signed: null,
      files: [
        { kind: 'DRAFT', committee: { code: songjiang }, file: { id: draft, url: `/files/${draft}` } },
        { kind: 'SIGNED', committee: { code: songjiang }, file: { id: signed, url: `/files/${signed}` } },
        { kind: 'ANNEX', committee: { code: shangrao }, file: { id: annex, url: `/files/${annex}` } },
      ],
    });
    await done('leaveCooperation', { cooperation, reason: '职责调整' }, staff(yangchun));
    expect(await readers()).toEqual({ clerk: all, other: all, yangchun: none, ...others });
    const files = (await see('agreement', agreement, 'files { id }', clerk)).files;
    expect(await codeOf('removeAgreementFile', { agreementFile: files[0].id }, other)).toBe('NOT_YOURS');
    await done('removeAgreementFile', { agreementFile: files[0].id }, clerk);
    expect(await bytesOf(draft, clerk)).toBeNull();
    expect((await see('agreement', agreement, 'files { kind }', other)).files).toHaveLength(2);
  });

  test('take no file that somebody else sent, that belongs to something, or that is none', async () => {
    const agreement = await add(await active());
    const mine = await send(pdf(), clerk);
    expect(await codeOf('attachAgreementFile', { agreement, kind: 'DRAFT', file: mine }, other)).toBe('FILE_UNUSABLE');
    await done('attachAgreementFile', { agreement, kind: 'DRAFT', file: mine }, clerk);
    expect(await codeOf('attachAgreementFile', { agreement, kind: 'SIGNED', file: mine }, clerk)).toBe('FILE_UNUSABLE');
    expect(await codeOf('signAgreement', { agreement, file: recordId('no/file') }, clerk)).toBe('FILE_UNUSABLE');
    expect((await see('agreement', agreement, 'status', clerk)).status).toBe('DRAFT');
  });

  test('name the one whose place they take, and are named there once they are in force', async () => {
    const cooperation = await active();
    const first = await add(cooperation, { termFrom: '2021', termUntil: '2023' });
    await done('signAgreement', { agreement: first }, other);
    await done('signAgreement', { agreement: first, signed: '2021-05' }, clerk);
    const second = await add(cooperation, { supersedes: first, termFrom: '2024' }, other);
    const seen = () => see('agreement', first, 'status term { start end } supersededBy { id }', clerk);
    expect(await seen()).toEqual({ status: 'SIGNED', term: { start: '2021', end: '2023' }, supersededBy: null });
    await done('signAgreement', { agreement: second }, other);
    expect((await seen()).supersededBy).toBeNull();
    await done('signAgreement', { agreement: second }, clerk);
    expect((await seen()).supersededBy).toEqual({ id: second });
    expect(await see('agreement', second, 'supersedes { id }', clerk)).toEqual({ supersedes: { id: first } });
    expect(
      await codeOf(
        'addAgreement',
        { cooperation: await active(), title: '协议', parties: ['甲'], supersedes: first },
        clerk,
      ),
    ).toBe('INVALID');
    expect(
      await codeOf(
        'addAgreement',
        { cooperation, title: '协议', parties: ['甲'], termFrom: '2024', termUntil: '2023' },
        clerk,
      ),
    ).toBe('INVALID');
    expect(await codeOf('addAgreement', { cooperation, title: '协议', parties: [] }, clerk)).toBe('REQUIRED');
    expect(await codeOf('signAgreement', { agreement: await add(cooperation), signed: '2999' }, clerk)).toBe(
      'DATE_FUTURE',
    );
  });

  test('go through the steps of their machine and no other', async () => {
    const cooperation = await active();
    // By the last of all it is signed, which the next test has; and each side signs for itself.
    const { SIGNED: _signed, ...states } = agreementMachine.states;
    const { concludeSigning: _concluded, ...steps } = agreementMachine.steps;
    const { faults, tried } = await walk({
      machine: { ...agreementMachine, states, steps },
      ask: (query, options) => subgraph.ask(query, options),
      as: { STAFF: clerk },
      strangers,
      reader: clerk,
      inputs: {
        addAgreement: () => ({ cooperation, title: '协议', parties: ['甲', '乙'] }),
        signAgreement: (agreement) => ({ agreement }),
        endAgreement: (agreement) => ({ agreement, reason: '期满' }),
      },
    });
    // Whoever has signed has: the next is another's.
    expect(faults).toEqual(['signAgreement in PARTLY_SIGNED by STAFF ends in ALREADY_THERE']);
    expect(tried).toBeGreaterThan(20);
  });
});

describe('an agreement of several', () => {
  const shownOf = async (agreement: string, as: Actor) =>
    see(
      'agreement',
      agreement,
      'status signatures { committee { code } signed on { start } } events { step } pendingSteps { step }',
      as,
    );
  const add = async (cooperation: string, rest: object = {}) =>
    (await done('addAgreement', { cooperation, title: '合作协议', parties: ['甲', '乙'], ...rest }, clerk))
      .id as string;

  test('is signed when every one of them has signed, each for itself, and by none alone', async () => {
    const cooperation = await active({}, [shangrao, yangchun]);
    const agreement = await add(cooperation);
    expect((await shownOf(agreement, other)).pendingSteps).toEqual([{ step: 'signAgreement' }]);
    await done('signAgreement', { agreement, signed: '2026-03' }, clerk);
    expect(await shownOf(agreement, other)).toMatchObject({
      status: 'PARTLY_SIGNED',
      signatures: [
        { committee: { code: songjiang }, signed: true, on: { start: '2026-03' } },
        ...[shangrao, yangchun].sort().map((code) => ({ committee: { code }, signed: false })),
      ],
    });
    expect(await codeOf('signAgreement', { agreement }, clerk)).toBe('ALREADY_THERE');
    expect((await shownOf(agreement, clerk)).pendingSteps).toEqual([{ step: 'endAgreement' }]);
    for (const stranger of strangers)
      expect(['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND']).toContain(await codeOf('signAgreement', { agreement }, stranger));
    expect(await codeOf('endAgreement', { agreement, reason: '作废' }, other)).toBe('NOT_YOURS');
    await done('signAgreement', { agreement }, other);
    expect((await shownOf(agreement, clerk)).status).toBe('PARTLY_SIGNED');
    await done('signAgreement', { agreement }, staff(yangchun));
    const signed = await shownOf(agreement, clerk);
    expect(signed.status).toBe('SIGNED');
    expect(signed.events.map(({ step }: { step: string }) => step)).toEqual([
      'addAgreement',
      ...Array(3).fill('signAgreement'),
      'concludeSigning',
    ]);
  });

  test('is signed by those that it names of the partners, two at least and its own among them', async () => {
    const cooperation = await active({}, [shangrao, yangchun]);
    const given = { cooperation, title: '协议', parties: ['甲'] };
    for (const committees of [[songjiang], [shangrao, yangchun], [songjiang, xuhui], [songjiang, shangrao, shangrao]])
      expect([committees, await codeOf('addAgreement', { ...given, committees }, clerk)]).toEqual([
        committees,
        'INVALID',
      ]);
    const agreement = await add(cooperation, { committees: [songjiang, shangrao] });
    expect(await codeOf('signAgreement', { agreement }, staff(yangchun))).toBe('NOT_YOURS');
    await done('signAgreement', { agreement }, other);
    await done('signAgreement', { agreement }, clerk);
    expect((await shownOf(agreement, staff(yangchun))).status).toBe('SIGNED');
  });
});

describe('outcomes', () => {
  const record = async (cooperation: string, rest: object = {}) =>
    (
      await done(
        'recordCooperationOutcome',
        { cooperation, title: '联动协商建议', kind: 'SUGGESTIONS', count: { value: 15 }, ...rest },
        clerk,
      )
    ).id as string;
  const decide = (cooperationOutcome: string, as: Actor, body: string, status = 'ADOPTED', rest: object = {}) =>
    take(
      'decideCooperationOutcome',
      { cooperationOutcome, body, bodyName: `${body}名`, status, ...rest },
      as,
      'adoptedByAll adoptions { id }',
    );

  test('are adopted by all once party committee and government of each side have, and no decision is another one', async () => {
    const outcome = await record(await active());
    const by = async (...step: Parameters<typeof decide>) => {
      const { code, record } = await decide(...step);
      expect(code).toBeNull();
      return record.adoptedByAll;
    };
    expect(await by(outcome, clerk, 'PARTY_COMMITTEE')).toBe(false);
    expect(await by(outcome, clerk, 'GOVERNMENT')).toBe(false);
    expect(await by(outcome, other, 'PARTY_COMMITTEE')).toBe(false);
    // A department stands in for no government.
    expect(await by(outcome, other, 'DEPARTMENT')).toBe(false);
    expect(await by(outcome, other, 'GOVERNMENT', 'UNDER_STUDY')).toBe(false);
    const { adoptions } = await see(
      'cooperationOutcome',
      outcome,
      'adoptions { id body status committee { code } }',
      clerk,
    );
    const studied = adoptions.find((one: { status: string }) => one.status === 'UNDER_STUDY');
    expect((await decide(outcome, other, 'GOVERNMENT')).code).toBe('DECISION_EXISTS');
    expect((await decide(outcome, clerk, 'GOVERNMENT', 'ADOPTED', { supersedes: studied.id })).code).toBe(
      'DECISION_SUPERSEDED',
    );
    expect(
      await by(outcome, other, 'GOVERNMENT', 'ADOPTED', {
        supersedes: studied.id,
        decided: '2022',
        document: '〔2022〕1号',
      }),
    ).toBe(true);
    const held = (
      await see('cooperationOutcome', outcome, 'adoptions { body status superseded committee { code } }', clerk)
    ).adoptions;
    expect(held.filter((one: { superseded: boolean }) => one.superseded)).toEqual([
      { body: 'GOVERNMENT', status: 'UNDER_STUDY', superseded: true, committee: { code: shangrao } },
    ]);
    expect(await by(outcome, clerk, 'COMMITTEE', 'NOT_ADOPTED', { reason: '条件不成熟' })).toBe(false);
  });

  test('are not adopted by all while a partner that joined later is silent, and are again when it has left', async () => {
    const cooperation = await active();
    const outcome = await record(cooperation);
    for (const as of [clerk, other])
      for (const body of ['PARTY_COMMITTEE', 'GOVERNMENT']) expect((await decide(outcome, as, body)).code).toBeNull();
    const all = async () => (await see('cooperationOutcome', outcome, 'adoptedByAll', clerk)).adoptedByAll;
    expect(await all()).toBe(true);
    await done('inviteCooperationPartner', { cooperation, committee: yangchun, role: 'PARTNER' }, clerk);
    expect(await all()).toBe(true);
    await done('acceptCooperation', { cooperation }, staff(yangchun));
    expect(await all()).toBe(false);
    await done('leaveCooperation', { cooperation, reason: '职责调整' }, staff(yangchun));
    expect(await all()).toBe(true);
  });

  test('may come, and be decided on, after the end; a refusal needs its reason', async () => {
    const cooperation = await active();
    await done('concludeCooperation', { cooperation, result: '形成联合报告' }, clerk);
    const outcome = await record(cooperation, { kind: 'JOINT_REPORT', title: '联合报告' });
    expect((await decide(outcome, other, 'GOVERNMENT', 'NOT_ADOPTED')).code).toBe('REQUIRED');
    expect((await decide(outcome, other, 'GOVERNMENT')).code).toBeNull();
    for (const as of strangers) expect(refusals).toContain((await decide(outcome, as, 'GOVERNMENT')).code);
  });

  test('name an agreement and a step of their own cooperation only', async () => {
    const cooperation = await active();
    const elsewhere = await active();
    const agreement = (await done('addAgreement', { cooperation, title: '协议', parties: ['甲'] }, other)).id;
    const foreign = (await done('addAgreement', { cooperation: elsewhere, title: '协议', parties: ['甲'] }, other)).id;
    const outcome = await record(cooperation, { kind: 'AGREEMENT', title: '协议', agreement });
    expect(await see('cooperationOutcome', outcome, 'agreement { id } count { value }', other)).toEqual({
      agreement: { id: agreement },
      count: { value: 15 },
    });
    expect(
      await codeOf(
        'recordCooperationOutcome',
        { cooperation, title: '协议', kind: 'AGREEMENT', agreement: foreign },
        clerk,
      ),
    ).toBe('INVALID');
  });
});

describe('the aid ledger', () => {
  test('is kept by who gives and who receives, and corrected by new entries only', async () => {
    const cooperation = await active({
      kind: 'COUNTERPART_AID',
      role: 'DONOR',
      partners: [{ committee: shangrao, role: 'RECIPIENT' }],
    });
    const input = { form: '物资帮扶', amount: { value: 90, qualifier: 'AT_LEAST', text: '90多' }, unit: '万元' };
    const first = (await done('recordAid', { cooperation, ...input, given: '2024' }, clerk)).id;
    await done('recordAid', { cooperation, ...input, form: '消费帮扶', amount: { value: 5 } }, other);
    expect(await codeOf('correctAid', { aidEntry: first, ...input, reason: '少计' }, other)).toBe('NOT_YOURS');
    const corrected = { ...input, amount: { value: 95 }, reason: '少计一笔' };
    const codes = await Promise.all([
      codeOf('correctAid', { aidEntry: first, ...corrected }, clerk),
      codeOf('correctAid', { aidEntry: first, ...corrected }, clerk),
    ]);
    expect([...codes].sort()).toEqual(['AID_CORRECTED', null].sort());
    const { aid } = await see(
      'cooperation',
      cooperation,
      'aid { form amount { text qualifier } superseded reason corrects { id } committee { code } }',
      other,
    );
    expect(aid).toEqual([
      {
        form: '物资帮扶',
        amount: { text: '90多', qualifier: 'AT_LEAST' },
        superseded: true,
        reason: null,
        corrects: null,
        committee: { code: songjiang },
      },
      {
        form: '消费帮扶',
        amount: { text: '5', qualifier: 'EXACT' },
        superseded: false,
        reason: null,
        corrects: null,
        committee: { code: shangrao },
      },
      {
        form: '物资帮扶',
        amount: { text: '95', qualifier: 'EXACT' },
        superseded: false,
        reason: '少计一笔',
        corrects: { id: first },
        committee: { code: songjiang },
      },
    ]);
  });

  test('is for those who give or receive, and for nobody else', async () => {
    const cooperation = await active();
    const input = { cooperation, form: '物资帮扶', amount: { value: 90 }, unit: '万元' };
    for (const as of [clerk, other, ...strangers]) expect(refusals).toContain(await codeOf('recordAid', input, as));
  });
});

test('with all that hangs on it a list costs the same number of statements, however long it is', async () => {
  const fill = async () => {
    const cooperation = await active();
    const visit = (await done('recordVisit', { cooperation, title: '考察' }, other)).id;
    for (const text of ['甲', '乙']) await done('recordVisitFinding', { visit, kind: 'PROBLEM', text }, other);
    const agreement = (
      await done('addAgreement', { cooperation, title: '协议', parties: ['甲'], file: await send(pdf(), clerk) }, clerk)
    ).id;
    const outcome = (
      await done('recordCooperationOutcome', { cooperation, title: '建议', kind: 'AGREEMENT', agreement }, clerk)
    ).id;
    await done(
      'decideCooperationOutcome',
      { cooperationOutcome: outcome, body: 'GOVERNMENT', bodyName: '政府', status: 'ADOPTED' },
      clerk,
    );
    await done('planMilestone', { cooperation, title: '互访', stage: 'VISIT' }, clerk);
  };
  for (let at = 0; at < 4; at += 1) await fill();
  const query = `query ($first: Int) { cooperations(first: $first, orderBy: MODIFIED_DESC) { nodes {
    events { step } pendingSteps { step } nextMilestone { title }
    partners { status events { step } pendingSteps { step } organizations { name } cooperation { id } }
    milestones { title events { step } pendingSteps { step } }
    visits { title people { role } findings { text events { step } pendingSteps { step } visit { id } } }
    agreements { title files { kind file { name url } } supersedes { id } supersededBy { id } events { step } pendingSteps { step } }
    outcomes { title adoptedByAll adoptions { body } agreement { id } milestone { id } cooperation { id } }
    aid { form corrects { id } } } } }`;
  const short = await subgraph.ask(query, { as: clerk, variables: { first: 1 } });
  const long = await subgraph.ask(query, { as: clerk, variables: { first: 4 } });
  expect(short.errors).toEqual([]);
  expect(long.data.cooperations.nodes).toHaveLength(4);
  expect(long.statements).toBe(short.statements);
  expect(long.statements).toBeLessThanOrEqual(24);
});
