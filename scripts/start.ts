/** `pnpm start`: the whole hub in one process, with its own PostgreSQL unless DATABASE_URL names one. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { readSettings } from '@hub/config';
import { openDatabase, subgraphUrl } from '@hub/database';
import { createGateway, gatewaySettings, inProcess, supergraphFile } from '@hub/gateway';
import { createSubgraph } from '@hub/subgraph-server';
import { openData } from './data.ts';
import { run } from './run.ts';
import { subgraphs } from './subgraphs.ts';
import { welcome } from './welcome.ts';

run(async () => {
  const started = Date.now();
  const settings = readSettings();
  const fromSettings = await gatewaySettings(settings);
  await mustBeFree(fromSettings.host, fromSettings.port);
  const data = await openData(settings, (line) => console.log(line));
  try {
    const functions = subgraphs.map((definition) =>
      createSubgraph(
        definition,
        openDatabase({
          url: subgraphUrl(data.url, definition.name),
          name: definition.name,
          statementTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS,
        }),
        (level, message, facts) => console.error(JSON.stringify({ level, message, ...facts })),
      ),
    );
    const gateway = await createGateway({
      ...fromSettings,
      supergraph: await readFile(supergraphFile, 'utf8'),
      transport: inProcess(functions),
    });
    console.log(
      welcome({
        url: gateway.url,
        place: data.place,
        waiting: data.waiting,
        development: fromSettings.demoActors.length > 0,
        seconds: (Date.now() - started) / 1000,
      }),
    );
    return {
      async stop() {
        await gateway.stop();
        await Promise.all(functions.map((subgraph) => subgraph.close()));
        await data.stop();
      },
    };
  } catch (error) {
    await data.stop();
    throw error;
  }
});

/** Before anything is written: a hub that can't listen shouldn't make a database first. */
async function mustBeFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen({ host, port }, resolve));
  await new Promise((resolve) => probe.close(resolve));
}
