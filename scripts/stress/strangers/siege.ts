/** A hub under strangers: what they send, and how those fare meanwhile who ask it as ever. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@hub/config';
import { residentMegabytes } from '../../bench/processes.ts';
import { graphql, type Sent, send } from './requests.ts';
import type { Answered, Strangers } from './strangers.ts';

/** One who asks what front ends ask. */
export interface OrdinaryClient {
  readonly token?: string;
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Siege extends Answered {
  /** What ordinary clients were refused, or told wrongly. */
  readonly wrongs: readonly string[];
  readonly ordinary: { readonly asked: number; readonly p50: number; readonly p99: number };
  readonly largestMegabytes: number;
}

/** Each ordinary client asks so often. */
const everyMs = 500;

/**
 * Lets strangers at a hub for a while.
 * @param options.requestsPerSecond of strangers; none where it is 0
 */
export async function besiege(
  hub: { readonly url: string; readonly pid: number },
  { clients, ...options }: Omit<Strangers, 'url'> & { readonly clients: readonly OrdinaryClient[] },
): Promise<Siege> {
  const { seconds, requestsPerSecond } = options;
  const ordinaryAgent = new Agent({ keepAlive: true });
  const wrongs: string[] = [];
  const times: number[] = [];
  let largestMegabytes = 0;

  const strangers = requestsPerSecond > 0 ? await letIn({ url: hub.url, ...options }) : { answered: nobody };
  const until = performance.now() + seconds * 1_000;
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
  const [answered] = await Promise.all([strangers.answered, watch(), ...clients.map(askAsEver)]);
  ordinaryAgent.destroy();
  times.sort((one, other) => one - other);
  const at = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  return {
    ...answered,
    wrongs,
    ordinary: { asked: times.length, p50: at(0.5), p99: at(0.99) },
    largestMegabytes: Math.round(largestMegabytes),
  };
}

const nobody: Answered = { requests: 0, statuses: {}, faults: [] };

/** Resolves once they begin. */
async function letIn(strangers: Strangers): Promise<{ readonly answered: Promise<Answered> }> {
  const child = fork(fileURLToPath(new URL('strangers.ts', import.meta.url)), {
    execArgv: ['--import', fileURLToPath(new URL('../../typescript/register.js', import.meta.url))],
    env: childEnvironment({}),
  });
  const over = once(child, 'exit').then(([code, signal]): never => {
    throw new Error(`the strangers' process ended: ${code ?? signal}`);
  });
  const told = () => Promise.race([once(child, 'message'), over]);
  await told();
  const answered = told().then(([message]) => message as Answered);
  child.send(strangers);
  return { answered };
}
