/** `pnpm start`: the whole hub in one process, with its own PostgreSQL unless DATABASE_URL names one. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { readSettings, SettingsError } from '@hub/config';
import { openDatabase } from '@hub/database';
import type { Log } from '@hub/subgraph-server';
import { gatewayAddress, mustBeFree } from './ports.ts';
import { run } from './run.ts';
import { welcome } from './welcome.ts';

run(async (interrupted) => {
  const started = Date.now();
  const settings = readSettings();
  if (settings.HUB_SUPERGRAPH)
    throw new SettingsError(
      'HUB_SUPERGRAPH: its subgraphs are reached over HTTP, and this is one process: use npx -y pnpm start:services',
    );
  await mustBeFree(gatewayAddress(settings));
  // What takes seconds to load is loaded once it is known that the hub may start.
  const [{ createGateway, gatewaySettings, inProcess, supergraphFile }, server, { subgraphs }] = await Promise.all([
    import('@hub/gateway'),
    import('@hub/subgraph-server'),
    import('./subgraphs.ts'),
  ]);
  const [{ openData }, { dutyCodeKeys }] = await Promise.all([import('./data.ts'), import('./duty-code-keys.ts')]);
  const data = await openData(settings, interrupted, (line) => console.log(line));
  try {
    const secrets = { ...(await dutyCodeKeys(settings)), webhookHosts: settings.HUB_WEBHOOK_HOSTS };
    const log: Log = (level, message, facts) => console.error(JSON.stringify({ level, message, ...facts }));
    const functions = subgraphs.map((definition) =>
      server.createSubgraph(
        definition,
        openDatabase({
          url: data.urls.get(definition.name) ?? '',
          name: definition.name,
          fetchTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS,
        }),
        log,
        secrets,
      ),
    );
    const gateway = await createGateway({
      ...(await gatewaySettings(settings)),
      supergraph: await readFile(supergraphFile, 'utf8'),
      follow: true,
      transport: inProcess(functions),
    });
    const sweeping = server.sweepRegularly(functions, { keyDays: settings.HUB_IDEMPOTENCY_DAYS, log });
    console.log(welcome({ settings, url: gateway.url, data, seconds: (Date.now() - started) / 1000 }));
    const close = async () => {
      await Promise.all([gateway.stop(), sweeping.stop()]);
      await Promise.all(functions.map((subgraph) => subgraph.close()));
    };
    return {
      async stop() {
        // What is being answered is finished; a client that never ends its request keeps nobody waiting.
        await Promise.race([close(), delay(5_000)]);
        await data.stop();
      },
    };
  } catch (error) {
    await data.stop();
    throw error;
  }
});
