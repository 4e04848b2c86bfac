/** Strangers at a hub, in a process of their own: what they cost isn't what others wait for. Started by {@link besiege} alone. */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { chances, randomly, strangeKinds } from './kinds.ts';
import { type Came, send } from './requests.ts';

export interface Strangers {
  readonly url: string;
  readonly seconds: number;
  readonly requestsPerSecond: number;
  /** Of a member, with which strangers try what members may. */
  readonly memberToken: string;
  readonly seed: number;
}

/** What strangers were answered. */
export interface Answered {
  readonly requests: number;
  /** How many of what status, and of which kind those were that are the hub's own fault. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** An answer with an error that is the hub's own. */
const isFault = /^\{"errors":.*"code":"INTERNAL_SERVER_ERROR"/s;
const atOnce = 400;

async function beStrange({ url, seconds, requestsPerSecond, memberToken, seed }: Strangers): Promise<Answered> {
  const schema = buildSchema(readFileSync(new URL('../../../gateway/schema.graphql', import.meta.url), 'utf8'));
  const kinds = Object.entries(strangeKinds(schema, { token: memberToken }));
  const chance = chances(randomly(seed));
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  const underway = new Set<Promise<void>>();
  const note = (name: string, { status, text }: Came) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 500 || isFault.test(text)) faults.push(`${name}: ${status} ${text.slice(0, 300)}`);
  };
  const began = performance.now();
  let requests = 0;
  for (let passed = 0; passed < seconds * 1_000; passed = performance.now() - began) {
    if (requests >= (passed / 1_000) * requestsPerSecond || underway.size >= atOnce) {
      await delay(5);
      continue;
    }
    const [name, kind] = chance.one(kinds);
    // Some come from everywhere, and most from a few places.
    const from =
      chance.random() < 0.3 ? `203.${chance.whole(250)}.${chance.whole(250)}.9` : `198.51.100.${chance.whole(5) + 1}`;
    requests += 1;
    const one = send(url, agent, kind(chance, from)).then((came) => note(name, came));
    underway.add(one);
    void one.finally(() => underway.delete(one));
  }
  await Promise.all(underway);
  agent.destroy();
  return { requests, statuses, faults };
}

process.send?.('ready');
process.once('message', async (asked: Strangers) => {
  process.send?.(await beStrange(asked));
  process.disconnect();
});
