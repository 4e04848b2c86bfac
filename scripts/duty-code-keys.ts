/** The keys of duty codes: those of the settings, or the hub's own, which it keeps. */
import { resolve } from 'node:path';
import { keptSecret, type Settings } from '@hub/config';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
import type { Secrets } from '@hub/workflow';

export async function dutyCodeKeys(settings: Settings): Promise<Required<Secrets>> {
  const dutyCodePrivateKey =
    settings.HUB_DUTY_CODE_PRIVATE_KEY ??
    (await keptSecret(resolve(settings.HUB_DATA_DIR), 'duty-code.json', createDutyCodeKey));
  return {
    dutyCodePrivateKey,
    dutyCodePublicKeys: settings.HUB_DUTY_CODE_PUBLIC_KEYS ?? publicDutyCodeKeys([dutyCodePrivateKey]),
  } as Required<Secrets>;
}
