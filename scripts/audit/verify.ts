/**
 * `pnpm audit:verify`: checks the log of what agencies read against its hashes and signatures, and ends with 1 where
 * something was changed, added, left out, moved or cut off, or nothing outside of the database proves that its end wasn't. By
 * DATABASE_URL where that names the server of a hub that runs. Ends of the chain that other gateways kept
 * (`access-log-head.jws` of their HUB_DATA_DIR) are compared too, each as a parameter.
 */
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readSettings } from '@hub/config';
import { withSharedSecrets } from '@hub/database';
import { readAccessLogKeys } from '@hub/gateway';
import postgres from 'postgres';
import { reachServer } from '../data.ts';
import { dataFile, keptKeys } from '../hub-keys.ts';
import { run } from '../run.ts';
import { verifyChain } from './chain.ts';

run(async () => {
  const settings = readSettings(undefined, { facesUsers: false });
  const folder = resolve(settings.HUB_DATA_DIR);
  const kept = (await readdir(folder).catch(() => [])).filter((name) => /^access-log-head.*\.jws$/.test(name));
  const heads = await Promise.all(
    [...kept.map((name) => resolve(folder, name)), ...process.argv.slice(2)].map(async (where) => ({
      where,
      signature: await readFile(where, 'utf8'),
    })),
  );
  // What verifies writes nothing, and lays nothing.
  const data = await reachServer(settings);
  const admin = postgres(data.url, { max: 1 });
  try {
    const shared = await withSharedSecrets(data.url, (secrets) => secrets.read(keptKeys.accessLog));
    const texts = [
      settings.HUB_ACCESS_LOG_PRIVATE_KEY,
      await dataFile(settings, keptKeys.accessLog).read(),
      shared?.secret,
    ];
    const keys = texts.flatMap((text) => {
      if (text === undefined) return [];
      const { current, earlier } = readAccessLogKeys(text);
      return [current, ...earlier];
    });
    const { entries, checkpoints, faults, notices, proven } = await verifyChain(admin, { keys, heads });
    for (const line of [...faults, ...notices]) console.log(line);
    console.log(
      proven
        ? `That nothing was cut off is proven up to entry ${proven.number}, by ${proven.where}.`
        : 'Nothing outside of the database proves that its end wasn’t cut off: give this the data folder of the hub (HUB_DATA_DIR), or the access-log-head.jws of a gateway as a parameter.',
    );
    console.log(`${entries} entries, ${checkpoints} checkpoints, ${faults.length} faults`);
    process.exitCode = faults.length === 0 && proven ? 0 : 1;
  } finally {
    await admin.end();
    await data.stop();
  }
  process.exit();
});
