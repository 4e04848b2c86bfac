import { setTimeout as delay } from 'node:timers/promises';
import { logLine } from './log-line.ts';

const lookMs = 100;
/** After so long it is said what is waited for, and again when that is something else. */
const quietMs = 5_000;

/** Waits until a hub can do its work: it isn't said before. */
export async function untilReady(
  { missing }: { missing(): Promise<readonly string[]> },
  interrupted?: AbortSignal,
): Promise<void> {
  const started = performance.now();
  let told = '';
  for (let parts = await missing(); parts.length > 0; parts = await missing()) {
    interrupted?.throwIfAborted();
    const waitsFor = parts.join(', ');
    if (waitsFor !== told && performance.now() - started > quietMs) {
      logLine('warn', 'the hub is not ready yet', { missing: waitsFor });
      told = waitsFor;
    }
    await delay(lookMs);
  }
}
