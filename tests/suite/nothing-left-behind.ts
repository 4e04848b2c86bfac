/**
 * Files share a process, so none may leave it another one: the clock, the environment, the zone and what signals do are as they
 * were found. This runs around each file.
 */
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

beforeAll(() => {
  before = found();
});
afterAll(() => {
  const left = vi.isFakeTimers() ? ['a clock of its own'] : [];
  vi.useRealTimers();
  const after = found();
  for (const name of Object.keys(before) as (keyof typeof before)[])
    if (after[name] !== before[name]) left.push(`${name}: ${after[name]} and not ${before[name]}`);
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  if (left.length > 0) throw new Error(`this file leaves to the next one: ${left.join('; ')}`);
});
