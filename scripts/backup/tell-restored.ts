import { resolve } from 'node:path';
import type { Settings } from '@hub/config';
import { openDatabase, subgraphUrl } from '@hub/database';
import { inProcess, openAccessLog } from '@hub/gateway';
import { logLine } from '@hub/lifecycle';
import { createSubgraph } from '@hub/subgraph-server';
import { hubKeys } from '../hub-keys.ts';
import { subgraphs } from '../subgraphs.ts';

const keeper = 'cooperation';

/**
 * Has the log of what agencies read say that it was restored, signed with the hub's key: what had been signed beyond the backup is
 * lost by the will of whoever runs the hub.
 * @param url the administrator's address, of a database that is laid
 */
export async function tellRestored(settings: Settings, url: string, say: (line: string) => void): Promise<void> {
  const { accessLog: privateKey } = await hubKeys(settings, url);
  const definition = subgraphs.find(({ name }) => name === keeper);
  if (!definition) return;
  const timeoutMs = 60_000;
  const subgraph = createSubgraph(
    definition,
    openDatabase({ url: await subgraphUrl(url, keeper), name: keeper, fetchTimeoutMs: timeoutMs }),
    logLine,
  );
  const log = openAccessLog({
    transport: inProcess([subgraph]),
    timeoutMs,
    signing: { privateKey, headFile: resolve(settings.HUB_DATA_DIR, 'access-log-head.jws') },
    warn: say,
    isRestoring: true,
  });
  try {
    await log.open();
  } finally {
    await log.stop();
    await subgraph.close();
  }
}
