/** A hub under strangers: what they send, and how those fare meanwhile who ask it as ever. */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { residentMegabytes } from '../../bench/processes.ts';
import { chances, randomly, strangeKinds } from './kinds.ts';
import { type Came, graphql, type Sent, send } from './requests.ts';

/** One who asks what front ends ask. */
export interface OrdinaryClient {
  readonly token?: string;
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Siege {
  readonly requests: number;
  /** How many of what status, and of which kind those were that are the hub's own fault. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  /** What ordinary clients were refused, or told wrongly. */
  readonly wrongs: readonly string[];
  readonly ordinary: { readonly asked: number; readonly p50: number; readonly p99: number };
  readonly largestMegabytes: number;
}

/** An answer with an error that is the hub's own. */
const isFault = /^\{"errors":.*"code":"INTERNAL_SERVER_ERROR"/s;

/** Each ordinary client asks so often. */
const everyMs = 500;

/**
 * Lets strangers at a hub for a while.
 * @param options.requestsPerSecond of strangers; none where it is 0
 */
export async function besiege(
  hub: { readonly url: string; readonly pid: number },
  options: {
    readonly seconds: number;
    readonly requestsPerSecond: number;
    readonly clients: readonly OrdinaryClient[];
    /** Of a member, with which strangers try what members may. */
    readonly memberToken: string;
    readonly seed: number;
  },
): Promise<Siege> {
  const { seconds, requestsPerSecond, clients, memberToken, seed } = options;
  const schema = buildSchema(readFileSync(new URL('../../../gateway/schema.graphql', import.meta.url), 'utf8'));
  const kinds = Object.entries(strangeKinds(schema, { token: memberToken }));
  const chance = chances(randomly(seed));
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const ordinaryAgent = new Agent({ keepAlive: true });
  const until = performance.now() + seconds * 1_000;
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  const wrongs: string[] = [];
  const times: number[] = [];
  let largestMegabytes = 0;
  let requests = 0;

  const watch = async () => {
    while (performance.now() < until) {
      largestMegabytes = Math.max(largestMegabytes, residentMegabytes([hub.pid]));
      await delay(100);
    }
  };
  const askAsEver = async ({ token, operation, variables }: OrdinaryClient, at: number) => {
    const sent: Sent = graphql(operation, variables, `192.0.2.${at + 1}`, {
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
    await delay((everyMs / clients.length) * at);
    while (performance.now() < until) {
      const came = await send(hub.url, ordinaryAgent, sent);
      times.push(came.ms);
      if (came.status !== 200 || came.text.includes('"errors"'))
        wrongs.push(`${came.status} ${came.text.slice(0, 300)}`);
      await delay(Math.max(0, everyMs - came.ms));
    }
  };
  const underway = new Set<Promise<void>>();
  const note = (name: string, { status, text }: Came) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 500 || isFault.test(text)) faults.push(`${name}: ${status} ${text.slice(0, 300)}`);
  };
  const beStrange = async () => {
    const began = performance.now();
    while (performance.now() < until && requestsPerSecond > 0) {
      const due = ((performance.now() - began) / 1_000) * requestsPerSecond;
      if (requests >= due || underway.size >= 400) {
        await delay(5);
        continue;
      }
      const [name, kind] = chance.one(kinds);
      // Some come from everywhere, and most from a few places.
      const from =
        chance.random() < 0.3 ? `203.${chance.whole(250)}.${chance.whole(250)}.9` : `198.51.100.${chance.whole(5) + 1}`;
      requests += 1;
      const one = send(hub.url, agent, kind(chance, from)).then((came) => note(name, came));
      underway.add(one);
      void one.finally(() => underway.delete(one));
    }
    await Promise.all(underway);
  };
  await Promise.all([watch(), beStrange(), ...clients.map(askAsEver)]);
  agent.destroy();
  ordinaryAgent.destroy();
  times.sort((one, other) => one - other);
  const at = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  return {
    requests,
    statuses,
    faults,
    wrongs,
    ordinary: { asked: times.length, p50: at(0.5), p99: at(0.99) },
    largestMegabytes: Math.round(largestMegabytes),
  };
}
