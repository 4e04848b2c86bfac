/**
 * A made-up health commission that follows the 眼科 cooperation of 松江 and 上饶: `pnpm example:health-commission`.
 *
 * The first run reads the catalogue, the cooperation with its milestones and an export; each later run, daily for one, reads
 * what changed since, and `--follow` waits for what is still to come. What it learns stands as JSON lines in
 * `learned.jsonl` of its folder, and `cursors.json` says how far it is.
 */
import { parseArgs } from 'node:util';
import { HubClientError } from '@hub/client';
import { learn } from './learn.ts';

const { values } = parseArgs({
  options: {
    credentials: { type: 'string', default: '.data/partner-sandbox.json' },
    folder: { type: 'string', default: '.data/health-commission' },
    follow: { type: 'boolean', default: false },
  },
});
const enough = new AbortController();
process.once('SIGINT', () => enough.abort()).once('SIGTERM', () => enough.abort());

try {
  const { lines } = await learn({ ...values, signal: enough.signal });
  process.stdout.write(`${lines} lines more in ${values.folder}/learned.jsonl\n`);
} catch (error) {
  process.stderr.write(`${complaintOf(error)}\n`);
  process.exitCode = 1;
}

function complaintOf(error: unknown): string {
  if (error instanceof HubClientError)
    return [
      `${error.code}: ${error.message}`,
      ...(error.retryAfter === null ? [] : [`Ask again in ${error.retryAfter} s.`]),
      ...(error.requestId === null ? [] : [`Request ${error.requestId}.`]),
    ].join(' ');
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return `There is no ${values.credentials}: make it with npx -y pnpm partner:sandbox, or name another with --credentials.`;
  return error instanceof Error ? error.message : String(error);
}
