import { resolve } from 'node:path';
import { authenticator, openDevelopmentIssuer } from '@hub/access';
import { isExplorerServed, keptSecret, requireConsistent, type Settings, SettingsError } from '@hub/config';
import { logLine } from '@hub/lifecycle';
import { createAccessLogKey } from './agencies/access-keys.ts';
import { demoActors } from './demo-actors.ts';
import type { GatewayConfig } from './server.ts';

type FromSettings = Required<Pick<GatewayConfig, 'folders' | 'drain'>> &
  Pick<
    GatewayConfig,
    | 'host'
    | 'port'
    | 'authenticate'
    | 'demoActors'
    | 'corsOrigins'
    | 'logLevel'
    | 'subgraphTimeoutMs'
    | 'publicUrl'
    | 'audience'
    | 'accessLog'
    | 'accessLogDays'
    | 'webhooks'
    | 'introspection'
    | 'explorer'
    | 'rateLimits'
    | 'trustedProxies'
    | 'metricsPort'
  >;

/** Its bearer is told to sign in again: what is wrong is the identity provider's to mend. */
const tellUnusableClaim = (claim: string) =>
  logLine('warn', 'a token is refused: a claim of it says what can’t be', { claim });

/**
 * What of a gateway follows from the settings alone. In production nobody but the identity provider issues tokens, whatever
 * else the settings say.
 * @throws SettingsError
 */
export async function gatewaySettings(settings: Settings): Promise<FromSettings> {
  requireConsistent(settings, { facesUsers: true });
  const isDevelopment = settings.HUB_ENV === 'development';
  const names = { issuer: settings.HUB_ISSUER, audience: settings.HUB_AUDIENCE };
  const shared = {
    port: settings.PORT,
    corsOrigins: settings.HUB_CORS_ORIGINS,
    logLevel: settings.HUB_LOG_LEVEL,
    publicUrl: settings.HUB_PUBLIC_URL,
    subgraphTimeoutMs: settings.HUB_SUBGRAPH_TIMEOUT_MS,
    audience: settings.HUB_AUDIENCE,
    webhooks: { hosts: settings.HUB_WEBHOOK_HOSTS },
    introspection: settings.HUB_INTROSPECTION === 'on',
    explorer: isExplorerServed(settings),
    rateLimits: settings.HUB_RATE_LIMITS,
    trustedProxies: settings.HUB_TRUSTED_PROXIES,
    folders: [resolve(settings.HUB_DATA_DIR)],
    // Balancers look every few seconds: a hub that others depend on says so before it takes nothing more.
    drain: {
      graceMs: settings.HUB_DRAIN_SECONDS * 1_000,
      leadMs: isDevelopment ? 0 : settings.HUB_DRAIN_SECONDS * 200,
    },
    metricsPort: settings.HUB_METRICS_PORT,
    accessLogDays: settings.HUB_ACCESS_LOG_DAYS,
    accessLog: {
      privateKey:
        settings.HUB_ACCESS_LOG_PRIVATE_KEY ??
        (await keptSecret(resolve(settings.HUB_DATA_DIR), 'access-log.json', createAccessLogKey)),
      headFile: resolve(settings.HUB_DATA_DIR, 'access-log-head.jws'),
    },
  };
  if (settings.HUB_JWKS_URL) {
    const host = settings.HUB_HOST ?? (isDevelopment ? '127.0.0.1' : '0.0.0.0');
    return {
      ...shared,
      host,
      authenticate: authenticator(new URL(settings.HUB_JWKS_URL), names, tellUnusableClaim),
      demoActors: [],
    };
  }
  // Refused above already; what hands out tokens stands behind a wall of its own.
  if (!isDevelopment) throw new SettingsError('Bad settings: HUB_JWKS_URL: is required in production');
  const issuer = await openDevelopmentIssuer(settings.HUB_DATA_DIR, names);
  return {
    ...shared,
    host: settings.HUB_HOST ?? '127.0.0.1',
    authenticate: authenticator(issuer.keySet, names, tellUnusableClaim),
    demoActors: demoActors(issuer),
  };
}
