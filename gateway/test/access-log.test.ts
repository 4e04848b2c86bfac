import { expect, onTestFinished, test, vi } from 'vitest';
import { createAccessLogKey } from '../src/agencies/access-keys.ts';
import { openAccessLog } from '../src/agencies/access-log.ts';

test('that the log was restored is tried again until it is written, and not once the gateway has stopped', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let tries = 0;
  const restoration = { restored: null, taken: null, writtenBy: null };
  const empty = { keys: [], first: 0, number: 0, hash: null, hashAt: null, checkpoints: 0, restoration };
  const log = openAccessLog({
    transport: {
      async send(_, { query }) {
        if (query.includes('recordAccesses')) {
          tries += 1;
          throw new Error('out of reach');
        }
        return { result: { data: { accessChain: empty, addAccessKey: true } }, statements: 0 };
      },
    },
    timeoutMs: 1_000,
    signing: { privateKey: await createAccessLogKey() },
    warn: () => undefined,
  });
  await log.open();
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(() => expect(tries).toBe(2));
  await log.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(vi.getTimerCount()).toBe(0);
});
