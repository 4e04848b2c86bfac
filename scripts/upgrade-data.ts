/**
 * `pnpm upgrade-data NAME`: keeps what a hub that runs holds as `tests/upgrades/NAME.zip`, and what it answers to the questions
 * of `tests/upgrades/NAME.json` in that file, so that later versions are held to both. Its tokens are those of the development
 * issuer of HUB_DATA_DIR; of its keys the one that signs the access log is kept, without which that one can't go on.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openDevelopmentIssuer, type TokenClaims } from '@hub/access';
import { writeBackup } from '@hub/backup';
import { readSettings, SettingsError } from '@hub/config';
import { recordId } from '@hub/facts';
import { readKeptFiles } from './backup/kept-files.ts';
import { reachServer } from './data.ts';
import { run } from './run.ts';
import { subgraphs } from './subgraphs.ts';

type As = readonly ['staff', string] | readonly ['member', string, string] | null;
interface Kept {
  readonly answers: readonly { as: As; query: string; variables: object; data?: unknown }[];
}

const claimsOf = ([role, of, committee = '']: Exclude<As, null>): TokenClaims =>
  role === 'staff'
    ? { role, committee: of, duties: ['proposals', 'meetings', 'members', 'township', 'sharing'] }
    : { role, membership: [{ id: recordId(of), committee }] };

run(async (interrupted) => {
  const [name = ''] = process.argv.slice(2);
  if (!/^\w+$/.test(name)) throw new SettingsError('Name the data, by the commit that made them: 673c462');
  const at = (ending: string) => fileURLToPath(new URL(`../tests/upgrades/${name}.${ending}`, import.meta.url));
  const settings = readSettings();
  const { HUB_ISSUER: issuerName, HUB_AUDIENCE: audience } = settings;
  const issuer = await openDevelopmentIssuer(settings.HUB_DATA_DIR, { issuer: issuerName, audience });
  const kept = JSON.parse(await readFile(at('json'), 'utf8')) as Kept;
  for (const one of kept.answers) {
    const token = one.as && (await issuer.issue('upgrade', claimsOf(one.as), '5m'));
    const response = await fetch(`http://127.0.0.1:${settings.PORT}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: one.query, variables: one.variables }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (errors) throw new SettingsError(`${one.query}: ${JSON.stringify(errors)}`);
    one.data = data;
  }
  const server = await reachServer(settings);
  const schemas = subgraphs.map((subgraph) => subgraph.name);
  const files = (await readKeptFiles(settings, server.url)).filter((file) => /^access-log/.test(file.name));
  await writeBackup({ url: server.url, schemas, files, hub: name, file: at('zip'), signal: interrupted });
  await writeFile(at('json'), `${JSON.stringify(kept, null, 1)}\n`);
  await server.stop();
  process.exit();
});
