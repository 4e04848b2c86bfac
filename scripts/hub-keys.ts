/** Keys that all processes of a hub share: those of the settings, or the hub's own, which lie in the database for every start over it and in the data folder. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Settings, SettingsError, writeKept } from '@hub/config';
import { type SharedSecrets, withSharedSecrets } from '@hub/database';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
import { accessLogKeySet, createAccessLogKey, readAccessLogKeys } from '@hub/gateway/access-keys';
import type { Secrets } from '@hub/workflow';
import { faultOf } from './data.ts';

export interface HubKeys {
  readonly dutyCodes: Required<Pick<Secrets, 'dutyCodePrivateKey' | 'dutyCodePublicKeys'>>;
  /** As HUB_ACCESS_LOG_PRIVATE_KEY takes it. */
  readonly accessLog: string;
  /** What whoever runs the hub should know of them, a sentence each. */
  readonly notices: readonly string[];
}

/** Names of what is kept, in the database; in the data folder each is a file. */
export const keptKeys = { accessLog: 'access-log', dutyCodes: 'duty-code' } as const;

/** @throws SettingsError where other gateways over the database are given a key that this one isn't */
export async function hubKeys(settings: Settings, adminUrl: string): Promise<HubKeys> {
  const notices: string[] = [];
  const keys = await withSharedSecrets(adminUrl, async (shared) => ({
    accessLog: settings.HUB_ACCESS_LOG_PRIVATE_KEY ?? (await accessLogKey(settings, shared, notices)),
    dutyCodes: await dutyCodeKeys(settings, shared, notices),
  })).catch((error: unknown) => {
    throw faultOf(settings, { place: resolve(settings.HUB_DATA_DIR, 'postgres', 'data') }, error);
  });
  const isGiven = settings.HUB_ACCESS_LOG_PRIVATE_KEY && settings.HUB_DUTY_CODE_PRIVATE_KEY;
  if (new URL(adminUrl).password === '' && !isGiven)
    notices.push(
      'DATABASE_URL has no password to seal keys with: whoever has a copy of the database has the hub’s keys. Give them by HUB_ACCESS_LOG_PRIVATE_KEY and HUB_DUTY_CODE_PRIVATE_KEY, and they don’t lie there.',
    );
  return { ...keys, notices };
}

async function accessLogKey(settings: Settings, shared: SharedSecrets, notices: string[]): Promise<string> {
  const file = dataFile(settings, keptKeys.accessLog);
  const mine = await file.read();
  const kept = await shared.read(keptKeys.accessLog);
  let secret = kept?.isLatest ? kept.secret : undefined;
  if (secret === undefined) {
    const [signing] = kept?.known ?? [];
    const held = [kept?.secret, mine].filter((text) => text !== undefined);
    secret =
      signing === undefined ? (mine ?? (await createAccessLogKey())) : held.find((text) => kidOf(text) === signing);
    if (secret === undefined) {
      secret = await successorOf(String(signing), held);
      notices.push(
        `The key of the access log (kid ${signing}) lies in the database for another password of DATABASE_URL and isn’t in HUB_DATA_DIR: ${kidOf(secret)} signs from here on, for which it doesn’t vouch, and pnpm audit:verify says so. Where several administrators start gateways, give all of these one key by HUB_ACCESS_LOG_PRIVATE_KEY.`,
      );
    }
    await shared.keep(keptKeys.accessLog, { secret, known: kidOf(secret) });
  }
  if (mine !== undefined && !kidsOf(secret).includes(kidOf(mine)))
    notices.push(notTheShared('access-log.json', kidOf(mine), kidOf(secret), 'HUB_ACCESS_LOG_PRIVATE_KEY'));
  else if (mine !== secret) await file.write(secret);
  return secret;
}

/** A set whose first key is new, after one that can't be reached here; those that were used here verify what they signed. */
async function successorOf(lost: string, held: readonly string[]): Promise<string> {
  const earlier = new Map(
    held
      .map(readAccessLogKeys)
      .flatMap(({ current, earlier }) => [current, ...earlier])
      .map((key) => [key.kid, key]),
  );
  return accessLogKeySet([JSON.parse(await createAccessLogKey()), ...earlier.values()], lost);
}

const kidsOf = (text: string): readonly string[] => {
  const { current, earlier } = readAccessLogKeys(text);
  return [current, ...earlier].map(({ kid }) => String(kid));
};
const kidOf = (text: string): string => kidsOf(text)[0] ?? '';

async function dutyCodeKeys(
  settings: Settings,
  shared: SharedSecrets,
  notices: string[],
): Promise<HubKeys['dutyCodes']> {
  const given = settings.HUB_DUTY_CODE_PRIVATE_KEY;
  const file = dataFile(settings, keptKeys.dutyCodes);
  const mine = given === undefined ? await file.read() : undefined;
  const kept = await shared.read(keptKeys.dutyCodes);
  // Codes that other administrators' gateways sign are good, too.
  const before = uniqueKeys((kept?.known ?? []).flatMap(publicKeysOf));
  const kept0 = before[0]?.kid;
  // A key that was given isn't kept, only that it was.
  if (given === undefined && kept?.secret === '')
    throw new SettingsError(
      `HUB_DUTY_CODE_PRIVATE_KEY: other gateways over this database are given the key ${kept0}: give it to this one too, or what one signs is refused by the other.`,
    );
  const folder = mine !== undefined && (kept0 === undefined || jwkOf(mine).kid === kept0) ? mine : undefined;
  const dutyCodePrivateKey = given ?? (kept?.secret || folder) ?? (await createDutyCodeKey());
  const { kid } = jwkOf(dutyCodePrivateKey);
  const own = publicKeysOf(publicDutyCodeKeys([dutyCodePrivateKey]));
  // Codes that were signed before are still good.
  const known = JSON.stringify({ keys: [...own, ...before.filter((key) => key.kid !== kid)] });
  if (kept0 !== undefined && kept0 !== kid)
    notices.push(
      `Duty codes over this database were signed with the key ${kept0} and are with ${kid} from here on: give every gateway the same HUB_DUTY_CODE_PRIVATE_KEY.`,
    );
  if (kept?.known[0] !== known || kept.secret === undefined || (given !== undefined && kept.secret !== ''))
    await shared.keep(keptKeys.dutyCodes, { secret: given === undefined ? dutyCodePrivateKey : '', known });
  if (given === undefined) {
    if (mine === undefined) await file.write(dutyCodePrivateKey);
    else if (jwkOf(mine).kid !== kid)
      notices.push(notTheShared('duty-code.json', jwkOf(mine).kid, kid, 'HUB_DUTY_CODE_PRIVATE_KEY'));
  }
  return { dutyCodePrivateKey, dutyCodePublicKeys: settings.HUB_DUTY_CODE_PUBLIC_KEYS ?? known };
}

const jwkOf = (text: string) => JSON.parse(text) as { readonly kid: string };
const uniqueKeys = (keys: readonly { readonly kid: string }[]) => [
  ...new Map(keys.map((key) => [key.kid, key])).values(),
];
const publicKeysOf = (text: string) => (JSON.parse(text) as { keys: readonly { readonly kid: string }[] }).keys;

function notTheShared(file: string, mine: string, shared: string, setting: string): string {
  return `${file} in HUB_DATA_DIR holds the key ${mine}, and the gateways over this database use ${shared}, as this one does now: remove the file, or give all of them one key by ${setting}.`;
}

/** A key as a file of the data folder, readable by its user alone. */
export function dataFile(settings: Settings, name: string) {
  const folder = resolve(settings.HUB_DATA_DIR);
  const file = join(folder, `${name}.json`);
  return {
    file,
    async read(): Promise<string | undefined> {
      try {
        return await readFile(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(text: string): Promise<void> {
      await writeKept(file, text);
    },
  };
}
