import { isIP } from 'node:net';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { contradictionsOf, developmentIssuer, isOrigin, isWebhookHost } from './contradictions.ts';

export { developmentIssuer, isLoopback } from './contradictions.ts';
export { keptSecret, writeKept } from './kept-secret.ts';

// Digits alone: Number() takes a blank for 0, and so any port.
const whole = z
  .string()
  .trim()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);
const port = whole.pipe(z.number().max(65_535));
/** A timer that is set for longer than some weeks goes off at once. */
const milliseconds = whole.pipe(z.number().positive().max(600_000));
const url = z.url({ protocol: /^https?$/ });
const name = z.string().trim().min(1);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** An address, or a network as CIDR. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** What may be asked in a while, in a window of the kind's own. */
export const limitedKinds = ['read', 'file', 'write', 'upload', 'open', 'sign-in', 'code', 'refused'] as const;
/** What may be at the same time, rather than in a while. */
export const limitedAtOnce = ['streams', 'requests', 'connections'] as const;
const limitNames = [...limitedKinds, ...limitedAtOnce];
const rateLimits = list.transform((items, context) => {
  const limits: Partial<Record<(typeof limitNames)[number], number>> = {};
  for (const item of items) {
    const [, given, number] = /^([a-z-]+)=([1-9]\d{0,8})$/.exec(item) ?? [];
    const name = limitNames.find((known) => known === given);
    if (name) limits[name] = Number(number);
    else context.addIssue({ code: 'custom', message: `takes name=number, with a name of ${limitNames.join(', ')}` });
  }
  return limits;
});

/** Every setting of the hub, its default and what it is for; ARCHITECTURE.md has the same table, and a test compares them. */
const settings = z.object({
  PORT: port.default(4000).describe('Port of the gateway'),
  HUB_HOST: z
    .string()
    .min(1)
    .optional()
    .describe('Address that the gateway binds to; 127.0.0.1 with demo tokens, 0.0.0.0 in production'),
  HUB_ENV: z
    .enum(['development', 'production'])
    .default('development')
    .describe('Production knows no demo tokens and requires HUB_JWKS_URL and HUB_ISSUER'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL server to use instead of the hub’s own; its user may create roles and schemas'),
  HUB_DATA_DIR: z.string().min(1).default('.data').describe('Folder of the hub’s own PostgreSQL and development keys'),
  HUB_JWKS_URL: url
    .optional()
    .describe('JWKS of the identity provider whose tokens the gateway accepts; over https in production'),
  HUB_ISSUER: name
    .default(developmentIssuer)
    .describe('Issuer that a token must name; production requires another than the default'),
  HUB_AUDIENCE: name.default('cppcc-hub').describe('Audience that a token must name'),
  HUB_CORS_ORIGINS: list
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://front.example, without a path or *')
    .default([])
    .describe('Origins of web pages that may call the hub, separated by commas; https in production'),
  HUB_EXPLORER: z
    .enum(['on', 'off'])
    .optional()
    .describe('Whether the explorer is served at /; on in development, off in production, where it never has tokens'),
  HUB_INTROSPECTION: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether clients may ask what the graph has; off takes /schema.graphql and the explorer along'),
  HUB_PUBLIC_URL: url
    .optional()
    .describe(
      'Address under which people find the hub’s front end: events in calendars lead back there; http://localhost:PORT unless given',
    ),
  HUB_SUPERGRAPH: z
    .string()
    .min(1)
    .optional()
    .describe('Another supergraph file, of other subgraphs too; all are reached over HTTP at the addresses in it'),
  HUB_SUBGRAPH_TIMEOUT_MS: milliseconds
    .default(5_000)
    .describe('How long the gateway waits for one subgraph, in milliseconds'),
  HUB_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .describe('What is logged; info has a line for each request'),
  HUB_DRAIN_SECONDS: whole
    .pipe(z.number().max(3_600))
    .default(10)
    .describe('How long a stop waits for what was begun: answers, uploads and exports'),
  HUB_METRICS_PORT: port
    .pipe(z.number().positive())
    .optional()
    .describe(
      'Port on 127.0.0.1 of figures for Prometheus; of services, the gateway has it and each subgraph one of those after it',
    ),
  HUB_SUBGRAPH_PORT: port.default(0).describe('Port of a subgraph that runs as a process of its own'),
  HUB_DUTY_CODE_PRIVATE_KEY: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Ed25519 key (JWK with kid) that signs duty codes; made and kept in the database and HUB_DATA_DIR unless given',
    ),
  HUB_DUTY_CODE_PUBLIC_KEYS: z
    .string()
    .min(1)
    .optional()
    .describe('JWKS of the keys whose duty codes are good; the public half of the private key unless given'),
  HUB_ACCESS_LOG_PRIVATE_KEY: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Ed25519 key (JWK with kid) that signs the log of what agencies read, or a JWKS of it and those before it; made and kept in the database and HUB_DATA_DIR unless given',
    ),
  HUB_WEBHOOK_HOSTS: list
    .transform((hosts) => hosts.map((host) => host.toLowerCase()))
    .refine((hosts) => hosts.every(isWebhookHost), 'must be host:port, such as receiver:8080')
    .default([])
    .describe(
      'Hosts of webhooks, as `host:port` separated by commas, that may lie inside the hub’s own network; these alone are spoken to over http too',
    ),
  HUB_TRUSTED_PROXIES: list
    .refine((networks) => networks.every(isNetwork), { error: 'takes addresses and networks such as 10.0.0.0/8' })
    .default([])
    .describe(
      'Networks of the proxies before the hub, as CIDR separated by commas: whom they name in X-Forwarded-For is believed; nobody else',
    ),
  HUB_RATE_LIMITS: rateLimits
    .default({})
    .describe(
      'Limits that aren’t as usual, as `read=3000,file=30` separated by commas: for one address; those of an actor, a network and the hub follow',
    ),
  HUB_IDEMPOTENCY_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe('For how many days an idempotencyKey is remembered; sent again later, it is a new request'),
  HUB_CHANGE_DAYS: z.coerce
    .number()
    .int()
    .min(7)
    .max(36_500)
    .default(400)
    .describe(
      'For how many days each change of a record is kept for /changes; of what changed before, only the latest. Who read less far begins anew',
    ),
  HUB_ACCESS_LOG_DAYS: z.coerce
    .number()
    .int()
    .min(184)
    .max(36_500)
    .default(1_096)
    .describe(
      'For how many days the log of what agencies read is kept, half a year at least; what goes is said in the log and signed',
    ),
  HUB_PASSPORT_PRIVATE_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Ed25519 key (JWK) with which the gateway signs passports to subgraphs over HTTP'),
  HUB_PASSPORT_PUBLIC_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Its public half (JWK), which a subgraph verifies passports with'),
});

const settingNames = Object.keys(settings.shape);

export type Settings = Readonly<z.output<typeof settings>>;

/** For how many days is kept what isn't kept for good. */
export function retentionOf(settings: Pick<Settings, 'HUB_IDEMPOTENCY_DAYS' | 'HUB_CHANGE_DAYS'>) {
  return { keyDays: settings.HUB_IDEMPOTENCY_DAYS, changeDays: settings.HUB_CHANGE_DAYS };
}

/** Name, default and purpose of every setting, for the documentation. */
export const settingsTable: readonly { name: string; default: string; purpose: string }[] = Object.entries(
  settings.shape,
).map(([name, shape]) => {
  const fallback = shape.safeParse(undefined);
  const value = fallback.success ? fallback.data : undefined;
  return {
    name,
    default: value === undefined || typeof value === 'object' ? '' : String(value),
    purpose: shape.description ?? '',
  };
});

/** A setting that can't be used. The message names every bad one at once. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** Who reads settings. */
export interface Reader {
  /** Whether it answers people and programs, and so has to know whose tokens are good; a subgraph sees passports alone. */
  readonly facesUsers: boolean;
}

/** Reads all settings of the environment once; throws a {@link SettingsError} that names every bad one. Values are not repeated: they may be secret. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  reader: Reader = { facesUsers: true },
): Settings {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const checked = settings.safeParse(present);
  const faults = (checked.error?.issues ?? []).map(({ path, message }) => ({ settings: [path.join('.')], message }));
  const bad = new Set(faults.flatMap((fault) => fault.settings.map((path) => path.replace(/\..*/, ''))));
  // What the others contradict is told at once too.
  const rest =
    checked.data ?? settings.parse(Object.fromEntries(Object.entries(present).filter(([key]) => !bad.has(key))));
  const contradictions = contradictionsOf(rest, reader).filter((one) => !one.settings.some((key) => bad.has(key)));
  refuse([...faults, ...contradictions]);
  return Object.freeze(rest);
}

const isUnknown = (key: string): boolean => key.startsWith('HUB_') && !settingNames.includes(key);

/** So many letters may be wrong in a name that is still taken for another. */
const mostWrong = 4;

/** What of the environment is called like a setting and is none, in a sentence: whoever wrote it believes that it holds. Values are not repeated. */
export function unknownSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const unknown = Object.keys(environment).filter(isUnknown).sort();
  if (unknown.length === 0) return undefined;
  const told = unknown.map((key) => {
    const nearest = closest(key, settingNames);
    return distance(key, nearest) <= mostWrong ? `${key} (${nearest} may be meant)` : key;
  });
  return `The environment has what no setting of the hub is called, and it is passed over: ${told.join(', ')}`;
}

/** Throws a {@link SettingsError} where settings contradict one another, or production would be served with what is for development. */
export function requireConsistent(given: Settings, reader: Reader): void {
  refuse(contradictionsOf(given, reader));
}

function refuse(faults: readonly { readonly settings: readonly string[]; readonly message: string }[]): void {
  if (faults.length === 0) return;
  const sentences = faults.map(({ settings: names, message }) => `${names.join(' and ')}: ${message}`);
  throw new SettingsError(`Bad settings: ${sentences.join('; ')}`);
}

/** Whether the explorer is served: where it is asked for, and otherwise to those who develop. */
export function isExplorerServed({ HUB_EXPLORER, HUB_ENV, HUB_INTROSPECTION }: Settings): boolean {
  if (HUB_EXPLORER !== undefined) return HUB_EXPLORER === 'on';
  return HUB_ENV === 'development' && HUB_INTROSPECTION === 'on';
}

/** Apollo Gateway reports home unless the environment says not to; this says so for the whole process. */
export function disableApolloTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
}

/** The environment of a process that the hub starts: its own, without the keys and secrets that stand in it, and with what that process is to know. */
export function childEnvironment(settings: Readonly<Partial<Record<keyof Settings, string>>>): Record<string, string> {
  const {
    DATABASE_URL: _database,
    HUB_PASSPORT_PRIVATE_KEY: _passportKey,
    HUB_PASSPORT_PUBLIC_KEY: _passportPublicKey,
    HUB_DUTY_CODE_PRIVATE_KEY: _dutyCodeKey,
    HUB_DUTY_CODE_PUBLIC_KEYS: _dutyCodePublicKeys,
    HUB_ACCESS_LOG_PRIVATE_KEY: _accessLogKey,
    ...inherited
  } = process.env;
  // What is no setting was told of by the process that starts it.
  const known = Object.entries(inherited).filter(([key]) => !isUnknown(key));
  return { ...(Object.fromEntries(known) as Record<string, string>), ...settings };
}
