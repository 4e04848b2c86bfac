import { describe, expect, test } from 'vitest';
import { Allowances, type Tier } from '../src/fairness/allowances.ts';
import { grouped, type Keeper } from '../src/fairness/keeper.ts';
import { MovingWindow } from '../src/fairness/window.ts';

/** Numbers that are the same in each run: of a seed, between 0 and 1. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** The most that lies in any stretch of so many milliseconds. */
function mostInAny(windowMs: number, times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [last, time] of times.entries()) {
    while ((times[first] as number) <= time - windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** A keeper as the subgraph is one, in memory. */
function keeperInMemory(now: () => number) {
  const taken = new Map<string, { at: number; amount: number }[]>();
  const gateways = new Map<string, number>();
  let isDown = false;
  let asked = 0;
  const at = (gateway: string): Keeper =>
    grouped(async (demands) => {
      asked += 1;
      await Promise.resolve();
      if (isDown) throw new Error('down');
      gateways.set(gateway, now());
      const verdicts = demands.map(({ amount, share, tiers }) => {
        let granted = amount;
        for (const { kind, holder, limit, windowMs } of tiers) {
          const held = taken.get(`${kind} ${holder}`) ?? [];
          taken.set(`${kind} ${holder}`, held);
          // As the subgraph: a slot more, and for a share as long as it is good.
          const from = now() - windowMs - windowMs / 12 - (share ? 5_000 : 0);
          const used = held.filter((one) => one.at > from).reduce((sum, one) => sum + one.amount, 0);
          if (amount > 0 && used + granted > limit) granted = share ? Math.max(0, limit - used) : 0;
        }
        if (granted < 0) {
          const [{ kind, holder, windowMs }] = tiers as [(typeof tiers)[number]];
          const from = now() - windowMs - windowMs / 12 - (share ? 5_000 : 0);
          const oldest = taken.get(`${kind} ${holder}`)?.find((one) => one.at > from && one.amount + granted >= 0);
          if (oldest) oldest.amount += granted;
        } else for (const one of tiers) taken.get(`${one.kind} ${one.holder}`)?.push({ at: now(), amount: granted });
        return { granted, retryAfterMs: granted < amount ? 5_000 : null };
      });
      const alive = [...gateways.values()].filter((heard) => heard > now() - 30_000).length;
      return { verdicts, standing: { secret: 'of the day', gateways: alive } };
    });
  return {
    at,
    asked: () => asked,
    down: (down: boolean) => {
      isDown = down;
    },
  };
}

const windowMs = 60_000;
const tier = (limit: number, holder = 'somebody'): Tier => ({ kind: 'read', holder, limit, windowMs });

describe('a window that moves', () => {
  test('holds its limit in any stretch of its length, whatever the arrivals', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = randomOf(seed);
      const limit = 1 + Math.floor(random() * 50);
      const window = new MovingWindow(windowMs);
      const granted: number[] = [];
      let now = random() * 1e7;
      for (let arrival = 0; arrival < 3_000; arrival += 1) {
        // Bursts, trickles and long silences.
        now += random() < 0.7 ? random() * 40 : random() < 0.9 ? random() * 8_000 : random() * 200_000;
        if (window.used(now) + 1 > limit) continue;
        window.add(1, now);
        granted.push(now);
      }
      expect(mostInAny(windowMs, granted)).toBeLessThanOrEqual(limit);
      expect(granted.length).toBeGreaterThan(limit);
    }
  });

  test('says when there is room again, and there is then', () => {
    const random = randomOf(7);
    for (let round = 0; round < 300; round += 1) {
      const window = new MovingWindow(windowMs);
      let now = random() * 1e6;
      for (let count = 0; count < 20; count += 1) {
        window.add(1, now);
        now += random() * 4_000;
      }
      const wait = window.waitFor(10, now);
      if (window.used(now) > 10) expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(windowMs + windowMs / 12);
      expect(window.used(now + wait)).toBeLessThanOrEqual(10);
    }
  });

  test('takes back what was counted first', () => {
    const window = new MovingWindow(windowMs);
    window.add(3, 0);
    window.add(2, 10_000);
    window.add(-4, 20_000);
    expect(window.used(20_000)).toBe(1);
    expect(window.used(68_000)).toBe(1);
    window.add(-9, 68_000);
    expect(window.used(68_000)).toBe(0);
  });
});

describe('limits over several gateways', () => {
  for (const count of [1, 2, 3, 5])
    test(`${count} give at most 1.2 times the limit in any minute together, and no less than most of it`, async () => {
      for (let seed = 1; seed <= 6; seed += 1) {
        const random = randomOf(seed * 31 + count);
        let now = 1_000_000;
        const keeper = keeperInMemory(() => now);
        const gateways = Array.from(
          { length: count },
          (_, name) => new Allowances({ keeper: keeper.at(String(name)), now: () => now }),
        );
        for (const one of gateways) await one.hear();
        now += 10_001;
        for (const one of gateways) await one.hear();
        const limit = 200;
        const granted: number[] = [];
        const end = now + 5 * windowMs;
        let favourite = gateways[0] as Allowances;
        while (now < end) {
          if (random() < 0.02) favourite = gateways[Math.floor(random() * count)] as Allowances;
          const burst = random() < 0.05 ? 40 : 1;
          const outcomes = await Promise.all(
            Array.from({ length: burst }, () =>
              (random() < 0.5 ? favourite : (gateways[Math.floor(random() * count)] as Allowances)).charge(
                [tier(limit)],
                1,
              ),
            ),
          );
          for (const { retryAfterMs } of outcomes) if (retryAfterMs === null) granted.push(now);
          now += random() * 300;
        }
        expect(mostInAny(windowMs, granted)).toBeLessThanOrEqual(limit * 1.2);
        expect(mostInAny(windowMs, granted)).toBeGreaterThanOrEqual(limit * 0.8);
      }
    });

  test('one alone gives the limit, and not one more', async () => {
    let now = 5_000;
    const keeper = keeperInMemory(() => now);
    const gateway = new Allowances({ keeper: keeper.at('one'), now: () => now });
    await gateway.hear();
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => gateway.charge([tier(300)], 1)));
    expect(outcomes.filter(({ retryAfterMs }) => retryAfterMs === null)).toHaveLength(300);
    const [refused] = outcomes.filter(({ retryAfterMs }) => retryAfterMs !== null);
    now += refused?.retryAfterMs ?? 0;
    expect(await gateway.charge([tier(300)], 1)).toEqual({ retryAfterMs: null });
  });

  test('who asks little costs the keeper nothing, and who asks much little', async () => {
    let now = 5_000;
    const keeper = keeperInMemory(() => now);
    const gateway = new Allowances({ keeper: keeper.at('one'), now: () => now });
    await gateway.hear();
    const before = keeper.asked();
    for (let request = 0; request < 1_000; request += 1) await gateway.charge([tier(3_000, `visitor ${request}`)], 1);
    expect(keeper.asked()).toBe(before);
    for (let request = 0; request < 2_000; request += 1) {
      await gateway.charge([tier(3_000)], 1);
      now += 4;
    }
    expect(keeper.asked() - before).toBeLessThan(60);
  });

  test('without its keeper nobody is refused who asks within limits, and together they hold them', async () => {
    let now = 5_000;
    const keeper = keeperInMemory(() => now);
    const gateways = ['one', 'other'].map((name) => new Allowances({ keeper: keeper.at(name), now: () => now }));
    for (let round = 0; round < 2; round += 1) {
      for (const one of gateways) await one.hear();
      now += 10_001;
    }
    keeper.down(true);
    const granted: number[] = [];
    for (let request = 0; request < 400; request += 1) {
      for (const gateway of gateways)
        if ((await gateway.charge([tier(200)], 1)).retryAfterMs === null) granted.push(now);
      if (request === 80) expect(granted).toHaveLength(162);
      now += 100;
    }
    expect(mostInAny(windowMs, granted)).toBeLessThanOrEqual(240);
    // Exact ones are counted here then.
    const filed = await Promise.all(
      Array.from({ length: 40 }, () => (gateways[0] as Allowances).chargeExactly([tier(30, 'who files')], 1)),
    );
    expect(filed.filter(({ retryAfterMs }) => retryAfterMs === null)).toHaveLength(30);
  });

  test('what was given while the keeper didn’t answer isn’t given again once it does, under whatever name', async () => {
    for (const isNamedAnew of [false, true]) {
      let now = 5_000;
      const keeper = keeperInMemory(() => now);
      const gateways = ['one', 'other'].map((name) => new Allowances({ keeper: keeper.at(name), now: () => now }));
      for (let round = 0; round < 2 && !isNamedAnew; round += 1) {
        for (const one of gateways) await one.hear();
        now += 10_001;
      }
      const granted: number[] = [];
      const ask = async (gateway: number, asked: Tier) => {
        const { retryAfterMs } = await (gateways[gateway] as Allowances).charge([asked], 1);
        if (retryAfterMs === null) granted.push(now);
      };
      keeper.down(true);
      for (const gateway of [0, 1])
        for (let request = 0; request < 200; request += 1)
          await ask(gateway, tier(200, isNamedAnew ? `own ${gateway}` : 'shared'));
      expect(granted).toHaveLength(238);
      keeper.down(false);
      now += 2_001;
      for (const one of gateways) await one.hear();
      for (const gateway of [0, 1])
        await ask(gateway, { ...tier(200, 'shared'), ...(isNamedAnew && { formerly: `own ${gateway}` }) });
      for (let request = 0; request < 400; request += 1) {
        const asked = { ...tier(200, 'shared'), ...(isNamedAnew && { formerly: `own ${request % 2}` }) };
        await ask(request % 2, asked);
        now += 100;
      }
      expect(mostInAny(windowMs, granted)).toBeLessThanOrEqual(240);
      // And nobody is refused for good.
      now += windowMs + windowMs / 6;
      expect(await (gateways[0] as Allowances).charge([tier(200, 'shared')], 1)).toEqual({ retryAfterMs: null });
    }
  });

  test('a keeper that doesn’t hear of a gateway in time costs no limit its exactness', async () => {
    const now = 5_000;
    const keeper = keeperInMemory(() => now);
    const gateways = ['one', 'other'].map((name) => new Allowances({ keeper: keeper.at(name), now: () => now }));
    keeper.down(true);
    for (const one of gateways) await one.hear();
    keeper.down(false);
    const outcomes = await Promise.all(
      Array.from({ length: 24 }, async (_, at) => {
        const one = gateways[at % 2] as Allowances;
        await one.heardOnce();
        return one.chargeExactly([tier(7)], 1);
      }),
    );
    expect(outcomes.filter(({ retryAfterMs }) => retryAfterMs === null)).toHaveLength(7);
  });

  test('exact charges are exact over gateways and over their restarts', async () => {
    let now = 5_000;
    const keeper = keeperInMemory(() => now);
    let granted = 0;
    for (let start = 0; start < 4; start += 1) {
      const gateways = ['one', 'other'].map((name) => new Allowances({ keeper: keeper.at(name), now: () => now }));
      const outcomes = await Promise.all(
        Array.from({ length: 24 }, (_, at) => (gateways[at % 2] as Allowances).chargeExactly([tier(30)], 1)),
      );
      granted += outcomes.filter(({ retryAfterMs }) => retryAfterMs === null).length;
      now += 1_000;
    }
    expect(granted).toBe(30);
  });

  test('what is given back may be taken again', async () => {
    const gateway = new Allowances({ now: () => 0 });
    for (let time = 0; time < 5; time += 1) {
      expect(await gateway.chargeExactly([tier(2)], 2)).toEqual({ retryAfterMs: null });
      gateway.giveBack([tier(2)], 2);
    }
    await gateway.chargeExactly([tier(2)], 2);
    expect((await gateway.chargeExactly([tier(2)], 1)).retryAfterMs).toBeGreaterThan(0);
  });

  test('200,000 addresses are known apart as far as there is room, and limited all the same', async () => {
    let now = 0;
    const gateway = new Allowances({ now: () => now });
    const hub: Tier = { kind: 'read', holder: 'hub', limit: 150_000, windowMs, isHub: true };
    let granted = 0;
    for (let address = 0; address < 200_000; address += 1) {
      const coarser = tier(2_000, `range ${address % 40}`);
      const one = { ...tier(10, `address ${address}`), coarser };
      if ((await gateway.charge([one, hub], 1)).retryAfterMs === null) granted += 1;
      now += 0.1;
    }
    expect(gateway.size).toBeLessThanOrEqual(22_001);
    expect(granted).toBeLessThanOrEqual(150_000);
    // One that isn't known apart is one of its range: that has its limit.
    const crowded = { ...tier(10, 'a late one'), coarser: tier(2_000, 'range 3') };
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => gateway.charge([crowded], 1)));
    expect(outcomes.some(({ retryAfterMs }) => retryAfterMs !== null)).toBe(true);
    now += 2 * windowMs;
    await gateway.charge([tier(10, 'afterwards')], 1);
    expect(gateway.size).toBeLessThan(10);
  });
});
