/** PgBouncer before a real server, set up as its manual has it: whoever logs in is looked up in the server. */
import { spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../processes/hub-process.ts';
import { pgbouncer } from './installed.ts';
import { password, type RealServer } from './real-server.ts';

export interface Pooler {
  /** The same database and user by way of the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/**
 * @param settings of its configuration, pool_mode above all
 * @param users who is to be treated otherwise than the rest
 */
export async function startPooler(
  server: RealServer,
  settings: Readonly<Record<string, string>>,
  users: readonly { readonly url: string; readonly settings: string }[] = [],
): Promise<Pooler> {
  const program = pgbouncer();
  const folder = await mkdtemp(join(server.folder, 'pgbouncer-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const passwords = join(folder, 'users.txt');
  const configuration = join(folder, 'pgbouncer.ini');
  const known = users.map(({ url, settings: own }) => ({ ...loginIn(url), own }));
  await writeFile(
    passwords,
    [{ name: 'postgres', password }, ...known].map((user) => `"${user.name}" "${user.password}"\n`).join(''),
  );
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: passwords,
    auth_user: 'postgres',
    max_client_conn: '500',
    default_pool_size: '24',
    ...settings,
  };
  const lines = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join('');
  await writeFile(
    configuration,
    `[databases]\n* = host=127.0.0.1 port=${server.port}\n[users]\n${lines(Object.fromEntries(known.map(({ name, own }) => [name, own])))}[pgbouncer]\n${lines(all)}`,
  );
  for (const path of [folder, passwords, configuration])
    if (server.user) await chown(path, server.user.uid, server.user.gid);
  const child = spawn(program, ['-q', configuration], { ...server.user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  let over = false;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      over = true;
      resolve();
    }),
  );
  while (!(await answers(port))) {
    if (over) throw new Error(`PgBouncer didn't start: ${log}`);
    await delay(20);
  }
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(port);
      return address.href;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function loginIn(url: string): { name: string; password: string } {
  const { username, password: given } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(given) };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}
