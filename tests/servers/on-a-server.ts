import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '@hub/config';
import { beforeAll, describe, expect, test } from 'vitest';
import { openData } from '../../scripts/data.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import type { Major } from './installed.ts';
import { answersOf } from './operations.ts';
import { asTestDatabase, type RealServer, startRealServer } from './real-server.ts';

/** Prepares a database as a start of the hub does; gives what it said. */
export async function prepare(url: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-server-'));
  const said: string[] = [];
  try {
    const data = await openData(
      readSettings({ DATABASE_URL: url, HUB_DATA_DIR: folder }),
      new AbortController().signal,
      (line) => said.push(line),
    );
    await data.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return said;
}

/** The hub does on a version of PostgreSQL what it does on its own, whoever it was given. */
export function describeOn(major: Major, owners: readonly ('superuser' | 'plain owner')[]): void {
  describe(`on PostgreSQL ${major}`, () => {
    let server: RealServer;
    let expected: Record<string, unknown>;
    beforeAll(async () => {
      server = await startRealServer(major);
      const own = await startHub('in process');
      try {
        expected = await answersOf(own);
      } finally {
        await own.stop();
      }
      return () => server.stop();
    });

    describe.each(owners)('as %s', (owner) => {
      let url: string;

      test('a first start lays all and brings the facts in', async () => {
        url = await server.database(owner === 'superuser' ? 'hub_of_superuser' : 'hub_of_owner', owner);
        expect(await prepare(url)).toEqual([
          'Database …',
          ...subgraphs.map(({ name }) => expect.stringMatching(new RegExp(`^${name}: \\d+ records brought in$`))),
        ]);
      });

      test('a second and a third start find it done', async () => {
        expect(await prepare(url)).toEqual(['Database …']);
        expect(await prepare(url)).toEqual(['Database …']);
      });

      test('people are answered as on the hub’s own', async () => {
        const hub: Hub = await startHub('in process', { database: asTestDatabase(server, url) });
        try {
          expect(await answersOf(hub)).toEqual(expected);
        } finally {
          await hub.stop();
        }
      });
    });
  });
}
