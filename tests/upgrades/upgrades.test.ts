/**
 * Data of earlier versions, with what people wrote there, under this one: each a backup (`<commit>.zip`) and what that
 * version answered over it (`<commit>.json`). CONTRIBUTING says how a landing adds its own.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { restoreBackup } from '@hub/backup';
import { readSettings } from '@hub/config';
import { createTestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  /** A file that people see, and its SHA-256. */
  readonly file: string;
  readonly holds: string;
  readonly answers: readonly Answered[];
}

const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const versions = readdirSync(at('.')).flatMap((name) => /^(\w+)\.zip$/.exec(name)?.[1] ?? []);

describe.each(versions)('data of %s', (version) => {
  const kept = JSON.parse(readFileSync(at(`${version}.json`), 'utf8')) as Kept;
  let hub: Hub;
  beforeAll(async () => {
    const database = await createTestDatabase(null);
    await restoreBackup({
      url: database.url,
      schemas: subgraphs.map(({ schema }) => schema),
      file: at(`${version}.zip`),
    });
    // As any start does: migrations, upkeep, facts.
    const settings = readSettings({ DATABASE_URL: database.url }, { facesUsers: false });
    const data = await openData(settings, new AbortController().signal, () => undefined);
    await data.stop();
    hub = await startHub('in process', { database });
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

  test('its files are read, and people go on with its records', async () => {
    const file = await fetch(`${hub.url}/files/${kept.file}`);
    expect(
      createHash('sha256')
        .update(Buffer.from(await file.arrayBuffer()))
        .digest('hex'),
    ).toBe(kept.holds);
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
