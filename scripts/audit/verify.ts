/**
 * `pnpm audit:verify`: checks the log of what agencies read against its hashes and signatures, and ends with 1 where
 * something was changed, left out, moved or cut off. On a hub that runs, and by DATABASE_URL where that names its server.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readSettings } from '@hub/config';
import type { JWK } from 'jose';
import postgres from 'postgres';
import { openData } from '../data.ts';
import { run } from '../run.ts';
import { verifyChain } from './chain.ts';
import { restorationsOf } from './restorations.ts';

run(async (interrupted) => {
  const settings = readSettings(undefined, { facesUsers: false });
  const inFolder = (name: string) => readFile(resolve(settings.HUB_DATA_DIR, name), 'utf8').catch(() => undefined);
  const privateKey = settings.HUB_ACCESS_LOG_PRIVATE_KEY ?? (await inFolder('access-log.json'));
  const head = await inFolder('access-log-head.jws');
  const data = await openData(settings, interrupted, () => undefined);
  const admin = postgres(data.url, { max: 1 });
  try {
    const keys = privateKey === undefined ? [] : [publicHalf(JSON.parse(privateKey) as JWK)];
    const { entries, checkpoints, faults } = await verifyChain(admin, keys, head === undefined ? [] : [head]);
    for (const line of [...(await restorationsOf(admin)), ...faults]) console.log(line);
    console.log(`${entries} entries, ${checkpoints} checkpoints, ${faults.length} faults`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await admin.end();
    await data.stop();
  }
  process.exit();
});

const publicHalf = ({ d: _private, ...jwk }: JWK): JWK => jwk;
