import { type ImportBatch, importRows, withdrawMissing } from '@hub/database';
import { members } from '@hub/members';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organization } from '../src/tables.ts';

const hangzhou = '330100';
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
});
afterAll(() => hub.stop());

const ids = { sector: '10000000-0000-4000-8000-000000000001', office: '10000000-0000-4000-8000-000000000002' };
const row = (id: string, name: string, classification: string) => ({
  id,
  owner: hangzhou,
  ownerAsFiled: hangzhou,
  visibility: 'PUBLIC',
  externalId: `test/${id}`,
  name,
  classification,
});
const edition = (...rows: ImportBatch['rows'][number][]): ImportBatch[] => [{ table: organization, rows }];
const sector = row(ids.sector, '经济界', 'SECTOR');
const office = row(ids.office, '办公室', 'OFFICE');
const names = async () => {
  const { data } = await hub.ask(
    `{ ${Object.entries(ids)
      .map(([name, id]) => `${name}: organization(id: "${id}") { name }`)
      .join(' ')} }`,
  );
  return { sector: data.sector?.name ?? null, office: data.office?.name ?? null };
};
const changeByHand = (id: string, name: string) =>
  hub.testDatabase.admin`update members.organization set name = ${name} where id = ${id}`;

test('an import brings its rows in once, and again only what differs', async () => {
  expect(await importRows(hub.database, edition(sector, office))).toBe(2);
  expect(await importRows(hub.database, edition(sector, office))).toBe(0);
  expect(await importRows(hub.database, edition({ ...sector, name: '经济界别' }, office))).toBe(1);
  expect(await importRows(hub.database, edition({ ...sector, name: '经济' }, office))).toBe(1);
  expect(await names()).toEqual({ sector: '经济', office: '办公室' });
});

test('what somebody has changed since stays theirs', async () => {
  await changeByHand(ids.sector, '经济与科技界');
  expect(await importRows(hub.database, edition(sector, office))).toBe(0);
  expect(await withdrawMissing(hub.database, edition(office))).toBe(0);
  expect(await names()).toEqual({ sector: '经济与科技界', office: '办公室' });
});

test('what left the import is withdrawn, and comes back with it', async () => {
  expect(await withdrawMissing(hub.database, edition(sector))).toBe(1);
  expect(await names()).toMatchObject({ office: null });
  expect(await withdrawMissing(hub.database, edition(sector))).toBe(0);
  expect(await importRows(hub.database, edition(office))).toBe(1);
  expect(await names()).toMatchObject({ office: '办公室' });
});

test('rows of a database from before that was kept are taken for imported ones, once', async () => {
  await hub.testDatabase.admin`update members.organization set imported_revision = null where id = ${ids.office}`;
  expect(await importRows(hub.database, edition(office))).toBe(1);
  expect(await importRows(hub.database, edition(office))).toBe(0);
  await changeByHand(ids.office, '政协办公室');
  expect(await importRows(hub.database, edition(office))).toBe(0);
  expect(await names()).toMatchObject({ office: '政协办公室' });
});
