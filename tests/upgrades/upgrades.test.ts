/**
 * Data of earlier versions, with what people wrote there, under this one: each a backup (`<commit>.zip`) and what that
 * version answered over it (`<commit>.json`). CONTRIBUTING says how a landing adds its own.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { restoreBackup } from '@hub/backup';
import { readSettings } from '@hub/config';
import { createAccessLogKey } from '@hub/gateway';
import { createTestDatabase } from '@hub/testkit';
import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../scripts/audit/chain.ts';
import { openData } from '../../scripts/data.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type Hub, startHub } from '../hub/hub.ts';

interface Answered {
  readonly as: readonly ['staff', string] | readonly ['member', string, string] | null;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly data: unknown;
}
interface Kept {
  /** A file that people see, and its SHA-256, where there was one. */
  readonly file?: string;
  readonly holds?: string;
  readonly answers: readonly Answered[];
}

const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const versions = readdirSync(at('.')).flatMap((name) => /^(\w+)\.zip$/.exec(name)?.[1] ?? []);

describe.each(versions)('data of %s', (version) => {
  const kept = JSON.parse(readFileSync(at(`${version}.json`), 'utf8')) as Kept;
  let hub: Hub;
  let files: ReadonlyMap<string, string>;
  let key: string;
  beforeAll(async () => {
    const database = await createTestDatabase(null);
    ({ files } = await restoreBackup({
      url: database.url,
      schemas: subgraphs.map(({ schema }) => schema),
      file: at(`${version}.zip`),
    }));
    // As any start does: migrations, upkeep, facts.
    const settings = readSettings({ DATABASE_URL: database.url }, { facesUsers: false });
    const data = await openData(settings, new AbortController().signal, () => undefined);
    await data.stop();
    // What was signed can't be gone on with without its key.
    key = files.get('access-log.json') ?? (await createAccessLogKey());
    hub = await startHub('in process', { database, config: { accessLog: { privateKey: key } } });
  });
  afterAll(() => hub?.stop());

  test.each(kept.answers.map((one) => [Object.keys(one.data as object).join(), one] as const))(
    '%s is as people left it',
    async (_, { as, query, variables, data }) => {
      const token = as && (as[0] === 'staff' ? await hub.staff(as[1]) : await hub.member(as[1], as[2]));
      const reply = await hub.ask(query, { variables, ...(token && { token }) });
      expect({ data: reply.data, errors: reply.errors }).toEqual({ data, errors: [] });
    },
  );

  const { file, holds } = kept;
  if (file !== undefined)
    test('its files are read', async () => {
      const read = await fetch(`${hub.url}/files/${file}`);
      const bytes = Buffer.from(await read.arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(holds);
    });

  test('the log of what agencies read is found as it was written, and says that it was restored', async () => {
    const keys = [JSON.parse(key) as JWK];
    const head = files.get('access-log-head.jws');
    const heads = head === undefined ? [] : [{ where: 'head', signature: head }];
    const verify = () => verifyChain(hub.database.admin, { keys, heads });
    // The end is signed a moment after it was written.
    await expect.poll(async () => (await verify()).notices.join()).not.toMatch(/hasn’t signed its end/);
    const { entries, faults, notices } = await verify();
    const isOfARestore = (notice: string) =>
      /^(Found on .* to have been brought back from a backup|Restored on .* from a backup)/.test(notice);
    // Of the earliest the key wasn't kept.
    const unexpected = faults.filter((fault) => files.size > 0 || !/signature isn’t of a key of the hub$/.test(fault));
    expect([unexpected, notices.filter((notice) => !isOfARestore(notice))]).toEqual([[], []]);
    // One that had no key yet begins here.
    expect(notices.length > 0).toBe(files.size > 0);
    expect(entries).toBeGreaterThan(0);
  });

  test('people go on with its records', async () => {
    const { cooperation } = kept.answers
      .map(({ data }) => data as { cooperation?: { id: string; title: string } })
      .find((data) => data.cooperation) as { cooperation: { id: string; title: string } };
    const { updateCooperation } = await hub.do(
      'mutation ($input: UpdateCooperationInput!) { updateCooperation(input: $input) { cooperation { title } userErrors { code } } }',
      { input: { cooperation: cooperation.id, title: `${cooperation.title}（新版）` } },
      await hub.staff('310117'),
    );
    expect(updateCooperation).toEqual({ cooperation: { title: `${cooperation.title}（新版）` }, userErrors: [] });
  });
});
