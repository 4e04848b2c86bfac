/** The log of what agencies read can be checked by whoever has the key, and shows whatever was done to it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessLogKey } from '@hub/gateway';
import type { JWK } from 'jose';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Known, type Verified, verifyChain, verifyIn } from '../../scripts/audit/chain.ts';
import { registerAgency, type TestAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';

let hub: Hub;
let agency: TestAgency;
let folder: string;
let headFile: string;
let key: JWK;
/** Whether the gateway gets no further than writing, as one that is killed then. */
let isCutShort = false;
const linping = '330113';
const list = '{ committee(code: "330113") { name } }';
const refused = '{ committee(code: "330113") { members { totalCount } } }';
const members = '{ committee(code: "330113") { members(orderBy: NAME_ASC, first: 2) { nodes { name } } } }';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-log-'));
  headFile = join(folder, 'access-log-head.jws');
  const privateKey = await createAccessLogKey();
  key = JSON.parse(privateKey) as JWK;
  hub = await startHub('in process', {
    config: { accessLog: { privateKey, headFile } },
    before: ({ query }) => {
      if (isCutShort && query.includes('signAccesses')) throw new Error('killed');
    },
  });
  agency = await registerAgency(hub, linping);
  const fields = ['Query.members', 'Committee.members', 'Member.id', 'Member.name', 'Member.person'];
  const agreement = await agency.agree({
    committee: linping,
    regions: [linping],
    datasets: [{ dataset: 'members', fields }],
  });
  await agency.ask(list);
  await Promise.all([1, 2, 3].map(() => agency.ask(list)));
  for (let n = 0; n < 4; n += 1) await agency.ask(refused);
  // The gateway signs, and enters what it counted, when it stops.
  await hub.restart();
  await agency.ask(members, { agreement });
  await agency.ask(refused);
  await agency.ask(list);
  await hub.restart();
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const known = async (): Promise<Known> => ({
  keys: [key],
  heads: [{ where: 'the head', signature: await readFile(headFile, 'utf8') }],
});
const verify = async (given?: Partial<Known>): Promise<Verified> =>
  verifyChain(hub.database.admin, { ...(await known()), ...given });

test('a log that nobody touched is sound, its end proven by what is kept beside the database', async () => {
  const verified = await verify();
  console.log(verified);
  expect(verified).toEqual({
    entries: expect.any(Number),
    checkpoints: expect.any(Number),
    faults: [],
    notices: [],
    proven: { number: verified.entries, where: 'the head' },
  });
});
