/** The whole hub for a test, over HTTP, on either transport. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  authenticator,
  createPassportKeys,
  type DevelopmentIssuer,
  openDevelopmentIssuer,
  passportIssuer,
  type TokenClaims,
} from '@hub/access';
import { openDatabase, subgraphUrl } from '@hub/database';
import { recordId } from '@hub/facts';
import { createGateway, type GatewayConfig, inProcess, overHttp, supergraphFile } from '@hub/gateway';
import { createSubgraph, type Subgraph, type SubgraphServer, serveSubgraph } from '@hub/subgraph-server';
import { createTestDatabase, type Template, type TestDatabase } from '@hub/testkit';
import { subgraphs } from '../../scripts/subgraphs.ts';

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

export interface Hub {
  readonly url: string;
  readonly database: TestDatabase;
  readonly issuer: DevelopmentIssuer;
  /** Addresses of the subgraphs, over HTTP only. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  ask(
    query: string,
    options?: { variables?: Record<string, unknown>; token?: string; headers?: Record<string, string> },
  ): Promise<Reply>;
  staff(committee: string): Promise<string>;
  member(key: string, committee: string): Promise<string>;
  token(claims: TokenClaims): Promise<string>;
  /** Ends one subgraph, as a crash of its process or database would. */
  stopSubgraph(name: string): Promise<void>;
  stop(): Promise<void>;
}

export const names = { issuer: 'urn:test', audience: 'cppcc-hub' };

export async function startHub(
  transport: TransportName,
  options: { template?: Template; timeoutMs?: number; config?: Partial<GatewayConfig> } = {},
): Promise<Hub> {
  const { template = 'facts', timeoutMs = 5_000, config = {} } = options;
  const directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-keys-'));
  const database = await createTestDatabase(template);
  const issuer = await openDevelopmentIssuer(directory, names);
  const functions = new Map<string, Subgraph>(
    subgraphs.map((definition) => {
      const tables = openDatabase({
        url: subgraphUrl(database.url, definition.name),
        name: definition.name,
        fetchTimeoutMs: timeoutMs,
      });
      return [definition.name, createSubgraph(definition, tables, () => undefined)];
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
  const gateway = await createGateway({
    host: '127.0.0.1',
    port: 0,
    supergraph: await readFile(supergraphFile, 'utf8'),
    transport: way,
    subgraphTimeoutMs: timeoutMs,
    authenticate: authenticator(issuer.keySet, names),
    corsOrigins: [],
    demoActors: [],
    logLevel: 'silent',
    ...config,
  });
  const stopped = new Set<string>();
  const stopSubgraph = async (name: string) => {
    if (stopped.has(name)) return;
    stopped.add(name);
    await (servers.get(name)?.stop() ?? functions.get(name)?.close());
  };
  return {
    url: gateway.url,
    database,
    issuer,
    subgraphUrls: new Map([...servers].map(([name, { url }]) => [name, url])),
    async ask(query, { variables = {}, token, headers = {} } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
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
    },
    staff: (committee) => issuer.issue(`staff-${committee}`, { role: 'staff', committee, duties: ['meetings'] }),
    member: (key, committee) =>
      issuer.issue(key, { role: 'member', membership: [{ id: key.includes('/') ? recordId(key) : key, committee }] }),
    token: (claims) => issuer.issue('somebody', claims),
    stopSubgraph,
    async stop() {
      await gateway.stop();
      for (const name of functions.keys()) await stopSubgraph(name);
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
