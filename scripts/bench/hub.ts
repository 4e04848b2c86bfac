/** The hub in one process, as `pnpm start` has it, on data that are there already. Tells its parent what its statements were. */
import { readFile } from 'node:fs/promises';
import { readSettings } from '@hub/config';
import { openDatabase, subgraphUrls } from '@hub/database';
import { createGateway, gatewaySettings, inProcess, type Subgraphs, supergraphFile } from '@hub/gateway';
import { createSubgraph } from '@hub/subgraph-server';
import { subgraphs } from '../subgraphs.ts';

const settings = readSettings();
const { DATABASE_URL: url = '' } = settings;
const urls = await subgraphUrls(
  url,
  subgraphs.map(({ name }) => name),
);
const functions = subgraphs.map((definition) =>
  createSubgraph(
    definition,
    openDatabase({
      url: urls.get(definition.name) ?? '',
      name: definition.name,
      fetchTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS,
    }),
    (level, message, facts) => console.error(level, message, facts),
  ),
);
const counts = { statements: 0, fetches: 0 };
const direct = inProcess(functions);
const transport: Subgraphs = {
  ...direct,
  async send(...parameters) {
    const answer = await direct.send(...parameters);
    counts.fetches += 1;
    counts.statements += answer.statements;
    return answer;
  },
};
const gateway = await createGateway({
  ...(await gatewaySettings(settings)),
  supergraph: await readFile(supergraphFile, 'utf8'),
  transport,
});
process.send?.({ listening: gateway.url });
process.on('message', () => process.send?.({ counts }));
const stop = () => {
  void gateway
    .stop()
    .then(() => Promise.all(functions.map((subgraph) => subgraph.close())))
    .finally(() => process.exit(0));
};
process.once('disconnect', stop).once('SIGTERM', stop).once('SIGINT', stop);
