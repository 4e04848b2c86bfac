import { HubError, malformed } from '@hub/errors';
import { committeeByCode, rangeOf } from '@hub/subgraph-server';
import type { FastifyRequest } from 'fastify';
import type { Wanted } from './watch.ts';

/** What is asked of `/changes`. */
export interface Question {
  /** After which cursor; from now on where there is none. */
  readonly after: string | undefined;
  /** Which part of the request it came in. */
  readonly field: 'Last-Event-ID' | 'after';
  /** How long a poll waits, in seconds; none for a stream. */
  readonly wait: number | undefined;
  readonly wanted: Wanted;
}

const longestWait = 30;
const mostNames = 100;

/** Reads the query and the headers. What is no part of a question is refused: a token, for one, has no place in an address. */
export function questionOf({ query, headers }: FastifyRequest, types: ReadonlySet<string>): Question {
  const { after, wait, types: someTypes, committees, ...others } = query as Record<string, unknown>;
  if (Object.keys(others).length > 0) throw malformed('UNKNOWN_PARAMETER');
  const text = (value: unknown, field: string) => {
    if (value !== undefined && typeof value !== 'string') throw new HubError('BAD_USER_INPUT', { field });
    return value;
  };
  const names = (value: unknown, field: string, isKnown: (name: string) => boolean) => {
    const given = text(value, field)?.split(',');
    if (given && (given.length > mostNames || !given.every(isKnown))) throw new HubError('BAD_USER_INPUT', { field });
    return given && new Set(given);
  };
  const codes = names(committees, 'committees', (code) => committeeByCode(code) !== null);
  // A client that reconnects sends the address that it began with, and where it is by now in the header.
  const last = headers['last-event-id']?.toString();
  const seconds = text(wait, 'wait');
  if (seconds !== undefined && !(/^\d{1,2}$/.test(seconds) && Number(seconds) <= longestWait))
    throw new HubError('BAD_USER_INPUT', { field: 'wait' });
  const polls =
    /\bapplication\/json\b/.test(headers.accept ?? '') && !/\btext\/event-stream\b/.test(headers.accept ?? '');
  return {
    ...(last ? { after: last, field: 'Last-Event-ID' } : { after: text(after, 'after'), field: 'after' }),
    wait: seconds === undefined ? (polls ? 0 : undefined) : Number(seconds),
    wanted: {
      types: names(someTypes, 'types', (name) => types.has(name)),
      // A code that a place had is one that it has.
      committees: codes && new Set([...codes].map((code) => rangeOf(code, 'committees', 'OWN').lo)),
    },
  };
}
