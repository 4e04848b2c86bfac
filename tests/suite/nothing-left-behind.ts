/**
 * Files share a process, so none may leave it another one: the clock, the environment, the zone and what signals do are as they
 * were found. Nor may a response have so many listeners that Node takes them for a leak. This runs around each file.
 */
import { ServerResponse } from 'node:http';
import { childEnvironment } from '@hub/config';
import { afterAll, beforeAll, vi } from 'vitest';

const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection'] as const;
/** What the hub or Node reads; libraries leave marks of their own there as they are loaded. */
const read = /^(TZ|LANG|LC_|HUB_|PORT|NODE_)/;
const found = () => ({
  environment: JSON.stringify(
    Object.entries(childEnvironment({}))
      .filter(([name]) => read.test(name))
      .sort(),
  ),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  listeners: events.map((event) => `${event} ${process.listenerCount(event)}`).join(),
  folder: process.cwd(),
});
let before: ReturnType<typeof found>;

/** Of which event a response had too many listeners, and how many. */
const crowded: string[] = [];
const notice = (warning: Error & { emitter?: unknown }) => {
  if (warning.emitter instanceof ServerResponse) crowded.push(warning.message);
};

beforeAll(() => {
  before = found();
  process.on('warning', notice);
});
afterAll(() => {
  process.off('warning', notice);
  const left = vi.isFakeTimers() ? ['a clock of its own'] : [];
  vi.useRealTimers();
  const after = found();
  for (const name of Object.keys(before) as (keyof typeof before)[])
    if (after[name] !== before[name]) left.push(`${name}: ${after[name]} and not ${before[name]}`);
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  if (crowded.length > 0) throw new Error(`use whenClosed of the gateway's http: ${crowded.splice(0)[0]}`);
  if (left.length > 0) throw new Error(`this file leaves to the next one: ${left.join('; ')}`);
});
