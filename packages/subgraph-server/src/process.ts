import { readSettings, retentionOf, SettingsError, unknownSettings } from '@hub/config';
import { DatabaseError, openDatabase, requireConnections, requireUsableServer } from '@hub/database';
import { endInOrder, logLine, tellFailedStart, watchShortages } from '@hub/lifecycle';
import { serveSubgraph } from './http.ts';
import { createSubgraph, type SubgraphDefinition } from './subgraph.ts';
import { sweepRegularly } from './sweep.ts';

/**
 * A subgraph as a process of its own: settings, database, HTTP, signals. `DATABASE_URL` is that of its own role.
 * Tells its parent by IPC, where there is one, that it listens.
 */
export async function runSubgraph<Context>(definition: SubgraphDefinition<Context>): Promise<void> {
  try {
    const unknown = unknownSettings();
    if (unknown !== undefined) logLine('warn', unknown);
    const settings = readSettings(undefined, { facesUsers: false });
    const { DATABASE_URL: url, HUB_PASSPORT_PUBLIC_KEY: passportPublicKey } = settings;
    if (!url) throw new SettingsError('DATABASE_URL: is required for a subgraph of its own');
    if (!passportPublicKey) throw new SettingsError('HUB_PASSPORT_PUBLIC_KEY: is required for a subgraph of its own');
    const requireServer = async () => {
      await requireUsableServer(url);
      await requireConnections(url, [definition.name]);
    };
    await requireServer().catch((error: unknown) => {
      // One that isn't there yet may come: until then the subgraph's fields are missing.
      if (!(error instanceof DatabaseError)) throw error;
      logLine('warn', 'the database cannot be reached yet', { sqlState: error.sqlState });
    });
    const database = openDatabase({ url, name: definition.name, fetchTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS });
    const secrets = {
      dutyCodePrivateKey: settings.HUB_DUTY_CODE_PRIVATE_KEY,
      dutyCodePublicKeys: settings.HUB_DUTY_CODE_PUBLIC_KEYS,
      webhookHosts: settings.HUB_WEBHOOK_HOSTS,
    };
    const subgraph = createSubgraph(definition, database, logLine, secrets);
    const server = await serveSubgraph(subgraph, {
      host: settings.HUB_HOST ?? '127.0.0.1',
      port: settings.HUB_SUBGRAPH_PORT,
      passportPublicKey,
      logLevel: settings.HUB_LOG_LEVEL,
      drainMs: settings.HUB_DRAIN_SECONDS * 1_000,
      metricsPort: settings.HUB_METRICS_PORT,
    });
    const retention = retentionOf(settings);
    const { name, sweep } = subgraph;
    const sweeping = sweepRegularly([{ name, sweep: () => sweep(retention) }], logLine);
    watchShortages([], logLine);
    process.send?.({ listening: server.url });
    endInOrder(() => Promise.all([sweeping.stop(), server.stop()]), settings.HUB_DRAIN_SECONDS * 1_000);
  } catch (error) {
    tellFailedStart(error);
    process.exit(1);
  }
}
