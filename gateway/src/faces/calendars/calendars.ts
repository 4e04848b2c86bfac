import { receiptHash } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ask } from '../../graphql/ask.ts';
import { negotiated } from '../../http/headers.ts';
import type { Transport } from '../../subgraphs.ts';
import { entityTagOf, isKnown } from '../entity-tag.ts';
import { attachment } from '../files/file-name.ts';
import { readCalendar } from './calendar.ts';
import { findFeed } from './feed.ts';
import { writeCalendar } from './icalendar.ts';
import { calendarDescription } from './openapi.ts';
import type { Labels } from './records.ts';
import { windowAt } from './window.ts';

export interface CalendarsOptions {
  readonly ask: Ask;
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly labels: Labels;
  /** Where people find the hub; events lead back there. */
  readonly publicUrl: () => string;
}

/** Seconds after which a calendar may come again where a part of the hub doesn't answer. */
const retryAfter = 300;
/** 160 bits. */
const address = /^([\w-]{27})\.ics$/;

/** Serves `GET /calendars/{secret}.ics`. The secret is never written anywhere: not to a log, nor into an operation. */
export async function registerCalendars(app: FastifyInstance, options: CalendarsOptions): Promise<void> {
  // A scope of its own: its hooks touch no other route.
  await app.register(async (calendars) => {
    calendars.addHook('onRequest', async (_, reply) => {
      reply.headers({
        // Whoever may read it can change: each time the hub is asked.
        'cache-control': 'private, no-cache',
      });
    });
    calendars.route<{ Params: { '*': string } }>({
      url: '/calendars/*',
      config: { openapi: calendarDescription },
      method: ['GET', 'HEAD'],
      handler: async (request, reply) => {
        const [, secret] = address.exec(request.params['*']) ?? [];
        try {
          return await sendCalendar(request, reply, secret, options);
        } catch (error) {
          if (error instanceof HubError && error.extensions['code'] === 'SUBGRAPH_UNAVAILABLE')
            reply.header('retry-after', retryAfter);
          throw error;
        }
      },
    });
  });
}

async function sendCalendar(
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string | undefined,
  { ask, transport, timeoutMs, labels, publicUrl }: CalendarsOptions,
) {
  const requestId = request.id;
  const contentType = negotiated(request, reply, ['text/calendar; charset=utf-8']);
  const tried = await request.visitor?.tryKnownCode(receiptHash(secret ?? ''));
  const feed = secret === undefined ? null : await findFeed(transport, secret, { requestId, timeoutMs });
  if (feed) tried?.isGood();
  else await tried?.isWrong();
  const calendar = feed && (await readCalendar(feed, { ask, labels, window: windowAt(new Date()), requestId }));
  if (!calendar) throw new HubError('NOT_FOUND');
  const file = Buffer.from(writeCalendar(calendar.name, calendar.events, publicUrl()));
  const etag = entityTagOf(file);
  reply.header('etag', etag);
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply
    .headers({
      'content-type': contentType,
      'content-length': file.length,
      'content-disposition': attachment(`${calendar.name}.ics`),
    })
    .send(request.method === 'HEAD' ? undefined : file);
}
