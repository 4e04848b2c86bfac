/** The whole hub for a test, over HTTP, on either transport. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  authenticator,
  createPassportKeys,
  type DevelopmentIssuer,
  type Duty,
  duties as everyDuty,
  openDevelopmentIssuer,
  passportIssuer,
  type TokenClaims,
} from '@hub/access';
import { openDatabase, subgraphUrls } from '@hub/database';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
import { recordId } from '@hub/facts';
import {
  type ChangeCursors,
  changeCursors,
  createAccessLogKey,
  createGateway,
  cursorSecrets,
  type Gateway,
  type GatewayConfig,
  inProcess,
  overHttp,
  type Subgraphs,
  supergraphFile,
} from '@hub/gateway';
import {
  createSubgraph,
  type Log,
  type Subgraph,
  type SubgraphRequest,
  type SubgraphServer,
  serveSubgraph,
} from '@hub/subgraph-server';
import { createTestDatabase, type Template, type TestDatabase } from '@hub/testkit';
import type { Secrets } from '@hub/workflow';
import { subgraphs } from '../../scripts/subgraphs.ts';
import './read-once.ts';

export const transports = ['in process', 'over HTTP'] as const;
export type TransportName = (typeof transports)[number];

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  readonly data: any;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions: Readonly<Record<string, unknown>> & { code: string };
  }[];
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Everything that was answered, as text. */
  readonly text: string;
}

/** An operation as it was sent. */
export interface SentOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: Record<string, string>;
  /** Whose token it bore: one of the hub's issuer, made anew for each who asks again, or another's as it was. */
  readonly as: { readonly subject: string; readonly claims: TokenClaims } | { readonly token: string } | null;
}

export interface Hub {
  readonly transport: TransportName;
  /** Every operation that it was asked, in order. */
  readonly sent: readonly SentOperation[];
  readonly url: string;
  readonly database: TestDatabase;
  /** What makes and reads cursors of `/changes`. */
  readonly changeCursors: ChangeCursors;
  readonly issuer: DevelopmentIssuer;
  /** Addresses of the subgraphs, over HTTP only. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** Asks, and fails where the answer has errors. */
  readonly do: (query: string, variables: Record<string, unknown>, token?: string) => Promise<Reply['data']>;
  ask(
    query: string,
    options?: { variables?: Record<string, unknown>; token?: string; headers?: Record<string, string> },
  ): Promise<Reply>;
  /** Tokens: of staff with all duties or those given, of a member by the key of the facts or by id, of a department's people, of a liaison officer. */
  staff(committee: string, duties?: readonly Duty[]): Promise<string>;
  member(key: string, committee: string, convenes?: readonly string[]): Promise<string>;
  department(committee: string, id: string): Promise<string>;
  liaison(committee: string): Promise<string>;
  token(claims: TokenClaims): Promise<string>;
  /** SQL statements that the subgraphs ran so far, but for allowances: gateways ask for these now and then, whatever is read. */
  statements(): number;
  /** Those for allowances. */
  allowanceStatements(): number;
  /** Ends the gateway and all subgraphs and starts them again over the same data; `url` is another one then. */
  restart(): Promise<void>;
  /** Another gateway over the same subgraphs, with what is different of it; it is to be stopped before the hub is. */
  anotherGateway(config?: Partial<GatewayConfig>): Promise<Gateway>;
  /** The same hub on a transport, over the same data and keys, which follows nothing; it is to be stopped before the hub is. */
  onTransport(transport: TransportName): Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Ends one subgraph, as a crash of its process or database would. */
  stopSubgraph(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Limits that no test reaches by accident. */
export const unlimited = {
  read: 1e8,
  file: 1e6,
  write: 1e7,
  upload: 1e6,
  open: 1e6,
  'sign-in': 1e6,
  code: 1e6,
  refused: 1e6,
  streams: 5_000,
  requests: 5_000,
  connections: 10_000,
} as const;

export const names = { issuer: 'urn:test', audience: 'cppcc-hub' };

/** Sends an operation to a gateway. */
export async function send(
  url: string,
  given: { query: string; variables: Record<string, unknown>; headers: Record<string, string>; token?: string },
): Promise<Reply> {
  const { query, variables, headers, token } = given;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const answer = JSON.parse(text);
  return {
    status: response.status,
    data: answer.data,
    errors: answer.errors ?? [],
    extensions: answer.extensions ?? {},
    text,
  };
}

export async function startHub(
  transport: TransportName,
  options: {
    template?: Template;
    /** One that is there already, with all that is to be in it. */
    database?: TestDatabase;
    timeoutMs?: number;
    config?: Partial<GatewayConfig>;
    /** Takes each line of the log, whatever its level; there is none otherwise. */
    log?: (line: string) => void;
    /** Sees each request that goes to a subgraph before it does; one that it throws at doesn't arrive. */
    before?: (request: SubgraphRequest) => void | Promise<void>;
  } = {},
): Promise<Hub> {
  // Longer than a busy machine takes: how soon the hub answers is measured by benchmarks.
  const { template = 'facts', timeoutMs = 30_000, config = {}, log, before } = options;
  const directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-keys-'));
  const database = options.database ?? (await createTestDatabase(template));
  const ownIssuer = await openDevelopmentIssuer(directory, names);
  const issued = new Map<string, { subject: string; claims: TokenClaims }>();
  const issuer: DevelopmentIssuer = {
    ...ownIssuer,
    async issue(subject, claims, lifetime) {
      const token = await ownIssuer.issue(subject, claims, lifetime);
      issued.set(token, { subject, claims });
      return token;
    },
  };
  const sent: SentOperation[] = [];
  const dutyCodePrivateKey = await createDutyCodeKey();
  const accessLogKey = await createAccessLogKey();
  const secrets = {
    dutyCodePrivateKey,
    dutyCodePublicKeys: publicDutyCodeKeys([dutyCodePrivateKey]),
    webhookHosts: config.webhooks?.hosts ?? [],
  };
  const given = { timeoutMs, issuer, secrets, accessLogKey, config, log, before };
  let running = await run(transport, database.url, given);

  const ask: Hub['ask'] = (query, { variables = {}, token, headers = {} } = {}) => {
    sent.push({ query, variables, headers, as: token === undefined ? null : (issued.get(token) ?? { token }) });
    return send(running.gateway.url, { query, variables, headers, ...(token !== undefined && { token }) });
  };
  const idOf = (key: string) => (key.includes('/') ? recordId(key) : key);
  return {
    transport,
    sent,
    get url() {
      return running.gateway.url;
    },
    database,
    changeCursors: changeCursors(cursorSecrets(config.accessLog?.privateKey ?? accessLogKey)),
    issuer,
    get subgraphUrls() {
      return new Map([...running.servers].map(([name, { url }]) => [name, url]));
    },
    ask,
    async do(query, variables, token) {
      const reply = await ask(query, { variables, ...(token !== undefined && { token }) });
      if (reply.errors.length > 0) throw new Error(`${query.slice(0, 120)}: ${JSON.stringify(reply.errors)}`);
      return reply.data;
    },
    staff: (committee, duties = everyDuty) =>
      issuer.issue(`staff-${committee}-${duties.join('-')}`, { role: 'staff', committee, duties }),
    member: (key, committee, convenes = []) =>
      issuer.issue(key, { role: 'member', membership: [{ id: idOf(key), committee, convenes }] }),
    department: (committee, id) =>
      issuer.issue(`department-${id}`, { role: 'department', committee, department: idOf(id) }),
    liaison: (committee) => issuer.issue(`liaison-${committee}`, { role: 'liaison', committee }),
    token: (claims) => issuer.issue('somebody', claims),
    statements: () => running.statements(),
    allowanceStatements: () => running.allowanceStatements(),
    anotherGateway: (more = {}) => running.begin(more),
    stopSubgraph: (name) => running.stopSubgraph(name),
    async restart() {
      await running.stop();
      running = await run(transport, database.url, given);
    },
    async onTransport(another) {
      const { gateway, stop } = await run(another, database.url, { ...given, config: { ...config, follow: false } });
      return { url: gateway.url, stop };
    },
    async stop() {
      await running.stop();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The processes of a hub, all in this one. */
async function run(
  transport: TransportName,
  databaseUrl: string,
  given: {
    timeoutMs: number;
    issuer: DevelopmentIssuer;
    secrets: Secrets;
    accessLogKey: string;
    config: Partial<GatewayConfig>;
    log: ((line: string) => void) | undefined;
    before: ((request: SubgraphRequest) => void | Promise<void>) | undefined;
  },
) {
  const { timeoutMs, issuer, secrets, accessLogKey, config, log, before } = given;
  const write: Log = (level, message, facts) => log?.(JSON.stringify({ level, message, ...facts }));
  const urls = await subgraphUrls(
    databaseUrl,
    subgraphs.map(({ name }) => name),
  );
  const functions = new Map<string, Subgraph>(
    subgraphs.map((definition) => {
      const tables = openDatabase({
        url: urls.get(definition.name) ?? '',
        name: definition.name,
        fetchTimeoutMs: timeoutMs,
      });
      return [definition.name, createSubgraph(definition, tables, write, secrets)];
    }),
  );
  const servers = new Map<string, SubgraphServer>();
  let way = inProcess([...functions.values()]);
  if (transport === 'over HTTP') {
    const keys = await createPassportKeys();
    for (const [name, subgraph] of functions)
      servers.set(
        name,
        await serveSubgraph(subgraph, {
          host: '127.0.0.1',
          port: 0,
          passportPublicKey: keys.publicKey,
          logLevel: 'silent',
        }),
      );
    way = overHttp(new Map([...servers].map(([name, { url }]) => [name, url])), await passportIssuer(keys.privateKey));
  }
  let statements = 0;
  let allowanceStatements = 0;
  const counting: Subgraphs = {
    ...way,
    async send(...given) {
      await before?.(given[1]);
      const answer = await way.send(...given);
      if (given[1].query.includes('takeAllowances')) allowanceStatements += answer.statements;
      else statements += answer.statements;
      return answer;
    },
  };
  const supergraph = await readFile(supergraphFile, 'utf8');
  const begin = (more: Partial<GatewayConfig> = {}) =>
    createGateway({
      host: '127.0.0.1',
      port: 0,
      supergraph,
      transport: counting,
      subgraphTimeoutMs: timeoutMs,
      authenticate: authenticator(issuer.keySet, names),
      audience: names.audience,
      accessLog: { privateKey: accessLogKey },
      corsOrigins: [],
      demoActors: [],
      logLevel: log ? 'trace' : 'silent',
      ...(log && { logStream: { write: log } }),
      follow: true,
      // All tests ask from one address.
      rateLimits: unlimited,
      ...config,
      ...more,
    });
  const gateway = await begin();
  const stopped = new Set<string>();
  const stopSubgraph = async (name: string) => {
    if (stopped.has(name)) return;
    stopped.add(name);
    await (servers.get(name)?.stop() ?? functions.get(name)?.close());
  };
  return {
    gateway,
    begin,
    servers,
    statements: () => statements,
    allowanceStatements: () => allowanceStatements,
    stopSubgraph,
    async stop() {
      await gateway.stop();
      for (const name of functions.keys()) await stopSubgraph(name);
    },
  };
}
