import { subjectOf } from '@hub/access';
import { HubError, malformed } from '@hub/errors';
import type { Classes } from '@hub/sharing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import Negotiator from 'negotiator';
import { type Agencies, isAgencyToken } from '../../agencies/agencies.ts';
import { bearerOf } from '../../authenticate.ts';
import type { Ask } from '../../graphql/ask.ts';
import { addVary } from '../../http/headers.ts';
import { whenClosed } from '../../http/when-closed.ts';
import { attachment } from '../files/file-name.ts';
import { type ExportFormat, formats } from './formats.ts';
import { exportDescription } from './openapi.ts';
import { type ExportOperation, exportOperation, type RootList, rootLists } from './operation.ts';
import { type RecordPage, readRecords } from './records.ts';

export interface ExportsOptions {
  readonly ask: Ask;
  readonly agencies: Agencies;
  readonly schema: () => GraphQLSchema;
  readonly classes: Classes;
}

/** Exports of one agency at the same time. */
const ofOne = 4;
const retryAfterSeconds = 30;
/** How often it is looked whether what is on its way may go on: with the half second that an answer is good for, within one. */
const recheckMs = 400;

/** Serves `GET /export/{dataset}`: a file of all that an agency's agreement shares of it. Errors are thrown to the app's handler. */
export function registerExports(app: FastifyInstance, options: ExportsOptions): void {
  const { ask, agencies, schema, classes } = options;
  const open = new Map<string, number>();
  const running = new Set<AbortController>();
  let lists: readonly RootList[] | undefined;
  app.addHook('preClose', async () => {
    for (const one of running) one.abort();
  });

  /** Counts one more of an agency's, until it is over. */
  const begin = (reader: string, reply: FastifyReply): AbortController => {
    const count = open.get(reader) ?? 0;
    if (count >= ofOne) {
      reply.header('retry-after', retryAfterSeconds);
      throw new HubError('TOO_MANY_STREAMS', { maximum: ofOne });
    }
    open.set(reader, count + 1);
    const ended = new AbortController();
    running.add(ended);
    whenClosed(reply.raw, () => {
      ended.abort();
      running.delete(ended);
      const left = (open.get(reader) ?? 1) - 1;
      if (left > 0) open.set(reader, left);
      else open.delete(reader);
    });
    return ended;
  };

  app.route<{ Params: { dataset: string } }>({
    method: ['GET', 'HEAD'],
    url: '/export/:dataset',
    config: { openapi: exportDescription },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      addVary(reply, 'Accept');
      const token = bearerOf(request);
      if (token === undefined) throw new HubError('UNAUTHENTICATED');
      if (!isAgencyToken(token)) throw new HubError('FORBIDDEN');
      lists ??= rootLists(schema(), classes);
      const { list, format, after } = questionOf(request, request.params.dataset, lists);
      let operation: ExportOperation | undefined;
      const read = await agencies.admit(token, {
        query: (mayRead) => {
          operation = exportOperation(schema(), classes, list, mayRead);
          return operation.query;
        },
        operationName: undefined,
        variables: { after },
        address: request.ip,
        requestId: request.id,
      });
      request.actor = read.actor;
      const { columns = [] } = operation ?? {};
      const headers = {
        'content-type': format.contentType,
        'content-disposition': attachment(`${list.dataset}.${format.ending}`),
      };
      // A file's length isn't known before it is read, and reading is counted.
      if (request.method === 'HEAD') return reply.headers(headers).send();
      // Left already.
      if (reply.raw.destroyed) return reply;
      const ending = begin(subjectOf(read.actor), reply);
      const ended = ending.signal;

      const pages = readRecords(read, { ask, field: list.field, after, requestId: request.id, ended });
      // Read before anything is answered: what is refused is answered as such.
      const first = await pages.next().catch((error: unknown) => {
        // Nothing else of the operation is the client's.
        if (error instanceof HubError && error.extensions['code'] === 'BAD_USER_INPUT')
          throw new HubError('BAD_USER_INPUT', { field: 'after' });
        throw error;
      });
      if (ended.aborted) return reply;
      const file = format.write(allOf(first, pages), columns, list.field);
      // Until its last byte has left, since it waits for a client that reads slowly.
      const stop = (error: Error) => {
        file.destroy(error);
        // A page that waits for its minute waits no longer.
        ending.abort();
      };
      const checking = setInterval(() => void read.recheck().catch(stop), recheckMs);
      ended.addEventListener('abort', () => {
        clearInterval(checking);
        file.destroy();
      });
      return (
        reply
          // nginx would gather it.
          .headers({ ...headers, 'x-accel-buffering': 'no' })
          .send(file)
      );
    },
  });
}

async function* allOf(
  first: IteratorResult<RecordPage, void>,
  rest: AsyncIterable<RecordPage>,
): AsyncIterable<RecordPage> {
  if (!first.done) yield first.value;
  yield* rest;
}

interface Question {
  readonly list: RootList;
  readonly format: ExportFormat;
  readonly after: string | undefined;
}

/** What is asked for. What is no part of a question is refused: a token, for one, has no place in an address. */
function questionOf(request: FastifyRequest, dataset: string, lists: readonly RootList[]): Question {
  const { format, after, list, ...others } = request.query as Record<string, unknown>;
  if (Object.keys(others).length > 0) throw malformed('UNKNOWN_PARAMETER');
  for (const [field, value] of Object.entries({ after, list }))
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new HubError('BAD_USER_INPUT', { field });
  const own = lists.filter((one) => one.dataset === dataset);
  if (own.length === 0) throw new HubError('NOT_FOUND');
  const [only, second] = list === undefined ? own : own.filter(({ field }) => field === list);
  if (!only || second) throw new HubError('BAD_USER_INPUT', { field: 'list' });
  return { list: only, format: formatOf(request, format), after: after as string | undefined };
}

/** As `format` names it, or else as `Accept` prefers. */
function formatOf(request: FastifyRequest, named: unknown): ExportFormat {
  const accepted = new Negotiator(request.raw).mediaType([...formats.values()].map(({ mediaType }) => mediaType));
  const format =
    named === undefined
      ? [...formats.values()].find(({ mediaType }) => mediaType === accepted)
      : formats.get(String(named));
  if (!format) throw new HubError('NOT_ACCEPTABLE', { accepted: [...formats.keys()] });
  return format;
}
