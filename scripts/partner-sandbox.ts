/**
 * `pnpm partner:sandbox`: makes a partner agency with a key and agreements on the 眼科 cooperation of 松江 and 上饶, on a
 * development hub that is running, and keeps what the agency has to know in HUB_DATA_DIR/partner-sandbox.json. Where all is
 * there already it changes nothing. `--url` where the hub isn't at http://localhost:PORT.
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { openDevelopmentIssuer } from '@hub/access';
import { HubClientError } from '@hub/client';
import { readSettings, SettingsError } from '@hub/config';
import { demoAgency } from './demo-agency.ts';
import { sentenceOf } from './run.ts';

const settings = readSettings(undefined, { facesUsers: false });
const { values } = parseArgs({ options: { url: { type: 'string' } } });
const url = values.url ?? `http://localhost:${settings.PORT}`;
const file = join(settings.HUB_DATA_DIR, 'partner-sandbox.json');

try {
  if (settings.HUB_ENV === 'production' || settings.HUB_JWKS_URL)
    throw new SettingsError('The demo agency exists only outside production and without HUB_JWKS_URL.');
  const issuer = await openDevelopmentIssuer(settings.HUB_DATA_DIR, {
    issuer: settings.HUB_ISSUER,
    audience: settings.HUB_AUDIENCE,
  });
  const { agency, agreements } = await demoAgency({ url, audience: settings.HUB_AUDIENCE, issuer, file });
  const inside = relative('.', file);
  const shown = inside.startsWith('..') ? file : inside;
  const where = shown === '.data/partner-sandbox.json' ? '' : ` --credentials ${shown}`;
  console.log(`Agency ${agency}, its private key and its agreements ${Object.values(agreements).join(', ')} are in ${shown}.
Run    npx -y pnpm example:health-commission${where}    to read what they share, and again for what changed since.
Told   of changes, without asking: start the hub with HUB_WEBHOOK_HOSTS=localhost:8080, then hub.webhooks.register({ url: 'http://localhost:8080/' }) as README.md has it
See    who read what: npx -y pnpm run token --role staff --committee 310117, then { committee(code: "310117") { accesses { nodes { outcome fields rows } } } } at ${url}/`);
} catch (error) {
  console.error(complaintOf(error));
  process.exit(1);
}

function complaintOf(error: unknown): string {
  if (
    (error instanceof TypeError && error.cause) ||
    (error instanceof HubClientError && error.status === null && error.code === 'CONNECTION_FAILED')
  )
    return `No hub answers at ${url}: start it with npx -y pnpm start, or name it with --url.`;
  if (error instanceof HubClientError && error.code === 'UNAUTHENTICATED')
    return `The hub at ${url} doesn’t know tokens of ${settings.HUB_DATA_DIR}: name its data folder with HUB_DATA_DIR.`;
  return sentenceOf(error) ?? (error instanceof Error ? error.message : String(error));
}
