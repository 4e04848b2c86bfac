/**
 * The gateway as a process of its own, with the subgraphs of the supergraph over HTTP: `pnpm start:gateway`, and one of the
 * processes of `pnpm start:services`.
 */
import { readFile } from 'node:fs/promises';
import { createPassportKeys, passportIssuer } from '@hub/access';
import { readSettings, type Settings, SettingsError, unknownSettings } from '@hub/config';
import { endInOrder, logLine, tellFailedStart, untilReady, watchShortages } from '@hub/lifecycle';
import { createGateway } from './server.ts';
import { gatewaySettings } from './settings.ts';
import { overHttp } from './subgraphs.ts';
import { readForeignSupergraph, subgraphUrls, supergraphFile } from './supergraph.ts';

/** With a key that nobody knows, subgraphs that look at passports answer nobody: of use only to try others. */
async function passportKey({ HUB_PASSPORT_PRIVATE_KEY: given, HUB_ENV, HUB_SUPERGRAPH }: Settings): Promise<string> {
  if (given) return given;
  if (HUB_ENV === 'production' || !HUB_SUPERGRAPH)
    throw new SettingsError('HUB_PASSPORT_PRIVATE_KEY: is required where subgraphs are reached over HTTP');
  return (await createPassportKeys()).privateKey;
}

try {
  const unknown = unknownSettings();
  if (unknown !== undefined) logLine('warn', unknown);
  const settings = readSettings();
  const key = await passportKey(settings);
  const supergraph = settings.HUB_SUPERGRAPH
    ? await readForeignSupergraph(settings.HUB_SUPERGRAPH)
    : await readFile(supergraphFile, 'utf8');
  const own = await gatewaySettings(settings);
  const gateway = await createGateway({
    ...own,
    supergraph,
    follow: true,
    transport: overHttp(subgraphUrls(supergraph), await passportIssuer(key)),
  });
  endInOrder(() => gateway.stop(), own.drain.leadMs + own.drain.graceMs);
  watchShortages(own.folders, logLine);
  await untilReady(gateway);
  if (process.send) process.send({ listening: gateway.url });
  else process.stdout.write(`The gateway answers at ${gateway.url}/graphql; Ctrl-C stops it.\n`);
} catch (error) {
  tellFailedStart(error);
  process.exit(1);
}
