/**
 * `pnpm audit:rotate`: makes the next key of the access log, or takes the one that HUB_ACCESS_LOG_PRIVATE_KEY names, and has the
 * one that signs now hand on to it. Gateways sign with it from their next start on; the earlier one is good for a day more.
 * `--lost` where nobody has the earlier one any more: the log then says that nobody vouches for its next part.
 */
import { parseArgs } from 'node:util';
import { readSettings } from '@hub/config';
import { withSharedSecrets } from '@hub/database';
import { accessLogKeySet, createAccessLogKey, type KeyRow, readAccessLogKeys, readChainKeys } from '@hub/gateway';
import { calculateJwkThumbprint, type JWK } from 'jose';
import postgres from 'postgres';
import { openData } from '../data.ts';
import { dataFile, keptKeys } from '../hub-keys.ts';
import { run } from '../run.ts';

run(async (interrupted) => {
  const { values } = parseArgs({ options: { lost: { type: 'boolean', default: false } } });
  const settings = readSettings(undefined, { facesUsers: false });
  const data = await openData(settings, interrupted, () => undefined);
  const admin = postgres(data.url, { max: 1 });
  try {
    const { keys } = await readChainKeys(
      await admin<
        KeyRow[]
      >`select ordinal, number::text, hash, statement, endorsement from cooperation.access_key order by ordinal`,
      [],
    );
    const signing = keys.at(-1);
    const given = settings.HUB_ACCESS_LOG_PRIVATE_KEY;
    const file = dataFile(settings, keptKeys.accessLog);
    const told = await withSharedSecrets(data.url, async (shared) => {
      const kept = await shared.read(keptKeys.accessLog);
      const held = [given, kept?.secret, await file.read()].flatMap((text) => {
        if (text === undefined) return [];
        const { current, earlier } = readAccessLogKeys(text);
        return [current, ...earlier];
      });
      const known = new Map<string, JWK>();
      for (const key of held) known.set(await calculateJwkThumbprint(key), key);
      if (signing && !known.has(signing.thumbprint) && !values.lost) {
        process.exitCode = 1;
        return `The access log is signed with the key ${signing.key.kid}, which is neither in the settings nor in HUB_DATA_DIR nor in the database: give it by HUB_ACCESS_LOG_PRIVATE_KEY, or say --lost where nobody has it any more.`;
      }
      // One that is given and doesn't sign yet is the next itself.
      const candidate = given === undefined ? undefined : readAccessLogKeys(given).current;
      const candidatePrint = candidate && (await calculateJwkThumbprint(candidate));
      const isNext = candidate !== undefined && !keys.some(({ thumbprint }) => thumbprint === candidatePrint);
      const next = isNext ? candidate : (JSON.parse(await createAccessLogKey()) as JWK);
      const nextPrint = await calculateJwkThumbprint(next);
      const earlier = [...known].filter(([thumbprint]) => thumbprint !== nextPrint).map(([, key]) => key);
      const set = accessLogKeySet([next, ...earlier], values.lost ? signing?.thumbprint : undefined);
      if (given === undefined) {
        await shared.keep(keptKeys.accessLog, { secret: set, known: String(next.kid) });
        await file.write(set);
        return `The key ${next.kid} signs the access log from the next start of each gateway on.`;
      }
      const nextFile = dataFile(settings, 'access-log-next');
      await nextFile.write(set);
      return `Give every gateway what stands in ${nextFile.file} as HUB_ACCESS_LOG_PRIVATE_KEY and start it anew: the key ${next.kid} signs the access log from then on. Remove the file then.`;
    });
    console.log(told);
  } finally {
    await admin.end();
    await data.stop();
  }
  process.exit();
});
