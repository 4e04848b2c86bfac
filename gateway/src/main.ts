import { readFile } from 'node:fs/promises';
import { passportIssuer } from '@hub/access';
import { readSettings, SettingsError } from '@hub/config';
import { createGateway } from './server.ts';
import { gatewaySettings } from './settings.ts';
import { overHttp } from './subgraphs.ts';
import { subgraphUrls } from './supergraph.ts';

try {
  const settings = readSettings();
  if (!settings.HUB_PASSPORT_PRIVATE_KEY)
    throw new SettingsError('HUB_PASSPORT_PRIVATE_KEY: is required where subgraphs are reached over HTTP');
  const supergraph = await readFile(
    settings.HUB_SUPERGRAPH ?? new URL('../supergraph.graphql', import.meta.url),
    'utf8',
  );
  const gateway = await createGateway({
    ...(await gatewaySettings(settings)),
    supergraph,
    follow: true,
    transport: overHttp(subgraphUrls(supergraph), await passportIssuer(settings.HUB_PASSPORT_PRIVATE_KEY)),
  });
  process.send?.({ listening: gateway.url });
  const stop = () => {
    gateway.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('disconnect', stop).once('SIGTERM', stop).once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
