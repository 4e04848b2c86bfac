import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { supergraphFile } from '@hub/gateway';
import { isAlive } from '@hub/lifecycle';
import { subgraphSdl } from '@hub/subgraph-server';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ForeignSubgraph, library, serve } from '../../gateway/test/foreign-subgraphs.ts';
import { subgraphPort, subgraphs } from '../../scripts/subgraphs.ts';
import {
  ask,
  contractOperation,
  freePort,
  type HubProcess,
  newFolder,
  processesOf,
  startProcess,
  takenPort,
  takePort,
} from './hub-process.ts';

const often = { interval: 100 };

describe('pnpm start:services', { timeout: 600_000 }, () => {
  let folder: string;
  let database: TestDatabase;
  let supergraph: string;
  const ports = new Map<string, number>();
  const start = (settings: Record<string, string> = {}, atEnd?: (end: () => Promise<void>) => void) =>
    startProcess(
      'start-services',
      { DATABASE_URL: database.url, HUB_DATA_DIR: folder, HUB_SUPERGRAPH: supergraph, PORT: '0', ...settings },
      undefined,
      undefined,
      atEnd,
    );
  const servicesOf = (pid: number) => {
    const services = processesOf('/src/main.ts');
    return processesOf(pid).filter((child) => services.includes(child));
  };
  /** The committed supergraph, with the subgraphs at other ports. */
  const supergraphAt = async (name: string, portOf: ReadonlyMap<string, number>) => {
    const file = join(dirname(folder), name);
    let text = await readFile(supergraphFile, 'utf8');
    for (const [subgraph, port] of portOf)
      text = text.replace(`http://127.0.0.1:${subgraphPort(subgraph)}/`, `http://127.0.0.1:${port}/`);
    await writeFile(file, text);
    return file;
  };

  beforeAll(async () => {
    folder = await newFolder();
    database = await createTestDatabase('facts');
    for (const { name } of subgraphs) ports.set(name, await freePort());
    supergraph = await supergraphAt('supergraph.graphql', ports);
  });
  afterAll(async () => {
    await database.drop();
    await rm(dirname(folder), { recursive: true, force: true });
  });

  test('answers as one hub; a subgraph alone answers nobody; one that is killed costs its fields only, and is started again', async () => {
    const hub = start();
    const url = await hub.url();
    const children = servicesOf(hub.pid);
    expect(children).toHaveLength(subgraphs.length + 1);
    const { query, variables } = await contractOperation('three-levels');
    const whole = await ask(url, query, { variables });
    expect(whole).not.toHaveProperty('errors');
    expect(whole).not.toHaveProperty('extensions');

    for (const [name, port] of ports) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      });
      expect(response.status, name).toBe(401);
      expect(await response.json()).not.toHaveProperty('data');
    }

    const victim = children.find((pid) => processesOf('subgraphs/workstations/src/main.ts').includes(pid));
    process.kill(victim as number, 'SIGKILL');
    const rest = await ask(url, query, { variables });
    expect(rest.extensions?.incomplete).toEqual([{ subgraph: 'workstations' }]);
    expect((await ask(url, '{ committee(code: "330100") { name } }')).data.committee.name).toBe('杭州市政协');
    expect((await hub.shows(/workstations has ended and is started again.*\n/))[0]).toContain('SIGKILL');
    await hub.shows(/workstations runs again/);
    expect(await ask(url, query, { variables })).toEqual(whole);

    // The gateway comes back at its address, and says that it is there once it is ready.
    const gateway = children.find((pid) => processesOf('gateway/src/main.ts').includes(pid));
    process.kill(gateway as number, 'SIGKILL');
    await hub.shows(/gateway runs again/);
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ok' });
    expect(await ask(url, query, { variables })).toEqual(whole);
    for (const port of ports.values())
      expect(await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()).toEqual({ status: 'ok' });
    children.push(...servicesOf(hub.pid));

    hub.signal('SIGINT');
    expect(await hub.ended, hub.screen()).toBe(0);
    await expect.poll(() => children.filter(isAlive), often).toEqual([]);
  });

  describe('of a graph with subgraphs of others', () => {
    /** One of the hub's own is enough here. */
    const own = subgraphs.filter(({ name }) => name === 'members');
    const weather: ForeignSubgraph = {
      name: 'weather',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Query { season: String } type Committee @key(fields: "code") { code: ID! weather: String! }`,
      resolvers: {
        Query: { season: () => '冬' },
        Committee: { weather: ({ code }: { code: string }) => `sunny in ${code}` },
      },
    };
    const ends: (() => Promise<void>)[] = [];
    let mixed: Record<string, string>;
    let hub: HubProcess;
    let services: number[];
    beforeAll(async () => {
      const served = await serve(
        [weather],
        own.map((definition) => ({
          name: definition.name,
          url: `http://127.0.0.1:${ports.get(definition.name)}/graphql`,
          typeDefs: parse(subgraphSdl(definition)),
        })),
      );
      mixed = { HUB_SUPERGRAPH: join(dirname(folder), 'with-weather.graphql') };
      await writeFile(mixed['HUB_SUPERGRAPH'] as string, served.supergraph);
      return async () => {
        await Promise.all(ends.map((end) => end()));
        await served.stop();
      };
    });

    test('Ctrl-C before it is up ends everything', async () => {
      const stopped = start(mixed);
      await expect.poll(() => servicesOf(stopped.pid).length, often).toBe(own.length);
      const children = servicesOf(stopped.pid);
      stopped.signal('SIGINT');
      expect(await stopped.ended).toBe(0);
      expect(stopped.complaint()).toBe('');
      await expect.poll(() => children.filter(isAlive), often).toEqual([]);
    });

    test('it starts its own and reaches the others', async () => {
      hub = start(mixed, (end) => ends.push(end));
      const url = await hub.url();
      services = servicesOf(hub.pid);
      expect(services).toHaveLength(own.length + 1);
      expect(await ask(url, '{ season committee(code: "330100") { name weather } }')).toEqual({
        data: { season: '冬', committee: { name: '杭州市政协', weather: 'sunny in 330100' } },
      });
      expect((await fetch(`${url}/changes?wait=0`, { headers: { accept: 'application/json' } })).status).toBe(200);

      // Somebody else has taken its port by the time that it is to be started again.
      const victim = services.find((pid) => processesOf('subgraphs/members/src/main.ts').includes(pid));
      process.kill(victim as number, 'SIGKILL');
      await expect.poll(() => takePort(ports.get('members') as number, (end) => ends.push(end))).toBe(true);
    });

    // While the tries of the one before go on.
    test('and of none of its own it starts the gateway, and no database', async () => {
      const others = await serve(library);
      onTestFinished(() => others.stop());
      const file = join(dirname(folder), 'library.graphql');
      await writeFile(file, others.supergraph);
      const data = join(dirname(folder), 'without-database');
      const gateway = start({ HUB_SUPERGRAPH: file, HUB_DATA_DIR: data, DATABASE_URL: '' });
      const url = await gateway.url();
      expect(servicesOf(gateway.pid)).toHaveLength(1);
      expect((await ask(url, '{ greeting works { title stars } }')).data.works).toHaveLength(3);
      expect(existsSync(join(data, 'postgres'))).toBe(false);
      gateway.signal('SIGINT');
      expect(await gateway.ended).toBe(0);
    });

    test('what can’t be started again ends it with a word', async () => {
      expect(await hub.ended).toBe(1);
      expect(hub.complaint()).toMatch(
        /"level":"fatal".*members ended and could not be started again \(Port \d+ is taken/,
      );
      await expect.poll(() => services.filter(isAlive), often).toEqual([]);
    });

    test('none of its processes outlives it when it is killed', async () => {
      await Promise.all(ends.splice(0).map((end) => end()));
      const killed = start(mixed);
      // Before they hear of anything: they are loaded for seconds.
      await expect.poll(() => servicesOf(killed.pid).length, often).toBe(own.length);
      const children = servicesOf(killed.pid);
      process.kill(killed.pid, 'SIGKILL');
      await expect.poll(() => children.filter(isAlive), often).toEqual([]);
    });
  });

  test('ends in one sentence when the port of a subgraph is taken, or its supergraph is none', async () => {
    const port = await takenPort();
    const hub = start({
      HUB_SUPERGRAPH: await supergraphAt('taken.graphql', new Map([...ports, ['members', port]])),
    });
    expect(await hub.ended).toBe(1);
    expect(hub.screen()).toBe(
      `Port ${port} is taken: stop what uses it, or give members another in a supergraph of your own (HUB_SUPERGRAPH).\n`,
    );
    const lost = start({ HUB_SUPERGRAPH: '/nowhere.graphql' });
    expect(await lost.ended).toBe(1);
    expect(lost.screen()).toBe('HUB_SUPERGRAPH: is no supergraph that can be read\n');
  });
});
