/** A process that keeps a database as the hub does, for tests that end it in one way or another. Its argument is the folder. */
import { startEmbeddedServer } from '../src/embedded-server.ts';
import { openPool } from '../src/pool.ts';

const server = await startEmbeddedServer({ directory: process.argv[2] ?? '', durable: false });
const pool = openPool({ url: server.url, max: 1, applicationName: 'hub-process' });
// Keeps the process running; the server alone would not.
const alive = setInterval(() => undefined, 1000);

process.on('SIGINT', async () => {
  clearInterval(alive);
  // Ctrl-C must not have taken the database away before the hub's own work is done.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const [row] = await pool.queryable.unsafe<{ n: number }[]>('select 1 as n');
  await pool.end();
  await server.stop();
  console.log(`orderly ${row?.n}`);
});
console.log(server.dataDirectory);
