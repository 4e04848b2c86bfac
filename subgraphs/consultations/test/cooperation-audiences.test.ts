import type { Actor, Visibility } from '@hub/access';
import { consultations } from '@hub/consultations';
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
import { ahead, planning } from './joint-plan.ts';

const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';
const province = '310000';

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
let days = 300;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  await hub.testDatabase.admin`truncate consultations.cooperation_audience, consultations.cooperation_source`;
});

interface Told {
  readonly id: string;
  readonly seq: number;
  readonly visibility?: Visibility;
  readonly parties?: readonly string[];
  readonly gone?: boolean;
}
/** What the follower hands over, each of them Songjiang's. @returns where its keeper has read to, or the error */
const tell = async (after: string, next: string, told: readonly Told[] = [], as: Actor = feed): Promise<string> => {
  const audiences = told.map(({ id, seq, visibility = 'JOINT', parties = [songjiang, shangrao], gone }) => ({
    id,
    seq: String(seq),
    audience: gone
      ? null
      : { owner: songjiang, visibility, parties: visibility === 'JOINT' ? parties : [], subjects: [] },
  }));
  const { data, errors } = await hub.ask(
    'mutation ($input: ProjectCooperationAudiencesInput!) { projectCooperationAudiences(input: $input) { next } }',
    { as, variables: { input: { source: 'cooperation', after, next, audiences } } },
  );
  return errors[0] ?? data.projectCooperationAudiences.next;
};
const cooperation = () => crypto.randomUUID();
const startWith = async (id: string, parties = [shangrao, xuhui]): Promise<string> => {
  days += 1;
  return (await plans.start(songjiang, parties, { starts: [ahead(days)], cooperation: id })).id;
};
/** Who of them is shown the cooperation of a plan. */
const shownTo = async (plan: string, ...committees: readonly string[]): Promise<string[]> => {
  const shown: string[] = [];
  for (const committee of committees) {
    const { data } = await hub.ask('query ($id: ID!) { jointPlan(id: $id) { id cooperation { id } } }', {
      as: staff(committee),
      variables: { id: plan },
    });
    expect(data.jointPlan.id).toBe(plan);
    if (data.jointPlan.cooperation) shown.push(committee);
  }
  return shown;
};
const all = [songjiang, shangrao, xuhui] as const;

describe('the cooperation of a joint plan', () => {
  test('is shown to the staff of its own parties, and not to a party of the plan alone', async () => {
    const id = cooperation();
    await tell('', '1', [{ id, seq: 1 }]);
    expect(await shownTo(await startWith(id), ...all)).toEqual([songjiang, shangrao]);
  });

  test('is shown to all parties of the plan where it is public', async () => {
    const id = cooperation();
    await tell('', '1', [{ id, seq: 1, visibility: 'PUBLIC' }]);
    expect(await shownTo(await startWith(id), ...all)).toEqual([...all]);
  });

  test('is shown to nobody, whoever named it, until it is known who may see it', async () => {
    const [id, unheard] = [cooperation(), cooperation()];
    const [plan, other] = [await startWith(id), await startWith(unheard)];
    expect(await shownTo(plan, ...all)).toEqual([]);
    await tell('', '1', [{ id, seq: 1 }]);
    expect(await shownTo(plan, ...all)).toEqual([songjiang, shangrao]);
    expect(await shownTo(other, ...all)).toEqual([]);
  });

  test('is shown to a party that named it without being let see it no more than to anybody else', async () => {
    const id = cooperation();
    await tell('', '1', [{ id, seq: 1, parties: [shangrao, xuhui] }]);
    const named = await plans.start(xuhui, [shangrao, province], { starts: [ahead(299)], cooperation: id });
    expect(await shownTo(named.id, xuhui, shangrao, province)).toEqual([xuhui, shangrao]);
    const unseen = await plans.start(province, [shangrao, xuhui], { starts: [ahead(298)], cooperation: id });
    expect(await shownTo(unseen.id, xuhui, shangrao, province)).toEqual([xuhui, shangrao]);
  });

  test('disappears where it becomes narrower or is withdrawn, and comes with whoever joins it', async () => {
    const id = cooperation();
    await tell('', '1', [{ id, seq: 1, visibility: 'PUBLIC' }]);
    const plan = await startWith(id);
    await tell('1', '2', [{ id, seq: 2 }]);
    expect(await shownTo(plan, ...all)).toEqual([songjiang, shangrao]);
    await tell('2', '3', [{ id, seq: 3, parties: [songjiang] }]);
    expect(await shownTo(plan, ...all)).toEqual([songjiang]);
    await tell('3', '4', [{ id, seq: 4, parties: [songjiang, xuhui] }]);
    expect(await shownTo(plan, ...all)).toEqual([songjiang, xuhui]);
    await tell('4', '5', [{ id, seq: 5, gone: true }]);
    expect(await shownTo(plan, ...all)).toEqual([]);
  });

  test('goes with the plan into the consultation that it is locked as, for the same readers, and stays as narrow', async () => {
    const id = cooperation();
    await tell('', '1', [{ id, seq: 1 }]);
    const plan = await startWith(id);
    for (const party of [shangrao, xuhui]) await plans.done('acceptJointPlan', { jointPlan: plan, number: 1 }, party);
    const linked = async () => {
      const shown: string[] = [];
      for (const committee of all) {
        const { data } = await hub.ask(
          `query ($id: ID!, $cooperation: ID!) { jointPlan(id: $id) { consultation { id cooperation { id } } }
            consultations(filter: { cooperation: $cooperation }) { totalCount } }`,
          { as: staff(committee), variables: { id: plan, cooperation: id } },
        );
        const seen = data.jointPlan.consultation.cooperation !== null;
        expect(data.consultations.totalCount).toBe(seen ? 1 : 0);
        if (seen) shown.push(committee);
      }
      return shown;
    };
    expect(await linked()).toEqual([songjiang, shangrao]);
    await tell('1', '2', [{ id, seq: 2, parties: [songjiang] }]);
    expect(await linked()).toEqual([songjiang]);
  });
});

describe('what is known of who may see cooperations', () => {
  test('is taken in only from where it was read to, and what is older than what is known changes nothing', async () => {
    const id = cooperation();
    const plan = await startWith(id);
    expect(await tell('', '', [{ id, seq: 5 }])).toBe('');
    expect(await shownTo(plan, ...all)).toEqual([songjiang, shangrao]);
    expect(await tell('', '3', [{ id, seq: 3, visibility: 'PUBLIC' }])).toBe('3');
    expect(await shownTo(plan, ...all)).toEqual([songjiang, shangrao]);
    expect(await tell('', '9', [{ id, seq: 9, visibility: 'PUBLIC' }])).toBe('3');
    expect(await shownTo(plan, ...all)).toEqual([songjiang, shangrao]);
    expect(await Promise.all([1, 2, 3].map(() => tell('3', '6', [{ id, seq: 6, parties: [songjiang] }])))).toEqual(
      Array(3).fill('6'),
    );
    expect(await shownTo(plan, ...all)).toEqual([songjiang]);
  });

  test('is read again from the beginning when the operator asks, and what isn’t told again goes only at the end', async () => {
    const [kept, lost] = [cooperation(), cooperation()];
    await tell('', '7', [
      { id: kept, seq: 6 },
      { id: lost, seq: 7 },
    ]);
    const [plan, other] = [await startWith(kept), await startWith(lost)];
    const rebuild = (as: Actor, source = 'cooperation') =>
      hub.ask(
        'mutation ($source: String!) { rebuildCooperationAudiences(input: { source: $source }) { source userErrors { code path } } }',
        { as, variables: { source } },
      );
    for (const as of [everyone, staff(songjiang), member(cooperation(), songjiang), agency, feed])
      expect((await rebuild(as)).errors).toEqual(['FORBIDDEN']);
    expect((await rebuild(operator)).data.rebuildCooperationAudiences).toEqual({
      source: 'cooperation',
      userErrors: [],
    });
    expect((await rebuild(operator, 'nothing')).data.rebuildCooperationAudiences).toEqual({
      source: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['input', 'source'] }],
    });
    expect(await tell('7', '8', [{ id: kept, seq: 8, visibility: 'PUBLIC' }])).toBe('');
    expect(await shownTo(plan, ...all)).toEqual([songjiang, shangrao]);
    expect(await shownTo(other, ...all)).toEqual([songjiang, shangrao]);
    // Its numbers may have begun anew: what it tells now counts, whatever was told before.
    expect(await tell('', '2', [{ id: kept, seq: 2, parties: [songjiang, xuhui] }])).toBe('2');
    expect(await shownTo(plan, ...all)).toEqual([songjiang, xuhui]);
    expect(await shownTo(other, ...all)).toEqual([]);
  });

  test('can be told by the follower alone', async () => {
    const id = cooperation();
    const others = [
      everyone,
      staff(songjiang),
      member(cooperation(), songjiang),
      department(songjiang, cooperation()),
      liaison(songjiang),
      agency,
      operator,
    ];
    for (const as of others) {
      expect(await tell('', '1', [{ id, seq: 1, visibility: 'PUBLIC' }], as)).toBe('FORBIDDEN');
      expect((await hub.ask('{ cooperationSources { name next } }', { as })).errors).toEqual(['FORBIDDEN']);
    }
    expect((await hub.ask('{ cooperationSources { name next } }', { as: feed })).data.cooperationSources).toEqual([]);
  });

  test('holds for a plan that names a cooperation while it is being narrowed, as often as that happens', async () => {
    const id = cooperation();
    await tell('', '1', [{ id, seq: 1, visibility: 'PUBLIC' }]);
    for (let seq = 2; seq < 12; seq += 1) {
      const narrow = seq % 2 === 0;
      const [plan, another] = await Promise.all([
        startWith(id),
        startWith(id),
        tell(String(seq - 1), String(seq), [{ id, seq, visibility: narrow ? 'JOINT' : 'PUBLIC' }]),
      ]);
      for (const one of [plan, another])
        expect(await shownTo(one, ...all)).toEqual(narrow ? [songjiang, shangrao] : [...all]);
    }
  });
});
