/** `pnpm start`: the whole hub in one process, with its own PostgreSQL unless DATABASE_URL names one. */
import { readFile } from 'node:fs/promises';
import { readSettings, retentionOf, SettingsError } from '@hub/config';
import { logLine, untilReady, watchShortages } from '@hub/lifecycle';
import { gatewayAddress, metricsMustBeFree, mustBeFree } from './ports.ts';
import { run } from './run.ts';
import { welcome } from './welcome.ts';

run(async (interrupted, fail) => {
  const started = Date.now();
  const settings = readSettings();
  if (settings.HUB_SUPERGRAPH)
    throw new SettingsError(
      'HUB_SUPERGRAPH: its subgraphs are reached over HTTP, and this is one process: use npx -y pnpm start:services',
    );
  await mustBeFree(gatewayAddress(settings));
  await metricsMustBeFree(settings.HUB_METRICS_PORT);
  // What takes seconds to load is loaded once it is known that the hub may start: where its own database takes seconds to
  // start, meanwhile; one that is named may refuse at once.
  const load = () => Promise.all([import('@hub/gateway'), import('@hub/subgraph-server'), import('./hub-keys.ts')]);
  const { openData } = await import('./data.ts');
  const loading = settings.DATABASE_URL ? undefined : load();
  const data = await openData(settings, interrupted, (line) => console.log(line));
  const [{ subgraphs }, { openDatabase }] = await Promise.all([import('./subgraphs.ts'), import('@hub/database')]);
  const [{ createGateway, gatewaySettings, inProcess, supergraphFile }, server, { hubKeys }] = await (loading ??
    load());
  void data.lost.then(({ message }) => fail(message));
  try {
    const keys = await hubKeys(settings, data.url);
    for (const notice of keys.notices) logLine('warn', notice);
    const secrets = { ...keys.dutyCodes, webhookHosts: settings.HUB_WEBHOOK_HOSTS };
    const functions = subgraphs.map((definition) =>
      server.createSubgraph(
        definition,
        openDatabase({
          url: data.urls.get(definition.name) ?? '',
          name: definition.name,
          fetchTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS,
        }),
        logLine,
        secrets,
      ),
    );
    const own = await gatewaySettings({ ...settings, HUB_ACCESS_LOG_PRIVATE_KEY: keys.accessLog });
    const folders = [...own.folders, ...data.folders];
    const gateway = await createGateway({
      ...own,
      folders,
      supergraph: await readFile(supergraphFile, 'utf8'),
      follow: true,
      transport: inProcess(functions),
    });
    const retention = retentionOf(settings);
    const swept = functions.map(({ name, sweep }) => ({ name, sweep: () => sweep(retention) }));
    const sweeping = server.sweepRegularly(swept, logLine);
    watchShortages(folders, logLine);
    await untilReady(gateway, interrupted);
    console.log(welcome({ settings, url: gateway.url, data, seconds: (Date.now() - started) / 1000 }));
    const { leadMs, graceMs } = own.drain;
    return {
      patienceMs: leadMs + graceMs + 10_000,
      async stop() {
        await Promise.all([gateway.stop(), sweeping.stop()]);
        await Promise.all(functions.map((subgraph) => subgraph.close()));
        // Last: what was begun is written down.
        await data.stop();
      },
    };
  } catch (error) {
    await data.stop();
    throw error;
  }
});
