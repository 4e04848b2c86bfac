import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Multipart } from '@fastify/multipart';
import { HubError, malformed } from '@hub/errors';
import type { FastifyRequest } from 'fastify';
import { ContentCheck } from './content-check.ts';
import { announcedDigests } from './digest.ts';
import { cleanFileName } from './file-name.ts';
import { chunkBytes, type FileStore, type StoredFile } from './store.ts';

/** The largest file: 20 MiB. */
export const fileBytes = 20 * 1024 * 1024;

/** Receives a form with one part `file` into the store, chunk by chunk. Whatever goes wrong, nothing is kept. */
export async function receiveFile(request: FastifyRequest, store: FileStore): Promise<Omit<StoredFile, 'modified'>> {
  const { actor } = request;
  const checkDigests = announcedDigests(request);
  const parts = request.parts();
  const part = await nextPart(parts);
  if (part?.type !== 'file' || part.fieldname !== 'file') throw new HubError('BAD_USER_INPUT', { field: 'file' });
  // The parser of forms puts this in the place of bytes that aren't UTF-8.
  if (part.filename?.includes('\ufffd')) throw malformed('BODY_NOT_UTF8');
  const name = cleanFileName(part.filename ?? '');
  const content = new ContentCheck(name);
  const { mediaType } = content;
  const hash = createHash('sha256');
  let bytes = 0;
  let id: string | undefined;
  try {
    for await (const chunk of chunksOf(part.file)) {
      if (bytes + chunk.length > fileBytes) throw new HubError('REQUEST_TOO_LARGE', { maximum: fileBytes });
      await content.add(chunk);
      id ??= (await store.begin(actor, { name, mediaType })).id;
      hash.update(chunk);
      await store.append(actor, id, bytes, chunk);
      bytes += chunk.length;
    }
    // An empty file, or more than the one that was asked for.
    if (id === undefined || (await nextPart(parts))) throw new HubError('BAD_USER_INPUT', { field: 'file' });
    content.end();
    const sum = hash.digest();
    checkDigests(sum);
    const sha256 = sum.toString('hex');
    await store.finish(actor, id, { sha256, bytes });
    return { id, name, mediaType, bytes, sha256 };
  } catch (error) {
    if (id !== undefined)
      await store.abandon(actor, id).catch(() => request.log.warn('a file that was not finished could not be dropped'));
    throw error;
  }
}

/** The parser's errors say that the form is none, or that its sender went away. */
async function nextPart(parts: AsyncIterator<Multipart>): Promise<Multipart | undefined> {
  try {
    const { done, value } = await parts.next();
    return done ? undefined : value;
  } catch (error) {
    // A part that is called as what every object has, and not `file`.
    if ((error as { code?: unknown }).code === 'FST_PROTO_VIOLATION')
      throw new HubError('BAD_USER_INPUT', { field: 'file' });
    throw malformed('BODY_BROKEN_OFF');
  }
}

/** A stream in pieces of `chunkBytes`, the last one shorter. */
async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      for (let taken = 0; taken < piece.length; ) {
        const copied = piece.copy(chunk, filled, taken);
        taken += copied;
        filled += copied;
        if (filled < chunkBytes) continue;
        yield chunk;
        chunk = Buffer.allocUnsafe(chunkBytes);
        filled = 0;
      }
    }
  } catch {
    throw malformed('BODY_BROKEN_OFF');
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
