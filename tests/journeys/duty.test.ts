import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import type { Transport } from '@hub/gateway';
import { apiSchemaFile, supergraphFile } from '@hub/gateway';
import { members } from '@hub/members';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { workstations } from '@hub/workstations';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dutySources, followDuty } from '../../gateway/src/followers/duty.ts';
import { tongcheng } from '../../subgraphs/members/test/scoring-rules/tongcheng.ts';
import { type Hub, startHub } from '../hub/hub.ts';

const [supergraph, apiSchema] = [supergraphFile, apiSchemaFile].map((file) => readFileSync(file, 'utf8')) as [
  string,
  string,
];
const sources = ['consultations', 'workstations'] as const;
const yuhang = '330110';
const who = 'yuhang/member-wang-aijuan';
/** The year that it is, in China. */
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

const until = async (holds: () => Promise<boolean>, ms = 60_000) => {
  for (const end = performance.now() + ms; performance.now() < end; await delay(50)) if (await holds()) return;
  throw new Error('it did not come about in time');
};

describe('the door of the follower', () => {
  test('is found by it in the supergraph, and by no client in the API', () => {
    expect(dutySources(supergraph)).toEqual(sources);
    expect(apiSchema).not.toMatch(
      /dutyFeed|DutyFeed|projectDuty|ProjectDuty|dutySources|DutySourcePlace|DutyFactInput/,
    );
  });
});

describe('duty in the whole hub', () => {
  let hub: Hub;
  afterEach(() => hub.stop());

  const reportOf = async (token: string) =>
    (
      await hub.do(
        `query ($id: ID!, $year: Int!) { member(id: $id) { dutyReport(year: $year) {
          basis total { value } lines { kind count } missing incomplete notice
          counted { total contributions { kind count facts { title source } } }
          score { scored total rulesVersion lines { item points } } } } }`,
        { id: recordId(who), year },
        token,
      )
    ).member.dutyReport;

  test('what a member does is counted from what happened, and what is missing is named and takes nothing away', async () => {
    hub = await startHub('over HTTP', { config: { supergraph } });
    const token = await hub.member(who, yuhang);
    await until(async () => (await reportOf(token)).incomplete === false);
    expect(await reportOf(token)).toMatchObject({ basis: 'COUNTED', missing: [], notice: null, score: null });

    await hub.do(
      'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { submission { id } userErrors { code } } }',
      { input: { committee: yuhang, kind: 'TOPIC', title: '小区接驳公交', text: '希望开通到地铁站的公交。' } },
      token,
    );
    await until(async () => (await reportOf(token)).counted.contributions.length === 1);
    expect((await reportOf(token)).counted.contributions).toEqual([
      { kind: '课题、议题', count: 1, facts: [{ title: '小区接驳公交', source: 'consultations' }] },
    ]);

    for (const [door, reply] of [
      ['query', await hub.ask('{ dutyFeed(after: "", first: 1) { next } }', { token })],
      ['cursor', await hub.ask('{ dutySources { name } }', { token: await hub.token({ role: 'operator' }) })],
      [
        'write',
        await hub.ask(
          'mutation { projectDuty(input: { source: "x", after: "", next: "", facts: [], withdrawn: [] }) { next } }',
          { token },
        ),
      ],
    ] as const)
      expect([door, reply.errors[0]?.extensions.code]).toEqual([door, 'GRAPHQL_VALIDATION_FAILED']);

    await hub.stopSubgraph('consultations');
    await hub.database
      .admin`update members.duty_source set heard_at = now() - interval '2 minutes' where name = 'consultations'`;
    const without = await reportOf(token);
    expect(without).toMatchObject({
      incomplete: true,
      missing: ['consultations'],
      notice: expect.stringContaining('协商与会议'),
      counted: { contributions: [{ count: 1 }] },
    });

    await hub.restart();
    await until(async () => (await reportOf(token)).incomplete === false);
    expect((await reportOf(token)).counted.contributions).toMatchObject([{ count: 1 }]);
  });

  test('what happens while members is away is counted when it is back', async () => {
    hub = await startHub('in process', { config: { supergraph } });
    const token = await hub.member(who, yuhang);
    await until(async () => (await reportOf(token)).incomplete === false);
    await hub.stopSubgraph('members');
    for (const title of ['其一', '其二'])
      await hub.ask(
        'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { userErrors { code } } }',
        { variables: { input: { committee: yuhang, kind: 'LEAD', title, text: '内容' } }, token },
      );
    await hub.restart();
    await until(async () => (await reportOf(token)).counted.contributions[0]?.count === 2);
    await delay(1_500);
    expect((await reportOf(token)).counted.contributions[0]).toMatchObject({ count: 2 });
  });

  test('a year is scored under the rules that the committee sets, and again under earlier ones', async () => {
    hub = await startHub('in process', { config: { supergraph } });
    const secretary = await hub.staff(yuhang);
    const set = (validFromYear: number, rules: object | string) =>
      hub.do(
        'mutation ($input: SetScoringRulesInput!) { setScoringRules(input: $input) { scoringRules { version label } userErrors { code path message } } }',
        {
          input: {
            committee: yuhang,
            validFromYear,
            rules: typeof rules === 'string' ? rules : JSON.stringify(rules),
          },
        },
        secretary,
      );
    const topics = {
      ...tongcheng,
      items: [
        ...tongcheng.items,
        { item: 'topic', label: '课题', kinds: ['TOPIC'], outcomes: ['SUBMITTED'], points: 3, unit: '件' },
      ],
    };
    expect((await set(2020, tongcheng)).setScoringRules).toMatchObject({
      scoringRules: { version: 1 },
      userErrors: [],
    });
    expect((await set(year, topics)).setScoringRules).toMatchObject({ scoringRules: { version: 2 }, userErrors: [] });
    const token = await hub.member(who, yuhang);
    await hub.do(
      'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { submission { id } } }',
      { input: { committee: yuhang, kind: 'TOPIC', title: '小区接驳公交', text: '内容' } },
      token,
    );
    await until(async () => (await reportOf(token)).score?.total === 3);
    expect(await reportOf(token)).toMatchObject({ score: { scored: true, total: 3, rulesVersion: 2 } });
    const again = await hub.do(
      'query ($id: ID!, $year: Int!) { member(id: $id) { dutyReport(year: $year, rulesVersion: 1) { score { total rulesVersion } } } }',
      { id: recordId(who), year },
      token,
    );
    expect(again.member.dutyReport.score).toEqual({ total: 0, rulesVersion: 1 });
  });
});

describe('the projection', () => {
  const subgraphs = new Map<string, TestSubgraph>();
  const of = (name: string): TestSubgraph => {
    const found = subgraphs.get(name);
    if (!found) throw new Error(`no subgraph ${name}`);
    return found;
  };
  beforeAll(async () => {
    for (const definition of [consultations, workstations, members] as const)
      subgraphs.set(definition.name, await startTestSubgraph(definition as never, 'facts'));
  });
  afterAll(async () => {
    for (const subgraph of subgraphs.values()) await subgraph.stop();
  });

  /** The subgraphs, reached by a way that may fail before an operation arrives or after it was done. */
  const way = (fails: () => 'BEFORE' | 'AFTER' | 'NOT' = () => 'NOT', changesAtOnce?: number): Transport => ({
    async send(name, { query, variables }, actor: Actor) {
      const failing = fails();
      if (failing === 'BEFORE') throw new Error('lost on the way there');
      const given = 'first' in (variables ?? {}) && changesAtOnce ? { ...variables, first: changesAtOnce } : variables;
      const { data, errors, statements } = await of(name).ask(query, { as: actor, variables: { ...given } });
      if (failing === 'AFTER') throw new Error('lost on the way back');
      if (errors.length > 0) throw new Error(errors.join());
      return { result: { data }, statements };
    },
  });
  const caughtUp = async () => {
    const read = await of('members').testDatabase.admin`select name, next, built, generation from members.duty_source`;
    for (const name of sources) {
      const { admin } = of(name).testDatabase;
      const [{ head } = { head: 0 }] =
        await admin`select coalesce(max(seq), 0)::float8 as head from ${admin(name)}.change`;
      const place = read.find((row) => row['name'] === name);
      if (!place || place['built'] !== place['generation'] || place['next'] === '') return false;
      if (JSON.parse(Buffer.from(place['next'], 'base64url').toString())[0] < head) return false;
    }
    return true;
  };
  const follow = (transport: Transport) => followDuty({ sources, transport, timeoutMs: 60_000, lost: () => undefined });
  const projected = async (transport: Transport) => {
    const follower = follow(transport);
    const nudging = setInterval(() => follower.nudge(), 20);
    await until(caughtUp);
    clearInterval(nudging);
    await follower.stop();
    return rows();
  };
  const rows = async () =>
    (
      await of('members').testDatabase.admin`
        select origin, fact, owner, visibility, subjects, member, kind, consultation_kind, title, on_day::text, outcomes, half_days, rank, authors, record_type, record, consultation, waiting
        from members.duty_fact where deleted is null order by origin, fact`
    ).map((row) => ({ ...row }));
  const fromNothing = async (transport: Transport) => {
    await of('members').testDatabase.admin`truncate members.duty_fact, members.duty_source`;
    return projected(transport);
  };

  /** The same numbers each time. */
  let seed = 20_261_124;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
  const happen = async () => {
    const { admin } = of('consultations').testDatabase;
    const { admin: places } = of('workstations').testDatabase;
    const [one] =
      await admin`select id, owner from (select * from consultations.consultation order by id limit 12) as few order by md5(id::text || ${String(random(1e9))}) limit 1`;
    const [activity] =
      await places`select id from (select * from workstations.activity order by id limit 12) as few order by md5(id::text || ${String(random(1e9))}) limit 1`;
    const [taking] =
      await admin`select id from (select * from consultations.participant order by id limit 12) as few order by md5(id::text || ${String(random(1e9))}) limit 1`;
    const [someone] = await of('members').testDatabase
      .admin`select id from members.member order by md5(id::text || ${String(random(1e9))}) limit 1`;
    const id = one?.['id'];
    const day = `2025-0${1 + random(9)}-1${random(9)}`;
    await pick([
      () => admin`update consultations.consultation set title = title || '改' where id = ${id}`,
      () =>
        admin`update consultations.consultation set status = ${pick(['HELD', 'NOT_HELD', 'HELD'])} where id = ${id}`,
      () =>
        admin`update consultations.consultation set held = ${admin.json({ start: day })}, held_from = ${day}, held_until = ${day} where id = ${id}`,
      () =>
        admin`update consultations.consultation set deleted = ${pick([null, null, new Date().toISOString()])} where id = ${id}`,
      () =>
        admin`update consultations.participant set deleted = ${pick([null, new Date().toISOString()])} where id = ${taking?.['id']}`,
      () => admin`insert into consultations.participant (id, owner, owner_as_filed, visibility, parties, subjects, reference_owner, reference_visibility, consultation, member, position)
        select gen_random_uuid(), owner, owner, visibility, parties, subjects, owner, 'PUBLIC', id, ${someone?.['id']}, ${random(9)} from consultations.consultation where id = ${id}`,
      () =>
        places`update workstations.activity set held = ${places.json({ start: day })}, held_from = ${day}, held_until = ${day} where id = ${activity?.['id']}`,
      () => places`insert into workstations.participation (id, owner, owner_as_filed, visibility, parties, subjects, reference_owner, reference_visibility, activity, member, position)
        select gen_random_uuid(), owner, owner, visibility, parties, subjects, owner, 'PUBLIC', id, ${someone?.['id']}, ${random(9)} from workstations.activity where id = ${activity?.['id']}`,
    ])();
  };

  test('of random events is the same as one made anew from nothing, in whatever pages', async () => {
    const follower = follow(way());
    for (let at = 0; at < 150; at += 1) {
      await happen();
      if (at % 5 === 0) follower.nudge();
    }
    await follower.stop();
    const kept = await projected(way());
    expect(kept.length).toBeGreaterThan(20);
    expect(await fromNothing(way())).toEqual(kept);
    expect(await fromNothing(way(undefined, 3))).toEqual(kept);
  });

  test('comes out the same where operations are lost on their way, there and back, and followers are many', async () => {
    const kept = await rows();
    for (let at = 0; at < 40; at += 1) await happen();
    const plain = await projected(way());
    expect(plain).not.toEqual(kept);
    const losing = () => (['BEFORE', 'AFTER', 'NOT', 'NOT', 'NOT', 'NOT'] as const)[random(6)] ?? 'NOT';
    await of('members').testDatabase.admin`truncate members.duty_fact, members.duty_source`;
    const others = [follow(way(losing, 7)), follow(way(undefined, 11))];
    await delay(100);
    // Ended in the middle, as a gateway may be.
    await others[0]?.stop();
    expect(await projected(way(undefined, 5))).toEqual(plain);
    await others[1]?.stop();
    expect(await rows()).toEqual(plain);
  });

  test('made again at the operator’s word stands all the while, and ends the same', async () => {
    const kept = await rows();
    await of('members').testDatabase
      .admin`update members.duty_fact set title = '旧' where origin = 'consultations' and deleted is null`;
    for (const source of sources) {
      const { data } = await of('members').ask(
        'mutation ($source: String!) { rebuildDuty(input: { source: $source }) { source userErrors { code } } }',
        { as: { kind: 'OPERATOR', subject: 'operator' }, variables: { source } },
      );
      expect(data.rebuildDuty).toEqual({ source, userErrors: [] });
    }
    expect(await rows()).toHaveLength(kept.length);
    expect(await projected(way(undefined, 20))).toEqual(kept);
  });
});
