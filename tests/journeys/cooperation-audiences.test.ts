import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { cooperation } from '@hub/cooperation';
import type { Transport } from '@hub/gateway';
import { apiSchemaFile, supergraphFile } from '@hub/gateway';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cooperationSources, followCooperationAudiences } from '../../gateway/src/followers/cooperation-audiences.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn } from '../hub/steps.ts';

const [supergraph, apiSchema] = [supergraphFile, apiSchemaFile].map((file) => readFileSync(file, 'utf8')) as [
  string,
  string,
];
const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';

const until = async (holds: () => Promise<boolean>, ms = 60_000) => {
  for (const end = performance.now() + ms; performance.now() < end; await delay(50)) if (await holds()) return;
  throw new Error('it did not come about in time');
};

describe('the door of the follower', () => {
  test('is found by it in the supergraph, and by no client in the API', () => {
    expect(cooperationSources(supergraph)).toEqual(['cooperation']);
    expect(apiSchema).not.toMatch(
      /rojectCooperationAudiences|ooperationSource|CooperationAudience\w*Input\b(?<!Rebuild\w*)/,
    );
  });
});

describe('the cooperation of a joint plan', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('over HTTP', { template: 'empty' });
  });
  afterAll(() => hub.stop());
  const { done, see } = stepsOn(() => hub);
  const staffOf = (committee: string) => () => hub.staff(committee, ['meetings']);
  const shownTo = async (plan: string) => {
    const shown: string[] = [];
    for (const committee of [songjiang, shangrao, xuhui]) {
      const { cooperation } = await see('jointPlan', plan, 'cooperation { id title }', staffOf(committee));
      if (cooperation) shown.push(`${committee} ${cooperation.title}`);
    }
    return shown;
  };
  const comesToBe = async (plan: string, expected: readonly string[]) => {
    await until(async () => String(await shownTo(plan)) === String(expected));
  };

  test('is seen by those who take part in it, comes with an invitation into it and goes with a refusal', async () => {
    const own = await done(
      'proposeCooperation',
      {
        kind: 'PAIRING',
        title: '结对',
        field: '医疗',
        partners: [{ committee: shangrao, role: 'PARTNER' }],
      },
      staffOf(songjiang),
      'id visibility',
    );
    expect(own.visibility).toBe('JOINT');
    const { id: plan } = await done(
      'startJointPlan',
      {
        committee: songjiang,
        parties: [{ committee: shangrao }, { committee: xuhui }],
        title: '协商',
        kind: 'TOPICAL',
        online: true,
        durationMinutes: 60,
        starts: [new Date(Date.now() + 40 * 86_400_000).toISOString()],
        cooperation: own.id,
      },
      staffOf(songjiang),
    );
    await comesToBe(plan, [`${songjiang} 结对`, `${shangrao} 结对`]);
    const invited = { cooperation: own.id, committee: xuhui, role: 'PARTNER' };
    await done('inviteCooperationPartner', invited, staffOf(songjiang));
    await comesToBe(plan, [`${songjiang} 结对`, `${shangrao} 结对`, `${xuhui} 结对`]);
    await done('declineCooperation', { cooperation: own.id, reason: '不便' }, staffOf(shangrao));
    await comesToBe(plan, [`${songjiang} 结对`, `${xuhui} 结对`]);
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
    for (const definition of [cooperation, consultations] as const)
      subgraphs.set(definition.name, await startTestSubgraph(definition as never, 'facts'));
    await cooperations()`insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status)
      select gen_random_uuid(), ${songjiang}, ${songjiang}, 'INTERNAL', '合作', 'PAIRING', '医疗', 'ACTIVE' from generate_series(1, 450)`;
  });
  afterAll(async () => {
    for (const subgraph of subgraphs.values()) await subgraph.stop();
  });
  const cooperations = () => of('cooperation').testDatabase.admin;
  const kept = () => of('consultations').testDatabase.admin;

  /** The same numbers each time. */
  let seed = 20_261_127;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
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
  const follow = (transport: Transport) =>
    followCooperationAudiences({ sources: ['cooperation'], transport, timeoutMs: 60_000, lost: () => undefined });
  const projected = async () =>
    (
      await kept()`select id, owner, visibility, parties, subjects from consultations.cooperation_audience where deleted is null order by id`
    ).map((row) => ({ ...row }));
  const there = async () =>
    (
      await cooperations()`select id, owner, visibility, parties, subjects from cooperation.cooperation where deleted is null order by id`
    ).map((row) => ({ ...row }));
  const caughtUp = async () => {
    const [place] = await kept()`select next, built, generation from consultations.cooperation_source`;
    const [head] = await cooperations()`select coalesce(max(seq), 0)::text as seq from cooperation.change`;
    return place?.['built'] === place?.['generation'] && place?.['next'] === head?.['seq'];
  };
  const followed = async (transport: Transport) => {
    const follower = follow(transport);
    const nudging = setInterval(() => follower.nudge(), 20);
    await until(caughtUp);
    clearInterval(nudging);
    await follower.stop();
    expect(await projected()).toEqual(await there());
  };
  const happen = async () => {
    const visibility = ['INTERNAL', 'PUBLIC', 'JOINT', 'UPWARD'][random(4)] ?? 'PUBLIC';
    const parties = visibility === 'JOINT' ? [songjiang, ...(random(2) ? [shangrao] : [xuhui])] : [];
    const deleted = random(5) === 0 ? new Date().toISOString() : null;
    await cooperations()`update cooperation.cooperation set visibility = ${visibility}, parties = ${parties}, deleted = ${deleted}
      where id = (select id from cooperation.cooperation order by md5(id::text || ${String(random(40))}) limit 1)`;
  };

  test('is what the cooperations are, whatever happens to them, in whatever pages', async () => {
    await followed(way());
    expect((await projected()).length).toBeGreaterThan(450);
    for (let at = 0; at < 60; at += 1) await happen();
    await followed(way(undefined, 3));
  });

  test('comes out the same where operations are lost on their way, there and back, and followers are many', async () => {
    const losing = () => (['BEFORE', 'AFTER', 'NOT', 'NOT', 'NOT', 'NOT'] as const)[random(6)] ?? 'NOT';
    await kept()`truncate consultations.cooperation_audience, consultations.cooperation_source`;
    const others = [follow(way(losing, 40)), follow(way(undefined, 110))];
    for (let at = 0; at < 40; at += 1) await happen();
    // Ended in the middle, as a gateway may be.
    await others[0]?.stop();
    await followed(way(undefined, 50));
    await others[1]?.stop();
    expect(await projected()).toEqual(await there());
  });

  test('begins anew where its source does, as from a backup', async () => {
    await cooperations().begin(async (sql) => {
      await sql`delete from cooperation.change where seq > 3`;
      await sql`select setval('cooperation.change_seq', 3)`;
    });
    const told = await cooperations()`select id from cooperation.change where type = 'cooperation'`;
    const follower = follow(way());
    await until(caughtUp);
    await follower.stop();
    const known = new Set(told.map(({ id }) => id));
    expect((await projected()).every(({ id }) => known.has(id))).toBe(true);
    // What happens from then on is told by numbers that were told before.
    const [changed] =
      await cooperations()`update cooperation.cooperation set visibility = 'PUBLIC', deleted = null where deleted is null and visibility <> 'PUBLIC' returning id`;
    const again = follow(way());
    await until(caughtUp);
    await again.stop();
    expect((await projected()).find(({ id }) => id === changed?.['id'])).toMatchObject({ visibility: 'PUBLIC' });
  });
});
