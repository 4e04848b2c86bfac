import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Subgraph } from './subgraph.ts';

type Readings = Iterable<readonly [values: readonly string[], figure: number]>;

/** A figure that is read when somebody asks for it. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** Its values, each with what its labels are. */
  read(): Readings | Promise<Readings>;
}

export interface Figures {
  /** A request was answered. @param kind one of a few: the pattern of an address, not the address */
  answered(request: {
    readonly kind: string;
    readonly status: number;
    readonly seconds: number;
    /** Codes of the errors in it, of those that there are. */
    readonly codes?: Iterable<string>;
  }): void;
  stop(): void;
}

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Serves figures for Prometheus at /metrics, on this machine alone. */
export async function serveFigures(port: number, gauges: readonly Gauge[]): Promise<Figures> {
  // Most hubs start without.
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const register = new Registry();
  // Of the process: memory, processor, event loop, garbage, open files.
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: 'hub_requests_total',
    help: 'Requests that were answered, by kind and status',
    labelNames: ['kind', 'status'],
    registers: [register],
  });
  const errors = new Counter({
    name: 'hub_errors_total',
    help: 'Answers that told of an error, by its code: an operation of which a part failed has the status 200',
    labelNames: ['code'],
    registers: [register],
  });
  const durations = new Histogram({
    name: 'hub_request_seconds',
    help: 'How long requests took, by kind',
    labelNames: ['kind'],
    buckets: secondsBuckets,
    registers: [register],
  });
  for (const { name, help, labels, read } of gauges)
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [register],
      async collect() {
        const readings = await read();
        this.reset();
        for (const [values, figure] of readings)
          this.set(Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ''])), figure);
      },
    });
  const server = createServer(async (request, response) => {
    const { method = '', headers, url } = request;
    // A page of another site may name itself so that it is this machine (DNS rebinding), and would read the figures.
    if (!isOfThisMachine(headers.host)) response.writeHead(421).end();
    else if (url !== '/metrics') response.writeHead(404).end();
    else if (!['GET', 'HEAD'].includes(method)) response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else response.writeHead(200, { 'content-type': register.contentType }).end(await register.metrics());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return {
    answered({ kind, status, seconds, codes = [] }) {
      requests.inc({ kind, status });
      durations.observe({ kind }, seconds);
      for (const code of codes) errors.inc({ code });
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const isOfThisMachine = (host = ''): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(host);

/** How busy the connections of subgraphs are. */
export function poolGauges(loads: () => ReadonlyMap<string, ReturnType<Subgraph['load']>>): readonly Gauge[] {
  const gauge = (name: string, help: string, of: 'used' | 'waiting'): Gauge => ({
    name,
    help,
    labels: ['subgraph', 'pool'],
    *read() {
      for (const [subgraph, pools] of loads())
        for (const [pool, load] of Object.entries(pools)) yield [[subgraph, pool], load[of]];
    },
  });
  return [
    gauge('hub_pool_connections_used', 'Connections to PostgreSQL that somebody has, by subgraph and pool', 'used'),
    gauge('hub_pool_waiting', 'How much waits for a connection to PostgreSQL, by subgraph and pool', 'waiting'),
  ];
}
