/** A hub whose disk fills: what is refused, what ends and comes back, and what is said. As root, who may mount a small disk. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessLogKey } from '@hub/gateway';
import { isAlive } from '@hub/lifecycle';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SUPERVISOR } from '../../packages/database/src/server-process.ts';
import { registerAgency } from '../hub/agency.ts';
import { startHub as startHubHere } from '../hub/hub.ts';
import { ask, freePort, type HubProcess, processesOf, startHub, startProcess } from '../processes/hub-process.ts';
import { missing } from '../processes/slow-upload.ts';
import { superuserUrl, Writers } from '../processes/writers.ts';

const generous = 'read=1000000,file=1000000,write=1000000,upload=1000000,requests=1000';
const aWhile = { timeout: 120_000, interval: 100 };
const backup = new URL('../upgrades/56e7ddc.zip', import.meta.url).pathname;

/** A disk of its own, which is in memory. */
class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#filler = join(folder, 'filler');
  }

  static async make(megabytes: number): Promise<SmallDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]);
    return new SmallDisk(folder);
  }

  async fill(leavingKilobytes: number): Promise<void> {
    await this.makeRoom();
    // Others write meanwhile.
    for (let left = leavingKilobytes; ; left += 64) {
      const { bavail, bsize } = await statfs(this.folder);
      const bytes = Math.max(1, bavail * bsize - left * 1024);
      if (spawnSync('fallocate', ['-l', String(bytes), this.#filler]).status === 0) return;
    }
  }

  async makeRoom(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  async remove(): Promise<void> {
    execFileSync('umount', ['-l', this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

// In order: each finds what the one before it left.
describe('a hub with a PostgreSQL of its own, on a disk that fills', () => {
  let disk: SmallDisk;
  let data: string;
  let hub: HubProcess;
  let url: string;
  let port: number;
  let writers: Writers;
  const ends: (() => Promise<void>)[] = [];
  const start = () =>
    startHub({ HUB_DATA_DIR: data, PORT: String(port), HUB_RATE_LIMITS: generous }, (end) => ends.push(end));
  const isReady = () => expect.poll(() => missing(url), aWhile).toEqual([]);
  /** Has PostgreSQL begin another segment of its log; false where it couldn't, and ended. */
  const beginSegment = async () => {
    const admin = postgres(await superuserUrl(join(data, 'postgres', 'data')), {
      max: 1,
      onnotice: () => undefined,
      backoff: () => 0,
    });
    try {
      await admin`select pg_switch_wal()`;
      await admin`select pg_logical_emit_message(true, '', '')`;
      return true;
    } catch {
      return false;
    } finally {
      await admin.end({ timeout: 0 });
    }
  };
  const crash = async () => {
    await disk.fill(2_000);
    await expect.poll(beginSegment, aWhile).toBe(false);
  };

  beforeAll(async () => {
    disk = await SmallDisk.make(400);
    data = join(disk.folder, 'data');
    port = await freePort();
    hub = start();
    url = await hub.url();
    writers = new Writers(url);
    writers.begin(3);
    return async () => {
      await Promise.all(ends.map((end) => end()));
      await vi.waitFor(() => expect(processesOf(data)).toEqual([]), aWhile);
      await disk.remove();
    };
  });

  test('refuses what it has no room for by a code, reads on, says so, and goes on once there is room', async () => {
    await writers.acknowledged(3);
    // Its log has room for a while.
    expect(await beginSegment()).toBe(true);
    await disk.fill(0);
    await expect.poll(() => [...writers.codes], aWhile).toContain('SUBGRAPH_UNAVAILABLE');
    await expect.poll(() => missing(url), aWhile).toContain('disk');
    await hub.shows(/"message":"the disk of the data folder is nearly full: make room"/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const read = () => ask(url, '{ committee(code: "330100") { name } }');
    await expect.poll(read, aWhile).toEqual({ data: { committee: { name: '杭州市政协' } } });

    await disk.makeRoom();
    await isReady();
    await writers.acknowledged(3);
  });

  test('is backed up to a disk that has room, and to none that is full', async () => {
    const full = await SmallDisk.make(1);
    onTestFinished(() => full.remove());
    await full.fill(64);
    const backingUp = startProcess('backup/backup', { HUB_DATA_DIR: data }, [join(full.folder, 'hub.zip')]);
    expect(await backingUp.ended).toBe(1);
    expect(backingUp.screen()).toBe(
      `The disk of ${full.folder} takes no more (ENOSPC): make room, or choose another folder.\n`,
    );
    expect(await readdir(full.folder)).toEqual(['filler']);
    const file = join(disk.folder, 'hub.zip');
    expect(await startProcess('backup/backup', { HUB_DATA_DIR: data }, [file]).ended).toBe(0);
  });

  test('has its PostgreSQL back by itself, once there is room, after the disk ended it', async () => {
    await crash();
    await hub.shows(/"message":"PostgreSQL has ended and is started again".*"try":1/);
    expect(await missing(url)).toEqual(['database', 'disk']);
    await disk.makeRoom();
    await hub.shows(/"message":"PostgreSQL runs again"/);
    await isReady();
    await writers.acknowledged(3);
  });

  test('ends with a word where no room is made, and refuses to start', async () => {
    await crash();
    expect(await hub.ended).toBe(1);
    const lines = hub.complaint().trim().split('\n');
    expect(lines.at(-1)).toMatch(/"level":"fatal".*could not be started again \(The disk of .* is full: make room/);
    expect(lines.filter((line) => line.includes('"level":"fatal"'))).toHaveLength(1);
    await expect.poll(() => processesOf(data), aWhile).toEqual([]);
    const refused = start();
    expect(await refused.ended).toBe(1);
    expect(refused.complaint()).toBe(`The disk of ${join(data, 'postgres')} is full: make room and start again.\n`);
  });

  test('has lost and doubled nothing of all that when it is started again', async () => {
    await disk.makeRoom();
    hub = start();
    await hub.url();
    await writers.end();
    expect(await writers.lostOrDoubled(await superuserUrl(join(data, 'postgres', 'data')))).toEqual([]);
    for (const code of ['INTERNAL_SERVER_ERROR', 'HANGS']) expect(writers.codes).not.toContain(code);
    hub.signal('SIGINT');
    expect(await hub.ended).toBe(0);
  });

  test.each([60, 75])('a restore that %i MB are too few for says so and leaves no hub', async (megabytes) => {
    const small = await SmallDisk.make(megabytes);
    const folder = join(small.folder, 'data');
    onTestFinished(async () => {
      await vi.waitFor(() => expect(processesOf(folder)).toEqual([]), aWhile);
      await small.remove();
    });
    const restoring = startProcess('backup/restore', { HUB_DATA_DIR: folder }, [backup]);
    expect(await restoring.ended).toBe(1);
    const lines = restoring.screen().trim().split('\n');
    expect(lines.at(-1)).toMatch(/^[^{]*make room/);
    // That it was started again is all that may come before.
    for (const line of lines.slice(0, -1)) expect(line).toContain('"message":"PostgreSQL');
  });
});

describe('a hub on the server that DATABASE_URL names, whose data folder fills', () => {
  let disk: SmallDisk;
  let database: TestDatabase;
  beforeAll(async () => {
    disk = await SmallDisk.make(1);
    database = await createTestDatabase('facts');
    return async () => {
      await database.drop();
      await disk.remove();
    };
  });
  afterAll(() => disk.makeRoom());

  test('a start without room for its keys says so, and leaves nothing half-written', async () => {
    const folder = join(disk.folder, 'data');
    await mkdir(folder);
    await disk.fill(0);
    const hub = startProcess('start', { DATABASE_URL: database.url, HUB_DATA_DIR: folder, PORT: '0' });
    expect(await hub.ended).toBe(1);
    expect(hub.complaint()).toMatch(
      /^The disk of \S+\/data\/\S+\.json has no room left \(ENOSPC\): make room, and try again\.\n$/,
    );
    expect(await readdir(folder)).toEqual([]);
    await disk.makeRoom();
  });

  test('what an agency reads is told only where the end of the log is kept, and again once there is room', async () => {
    const hub = await startHubHere('in process', {
      config: { accessLog: { privateKey: await createAccessLogKey(), headFile: join(disk.folder, 'head.jws') } },
    });
    try {
      const agency = await registerAgency(hub, '310117');
      const question = '{ committee(code: "310117") { name } }';
      expect((await agency.ask(question)).errors).toEqual([]);
      await disk.fill(0);
      const refused = await agency.ask(question);
      expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['ACCESS_NOT_LOGGED']);
      await disk.makeRoom();
      expect((await agency.ask(question)).errors).toEqual([]);
      expect((await readdir(disk.folder)).filter((name) => name.startsWith('head'))).toEqual(['head.jws']);
    } finally {
      await hub.stop();
    }
  });
});

test('a server that doesn’t hear its stop is ended by its supervisor, where the hub is gone', async () => {
  const deaf = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', '/bin/sh', '-c', 'trap "" INT; exec sleep 900'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const pid = await new Promise<number>((resolve) => deaf.stdout.once('data', (text) => resolve(Number(text))));
  expect(isAlive(pid)).toBe(true);
  deaf.stdin.end();
  await expect.poll(() => isAlive(pid), aWhile).toBe(false);
});
