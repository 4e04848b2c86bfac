import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { type Actor, type Authenticate, subjectOf } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../../authenticate.ts';
import type { HeldBytes } from '../../held-bytes.ts';
import { whenClosed } from '../../http/when-closed.ts';
import { attachment } from './file-name.ts';
import { fileDescription, uploadDescription } from './openapi.ts';
import { entityTag, select } from './selection.ts';
import { Slots } from './slots.ts';
import { chunkBytes, type FileStore, type FileStores, storeOf } from './store.ts';
import { fileBytes, receiveFile } from './upload.ts';

/** What a form may have around its file. */
const formBytes = 64 * 1024;
/** How long an upload may stand still, and how long it may take in all: the store takes one for dead after 20 minutes. */
const idleMs = 30_000;
const longestMs = 15 * 60_000;
/** Uploads at the same time, each of which holds a chunk in memory: of all, and of one actor. */
const uploadsOfAll = 32;
const uploadsOfOne = 4;
/** Seconds after which a client may look whether there is room again. */
const soonSeconds = 10;
/** Bytes that are read at a time of a file that is asked for, two of which are held for its client: a part of a chunk. */
const pieceBytes = chunkBytes / 4;

/** Those who have papers to hand in; the store decides about the rest. */
const uploaders: readonly Actor['kind'][] = ['MEMBER', 'STAFF', 'DEPARTMENT'];

/** Serves `POST /files?for=…` and `GET /files/:id`. Errors are thrown to the app's handler. */
export async function registerFiles(
  app: FastifyInstance,
  { stores, authenticate, untaken }: { stores: FileStores; authenticate: Authenticate; untaken: HeldBytes },
): Promise<void> {
  // A scope of its own: its hooks and its parser touch no other route.
  await app.register(async (files) => {
    await files.register(multipart, {
      limits: { fileSize: Number.POSITIVE_INFINITY, fieldSize: 1024, parts: 2, headerPairs: 20 },
      throwFileSizeLimit: false,
    });
    files.addHook('onRequest', async (request, reply) => {
      reply.headers({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
        // A picture in a page sends no token, so what pages of others can show is what everybody may see.
        'cross-origin-resource-policy': 'cross-origin',
      });
      request.actor = await actorOf(request, authenticate);
    });
    files.addHook('onSend', async ({ raw }) => {
      if (!raw.complete) discardRest(raw);
    });

    const admitted = {
      config: { openapi: uploadDescription },
      onRequest: async (request: FastifyRequest) => admit(request),
    };
    const uploads = new Slots(uploadsOfAll, uploadsOfOne);
    files.post<{ Querystring: { for?: string } }>('/files', admitted, async (request, reply) => {
      request.raw.setTimeout(idleMs, () => request.raw.destroy());
      const [usual] = stores.keys();
      const store = stores.get(request.query.for ?? usual ?? '');
      if (!store) throw new HubError('BAD_USER_INPUT', { field: 'for' });
      const longest = setTimeout(() => request.raw.destroy(), longestMs);
      let free: (() => void) | undefined;
      try {
        free = uploads.take(subjectOf(request.actor));
        const file = await receiveFile(request, store);
        return reply.code(201).header('location', `/files/${file.id}`).send({ file });
      } catch (error) {
        if ((error as HubError).extensions?.['code'] === 'TOO_MANY_UPLOADS') reply.header('retry-after', soonSeconds);
        throw error;
      } finally {
        clearTimeout(longest);
        free?.();
      }
    });

    files.route<{ Params: { id: string } }>({
      url: '/files/:id',
      config: { openapi: fileDescription },
      method: ['GET', 'HEAD'],
      handler: (request, reply) => sendFile(request, reply, { stores, untaken, id: request.params.id }),
    });
  });
}

/** Refuses what needs no look at the body. */
function admit(request: FastifyRequest): void {
  const { actor, headers } = request;
  if (actor.kind === 'PUBLIC') throw new HubError('UNAUTHENTICATED');
  if (!uploaders.includes(actor.kind)) throw new HubError('FORBIDDEN');
  if (Number(headers['content-length']) > fileBytes + formBytes)
    throw new HubError('REQUEST_TOO_LARGE', { maximum: fileBytes });
  if (!/^multipart\/form-data\b/i.test(headers['content-type'] ?? ''))
    throw new HubError('UNSUPPORTED_MEDIA_TYPE', { accepted: 'multipart/form-data' });
}

/** Lets a refused client finish speaking, within reason: who is cut off while sending doesn't get to read why. */
function discardRest(raw: IncomingMessage): void {
  let left = 2 * fileBytes;
  raw.unpipe();
  raw.on('data', (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) raw.destroy();
  });
  raw.setTimeout(idleMs, () => raw.destroy());
  raw.resume();
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { stores, untaken, id }: { readonly stores: FileStores; readonly untaken: HeldBytes; readonly id: string },
) {
  const { actor, method, headers } = request;
  const found = await storeOf(stores, actor, id);
  if (!found) throw new HubError('NOT_FOUND');
  const { store, file } = found;
  const selection = select(method, headers, file);
  if (selection.status === 416) {
    reply.header('content-range', `bytes */${file.bytes}`);
    throw new HubError('RANGE_NOT_SATISFIABLE', { bytes: file.bytes });
  }
  const validators = {
    etag: entityTag(file),
    'last-modified': file.modified.toUTCString(),
    // Who may see it can change: each time the hub is asked.
    'cache-control': 'private, no-cache',
  };
  if (selection.status === 304) return reply.code(304).headers(validators).send();
  const { status, from, to } = selection;
  const content =
    method === 'HEAD'
      ? undefined
      : Readable.from(asTaken(request, reply, untaken, bytesOf(store, actor, id, from, to)));
  // Before anything is promised: an error now is still an answer of its own.
  if (content) await once(content, 'readable');
  return reply
    .code(status)
    .headers({
      ...validators,
      'accept-ranges': 'bytes',
      // Text is taken in UTF-8 alone.
      'content-type': file.mediaType.startsWith('text/') ? `${file.mediaType}; charset=utf-8` : file.mediaType,
      'content-length': to - from + 1,
      'content-disposition': attachment(file.name),
      ...(status === 206 && { 'content-range': `bytes ${from}-${to}/${file.bytes}` }),
    })
    .send(content);
}

/** Passes on what is read of a file, as far as its client takes it: whoever doesn't, or has left, is read no more. */
async function* asTaken(
  { raw, visitor, ip }: FastifyRequest,
  reply: FastifyReply,
  untaken: HeldBytes,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let taken: (() => void) | undefined;
  whenClosed(reply.raw, () => taken?.());
  for await (const piece of pieces) {
    taken?.();
    if (reply.raw.destroyed) return;
    // The next is read while this one is on its way.
    const bytes = 2 * piece.length;
    taken = untaken.add({ bytes, client: visitor?.holder ?? ip, cut: () => raw.socket.destroy() });
    yield piece;
  }
}

/** Reads a file piece by piece; each read lies within one chunk of the store. */
async function* bytesOf(store: FileStore, actor: Actor, id: string, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at <= to; ) {
    const end = Math.min(at - (at % pieceBytes) + pieceBytes - 1, to);
    const bytes = await store.read(actor, id, at, end);
    if (bytes.length !== end - at + 1) throw new Error('the store gave another number of bytes');
    yield bytes;
    at = end + 1;
  }
}
