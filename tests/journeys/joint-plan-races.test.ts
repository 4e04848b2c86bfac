import { committees } from '@hub/regions';
import { testRole } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accepting,
  acceptWhileCountering,
  type Bench,
  counteringAtOnce,
  sentTwice,
} from '../../scripts/stress/races.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn, type Who } from '../hub/steps.ts';

const songjiang = '310117';
const shangrao = '361100';

describe('joint plans under races', () => {
  let hub: Hub;
  let bench: Bench;
  const { step, done, see } = stepsOn(() => hub);
  const inSongjiang: Who = () => hub.staff(songjiang, ['meetings']);
  const inShangrao: Who = () => hub.staff(shangrao, ['meetings']);
  beforeAll(async () => {
    // Fifty at once wait for one another, on a busy machine for long.
    hub = await startHub('over HTTP', { template: 'empty', timeoutMs: 300_000 });
    bench = {
      admin: hub.database.admin,
      host: songjiang,
      others: committees({ level: 'COUNTY' })
        .map(({ code }) => code)
        .filter((code) => code !== songjiang)
        .slice(0, 50),
      hubs: [hub],
      token: (committee) => hub.staff(committee, ['meetings']),
    };
  });
  afterAll(() => hub.stop());
  const allHeld = (of: number) => ({ held: of, of, faults: [] });

  test('of fifty clients that accept on one slot one wins, and the others get CONFLICT with the plan as it is', async () => {
    expect(await accepting(bench, 3)).toEqual(allHeld(3));
  });

  test('of two parties that counter one proposal one wins', async () => {
    expect(await counteringAtOnce(bench, 5)).toEqual(allHeld(5));
  });

  test('whoever accepts while another counters has accepted what they read, or nothing', async () => {
    expect(await acceptWhileCountering(bench, 6)).toEqual(allHeld(6));
  });

  test('a request that a phone sends twice is done once', async () => {
    expect(await sentTwice(bench, 5)).toEqual(allHeld(5));
  });

  test('an acceptance whose session dies before the lock has not happened, and sent again it locks', async () => {
    const plan = await done(
      'startJointPlan',
      {
        committee: songjiang,
        parties: [{ committee: shangrao }],
        title: '联合协商',
        kind: 'TOPICAL',
        online: true,
        durationMinutes: 60,
        starts: [new Date(Date.now() + 500 * 86_400_000).toISOString()],
      },
      inSongjiang,
    );
    const accept = { jointPlan: plan.id, number: 1, idempotencyKey: 'killed-between-accept-and-lock' };
    const blocker = postgres(hub.database.url, { max: 1 });
    // The acceptance is written and waits for this calendar before it locks.
    await blocker`select pg_advisory_lock(hashtextextended(${`consultations.calendar ${shangrao}`}, 0))`;
    const asked = step('acceptJointPlan', accept, inShangrao);
    const killed = async () =>
      (
        await hub.database.admin`select pg_terminate_backend(pid) from pg_stat_activity
          where usename = ${testRole('consultations')} and wait_event_type = 'Lock' and datname = current_database()`
      ).count;
    await expect.poll(killed, { interval: 25 }).toBe(1);
    expect(['SUBGRAPH_UNAVAILABLE', 'OUTCOME_UNKNOWN']).toContain((await asked).code);
    await blocker.end();
    const before = await see('jointPlan', plan.id, 'status parties { status } consultation { id }', inSongjiang);
    expect(before).toEqual({
      status: 'TENTATIVE',
      parties: [{ status: 'ACCEPTED' }, { status: 'NEEDS_ACTION' }],
      consultation: null,
    });
    await done('acceptJointPlan', accept, inShangrao);
    await done('acceptJointPlan', accept, inShangrao);
    expect(await see('jointPlan', plan.id, 'status sequence events { step }', inShangrao)).toEqual({
      status: 'CONFIRMED',
      sequence: 0,
      events: [{ step: 'startJointPlan' }, { step: 'lockJointPlan' }],
    });
  });
});
