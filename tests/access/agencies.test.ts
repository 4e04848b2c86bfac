/** What agencies are told, over random agreements and operations. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerAgency, type TestAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { agencyRounds } from './agency-rounds.ts';
import { createWorld } from './world.ts';

/** `pnpm stress:agencies` tries more than the suite has time for. */
// biome-ignore lint/style/noProcessEnv: how many rounds a run tries is no setting of the hub
const rounds = Number(process.env['AGENCY_ROUNDS'] ?? 120);

let hub: Hub;
let agency: TestAgency;

beforeAll(async () => {
  const { database } = await createWorld();
  hub = await startHub('in process', { database, config: { follow: false } });
  agency = await registerAgency(hub, '330110');
});
afterAll(() => hub.stop());

test('an agency is told exactly the fields and rows that its agreement shares, whatever it says and whatever is asked', async () => {
  const { differences, told, refused, rows } = await agencyRounds(
    { admin: hub.database.admin, agency },
    rounds,
    20_261_127,
  );
  console.log(`${rounds} rounds: ${told} told, ${refused} refused, ${rows} rows, ${differences.length} differences`);
  expect(differences).toEqual([]);
  expect(Math.min(told, refused)).toBeGreaterThan(20);
  expect(rows).toBeGreaterThan(100);
});
