/** The floor: the same answer by one SQL statement behind a bare HTTP server, under the same row policies. A process of its own. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Actor, PUBLIC, scopeSettings } from '@hub/access';
import { readSettings } from '@hub/config';
import { codeRange } from '@hub/regions';
import postgres from 'postgres';
import { staff } from './asked.ts';

const { DATABASE_URL: url = '' } = readSettings();
const text = readFileSync(new URL('floor.sql', import.meta.url), 'utf8');

const open = (settings: Readonly<Record<string, string>>) =>
  postgres(url, {
    max: 6,
    onnotice: () => undefined,
    // By far the best for it: planning anew takes three times as long as running.
    connection: { application_name: 'floor', plan_cache_mode: 'force_generic_plan', ...settings },
  });
// As the hub has it: the public's scope stands for the life of a connection, everybody else's for one transaction.
const everyone = open({ ...scopeSettings(PUBLIC), default_transaction_read_only: 'on' });
const named = open({});

async function answer(code: string, actor: Actor): Promise<string> {
  const { lo, hi } = codeRange(code);
  if (actor.kind === 'PUBLIC') {
    const rows = await everyone.unsafe(text, [code, lo, hi, code.endsWith('0000')], { prepare: true });
    return `{"data":${JSON.stringify(rows[0]?.['data'])}}`;
  }
  const settings = Object.entries(scopeSettings(actor));
  const calls = settings.map((_, at) => `set_config($${at * 2 + 1}, $${at * 2 + 2}, true)`);
  const rows = await named.begin('read only', async (sql) => {
    const [, found] = await Promise.all([
      sql.unsafe(`select ${calls.join(', ')}`, settings.flat(), { prepare: true }),
      sql.unsafe(text, [code, lo, hi, code.endsWith('0000')], { prepare: true }),
    ]);
    return found;
  });
  return `{"data":${JSON.stringify(rows[0]?.['data'])}}`;
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(pieces).toString()) as { variables: { code: string } };
    answer(variables.code, request.headers.authorization ? staff : PUBLIC).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(0, '127.0.0.1', () =>
  process.send?.({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
const stop = () => process.exit(0);
process.once('disconnect', stop).once('SIGTERM', stop).once('SIGINT', stop);
