/** One who reads `/changes`, with a client library that is not the hub's. */
import { setTimeout as delay } from 'node:timers/promises';
import { EventSource } from 'eventsource';

export interface Told {
  readonly type: string;
  readonly id: string;
  readonly revision: number;
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly committees: readonly string[];
}

export interface Listening {
  readonly told: Told[];
  /** The cursor of each that was told. */
  readonly cursors: string[];
  /** Where it is by now. */
  cursor: string;
  /** Statuses of the answers that it got, and codes with which streams ended. */
  readonly statuses: number[];
  readonly ends: string[];
  close(): void;
}

/** Opens a stream and waits until it is told where it begins; it reconnects by itself until it is closed. */
export async function listen(
  address: string | (() => string),
  options: { token?: string | undefined; headers?: Record<string, string>; query?: string; after?: string } = {},
): Promise<Listening> {
  const { token, headers = {}, query = '', after } = options;
  const url = typeof address === 'string' ? () => address : address;
  const statuses: number[] = [];
  const source = new EventSource('http://hub.invalid/changes', {
    // The address is another one after a restart.
    fetch: async (_, init) => {
      const sent = new Headers({ ...init?.headers, ...(token && { authorization: `Bearer ${token}` }), ...headers });
      if (after && !sent.has('last-event-id')) sent.set('last-event-id', after);
      const response = await fetch(`${url()}/changes${query}`, { ...init, headers: sent });
      statuses.push(response.status);
      // The client compares where it was sent with where it asked.
      return { ...view(response), url: 'http://hub.invalid/changes' };
    },
  });
  const listening: Listening = {
    told: [],
    cursors: [],
    cursor: '',
    statuses,
    ends: [],
    close: () => source.close(),
  };
  let isReady = false;
  source.addEventListener('ready', ({ lastEventId }) => {
    isReady = true;
    listening.cursor = lastEventId;
  });
  source.addEventListener('cursor', ({ lastEventId }) => {
    listening.cursor = lastEventId;
  });
  source.addEventListener('end', ({ data }) => listening.ends.push(JSON.parse(data).code));
  source.addEventListener('message', ({ data, lastEventId }) => {
    listening.told.push(JSON.parse(data));
    listening.cursors.push(lastEventId);
    listening.cursor = lastEventId;
  });
  await until(() => isReady || statuses.some((status) => status !== 200));
  return listening;
}

const view = ({ body, status, redirected, headers }: Response) => ({ body, status, redirected, headers });

export async function until(holds: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await delay(20)) if (await holds()) return;
  throw new Error('it did not come about in time');
}
