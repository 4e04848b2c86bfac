import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { negotiated } from '../http/headers.ts';

/** A strong tag: the same for the same bytes. */
export const entityTagOf = (bytes: Buffer): string => `"${createHash('sha256').update(bytes).digest('base64url')}"`;

/** Whether a client has what bears the tag, by its If-None-Match. */
export const isKnown = (known: string | undefined, tag: string): boolean =>
  known !== undefined &&
  (known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag));

/** A document that stays as it is while the hub runs, and its tag. */
export interface LastingDocument {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** Made when it is first asked for. */
export function lastingDocument(make: () => string): () => LastingDocument {
  let made: LastingDocument | undefined;
  return () => {
    if (!made) {
      const bytes = Buffer.from(make());
      made = { bytes, etag: entityTagOf(bytes) };
    }
    return made;
  };
}

/** Sends such a document to whoever hasn't got it, as what they accept of the media types; it is asked for again each time. */
export function sendLasting(
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, etag }: LastingDocument,
  mediaTypes: readonly [string, ...string[]],
): FastifyReply {
  const contentType = negotiated(request, reply, mediaTypes);
  // What is sent as another type is another representation, whose strong tag is another.
  const tag = contentType === mediaTypes[0] ? etag : entityTagOf(Buffer.from(`${contentType} ${etag}`));
  reply.headers({ etag: tag, 'cache-control': 'public, no-cache' });
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return reply.header('content-type', contentType).send(bytes);
}
