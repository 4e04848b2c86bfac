import { readSettings, SettingsError } from '@hub/config';
import { DatabaseError, openDatabase, requireUsableServer } from '@hub/database';
import { serveSubgraph } from './http.ts';
import { createSubgraph, type SubgraphDefinition } from './subgraph.ts';
import { sweepRegularly } from './sweep.ts';

/**
 * A subgraph as a process of its own: settings, database, HTTP, signals. `DATABASE_URL` is that of its own role.
 * Tells its parent by IPC, where there is one, that it listens.
 */
export async function runSubgraph<Context>(definition: SubgraphDefinition<Context>): Promise<void> {
  try {
    const settings = readSettings(undefined, { facesUsers: false });
    const { DATABASE_URL: url, HUB_PASSPORT_PUBLIC_KEY: passportPublicKey } = settings;
    if (!url) throw new SettingsError('DATABASE_URL: is required for a subgraph of its own');
    if (!passportPublicKey) throw new SettingsError('HUB_PASSPORT_PUBLIC_KEY: is required for a subgraph of its own');
    const log = (level: string, message: string, facts?: object) =>
      process.stderr.write(`${JSON.stringify({ level, message, ...facts })}\n`);
    await requireUsableServer(url).catch((error: unknown) => {
      // One that isn't there yet may come: until then the subgraph's fields are missing.
      if (!(error instanceof DatabaseError)) throw error;
      log('warn', 'the database cannot be reached yet', { sqlState: error.sqlState });
    });
    const database = openDatabase({ url, name: definition.name, fetchTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS });
    const secrets = {
      dutyCodePrivateKey: settings.HUB_DUTY_CODE_PRIVATE_KEY,
      dutyCodePublicKeys: settings.HUB_DUTY_CODE_PUBLIC_KEYS,
      webhookHosts: settings.HUB_WEBHOOK_HOSTS,
    };
    const subgraph = createSubgraph(definition, database, log, secrets);
    const server = await serveSubgraph(subgraph, {
      host: settings.HUB_HOST ?? '127.0.0.1',
      port: settings.HUB_SUBGRAPH_PORT,
      passportPublicKey,
      logLevel: settings.HUB_LOG_LEVEL,
    });
    const sweeping = sweepRegularly([subgraph], { keyDays: settings.HUB_IDEMPOTENCY_DAYS, log });
    process.send?.({ listening: server.url });
    const stop = () => {
      Promise.all([sweeping.stop(), server.stop()]).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    // A parent that died without a word leaves nobody to ask.
    process.once('disconnect', stop).once('SIGTERM', stop).once('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
