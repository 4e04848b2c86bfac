import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { cleanConnection } from './clean-connection.ts';
import { DatabaseError, toDatabaseError } from './database-error.ts';
import { driverAddress } from './socket.ts';
import { encodeParameters, parsers } from './wire-values.ts';

export interface SessionOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Longest time for one statement; when the server doesn't even say so itself the session ends a little later. */
  readonly statementTimeoutMs: number | undefined;
}

/** One PostgreSQL session, from its login to its end; it is never connected anew. */
export interface Session {
  /** Once true nothing that is sent arrives anywhere. */
  readonly lost: boolean;
  /** The server's process behind it. */
  readonly backend: { readonly pid: number; readonly started: string };
  /** Runs a statement prepared. Rejects with a DatabaseError. */
  query(text: string, parameters: readonly unknown[], asValues: boolean): Promise<postgres.RowList<postgres.Row[]>>;
  /** Runs a command without parameters (BEGIN, COMMIT, ROLLBACK) and gives its tag. Rejects with what the driver threw. */
  command(text: string): Promise<string>;
  /** Ends the session; what still waits on it is rejected. */
  end(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** How long beyond its statement timeout a silent server is waited for. */
const SILENCE_MS = 5_000;

/**
 * Opens a session.
 *
 * postgres.js reconnects by itself. Its `begin` and `reserve` go on across that: statements of a transaction whose
 * backend died run on the new session, under whatever scope another request has set there, and `begin` brings the
 * process down when it has to queue behind a full pipeline (3.4.9). So here a driver has one connection and one socket
 * in its life, queues nothing for anyone else, and is thrown away with the socket.
 * @param onLost called once, when the session ended for whatever reason
 */
export async function openSession(options: SessionOptions, onLost: () => void): Promise<Session> {
  let socket: Socket | undefined;
  let lost = false;

  const driverOptions = {
    max: 1,
    socket: async (resolved: DriverAddress) => {
      if (socket) throw Object.assign(new Error('the session is over'), { code: 'CONNECTION_CLOSED' });
      socket = await connectSocket(resolved).catch((error: NodeJS.ErrnoException) => {
        // Whoever takes the socket's file away doesn't end the server.
        if (!resolved.path || error.code !== 'ENOENT') throw error;
        return connectSocket({ ...resolved, path: undefined });
      });
      return socket;
    },
    onclose: () => {
      lost = true;
      // The driver still holds the statements that it had not sent; this rejects them.
      void sql.end({ timeout: 0 });
      onLost();
    },
    connect_timeout: CONNECT_TIMEOUT_MS / 1000,
    idle_timeout: 0,
    max_lifetime: null,
    backoff: () => 0,
    // Reads the array types by a query of the driver's own, whose failure would end the process. They are known here.
    fetch_types: false,
    onnotice: () => undefined,
    // Nothing more: a pooler refuses what it doesn't know of in a login. The rest is set by the first statement.
    connection: { application_name: options.applicationName },
  };
  const { url, ...socketPath } = driverAddress(options.url);
  const sql = postgres(url, { ...driverOptions, ...socketPath } as unknown as postgres.Options<Record<string, never>>);
  // Parameters come as text already, and what isn't in the table of parsers stays text.
  const codecs = sql.options as unknown as { parsers: object; serializers: object };
  for (const codec of [codecs.parsers, codecs.serializers] as Record<string, unknown>[]) {
    for (const oid of Object.keys(codec)) delete codec[oid];
  }
  Object.assign(codecs.parsers, parsers());

  const silence = watchForSilence(options.statementTimeoutMs, () => socket?.destroy());
  let backend: Session['backend'] = { pid: 0, started: '' };
  const session: Session = {
    get lost() {
      return lost;
    },
    get backend() {
      return backend;
    },
    async query(text, parameters, asValues) {
      const values = encodeParameters(parameters);
      if (lost) throw new DatabaseError('UNAVAILABLE', '08006');
      silence.begin();
      try {
        const query = sql.unsafe(text, values, { prepare: true, simple: false } as postgres.UnsafeQueryOptions);
        return (await (asValues ? query.values() : query)) as unknown as postgres.RowList<postgres.Row[]>;
      } catch (error) {
        throw toDatabaseError(error);
      } finally {
        silence.end();
      }
    },
    async command(text) {
      silence.begin();
      try {
        return (await sql.unsafe(text)).command;
      } finally {
        silence.end();
      }
    },
    async end() {
      lost = true;
      await sql.end({ timeout: 1 });
      socket?.destroy();
    },
  };
  // A pooler lets in at once, and may then have no connection to give.
  const giveUp = setTimeout(() => socket?.destroy(), CONNECT_TIMEOUT_MS);
  try {
    const results = (await sql.unsafe(beginning(options))) as unknown as readonly postgres.RowList<postgres.Row[]>[];
    const [self] = results.at(-1) ?? [];
    backend = { pid: Number(self?.['pid']), started: String(self?.['backend_start']) };
    return session;
  } catch (error) {
    await session.end();
    const translated = toDatabaseError(error);
    // Nothing was sent, so a connection that broke on the way in is one that could not be made.
    throw translated.kind === 'UNAVAILABLE' ? translated : new DatabaseError('UNAVAILABLE', translated.sqlState);
  } finally {
    clearTimeout(giveUp);
  }
}

/** What every session of the hub has, whatever the server, the database or the role would give it: values are read by it. */
const always = {
  client_encoding: 'UTF8',
  standard_conforming_strings: 'on',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  bytea_output: 'hex',
} as const;

/** The text that makes a session ours, in the one round trip that asks which it is. */
function beginning({ applicationName, settings, statementTimeoutMs }: SessionOptions): string {
  const all = {
    ...always,
    application_name: applicationName,
    ...(statementTimeoutMs ? { statement_timeout: String(statementTimeoutMs) } : {}),
    ...settings,
  };
  return `${cleanConnection};
select pid, backend_start::text, (select count(set_config(key, value, false)) from json_each_text(${literal(JSON.stringify(all))}))
from pg_stat_get_activity(pg_backend_pid())`;
}

/** Text in SQL, read alike whatever `standard_conforming_strings` is. */
function literal(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** What the driver made of the URL. */
interface DriverAddress {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path: string | false | undefined;
}

function connectSocket({ host, port, path }: DriverAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = path ? connect({ path }) : connect({ host: host[0] ?? 'localhost', port: Number(port[0]) });
    // The driver names the host to TLS by this property.
    Object.assign(socket, { host: host[0] });
    const giveUp = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () =>
      giveUp(Object.assign(new Error('connect timeout'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', giveUp);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners();
      resolve(socket);
    });
  });
}

/** Calls `onSilence` when statements wait and none was answered for longer than the server may take. */
function watchForSilence(
  statementTimeoutMs: number | undefined,
  onSilence: () => void,
): { begin: () => void; end: () => void } {
  if (!statementTimeoutMs) return { begin: () => undefined, end: () => undefined };
  let waiting = 0;
  const timer = setTimeout(() => {
    if (waiting > 0) onSilence();
  }, statementTimeoutMs + SILENCE_MS);
  timer.unref();
  return {
    begin: () => {
      if (waiting === 0) timer.refresh();
      waiting += 1;
    },
    end: () => {
      waiting -= 1;
      timer.refresh();
    },
  };
}
