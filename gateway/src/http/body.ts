import type { IncomingMessage } from 'node:http';
import { HubError, malformed } from '@hub/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HeldBytes } from '../held-bytes.ts';

export interface BodyLimits {
  readonly maximumBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly deadlineMs: number;
  /** Bytes of all bodies together that haven't arrived whole. */
  readonly arrivingBytes: number;
}

/** What each piece of a body takes besides its bytes, however small it is. */
const bytesOfPiece = 300;

const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/**
 * Takes JSON as bodies, in the place of the framework's own parser: that one turns what isn't UTF-8 into U+FFFD and waits for
 * ever. Whoever sends another encoding is told so.
 */
export function takeJson(app: FastifyInstance, limits: BodyLimits): void {
  // What would change the prototype of an object is refused.
  const parse = app.getDefaultJsonParser('error', 'error');
  // Of all bodies that are on their way: each is small, and thousands of clients may leave theirs unfinished.
  const arriving = new HeldBytes({ bytes: limits.arrivingBytes });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (request: FastifyRequest, payload: IncomingMessage, done) => {
    if (!isPlainUtf8(request)) {
      done(new HubError('UNSUPPORTED_MEDIA_TYPE', { accepted: 'application/json' }));
      return;
    }
    const client = request.visitor?.holder ?? request.ip;
    const hold = (bytes: number) => arriving.add({ bytes, client, cut: () => request.raw.socket.destroy() });
    readBody(payload, limits, hold).then(
      (bytes) => {
        const text = utf8Text(bytes);
        if (text === undefined) done(malformed('BODY_NOT_UTF8'));
        // What is refused though it is JSON has a name in it that would change a prototype.
        else
          void parse(request, text, (error, body) =>
            done(error && isJson(text) ? malformed('RESERVED_NAME') : error, body),
          );
      },
      (error: HubError) => done(error),
    );
  });
}

function isPlainUtf8({ headers }: FastifyRequest): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const [, named = 'utf-8'] = charset.exec(headers['content-type'] ?? '') ?? [];
  return encoding === 'identity' && /^utf-?8$/i.test(named);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function utf8Text(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A body as bytes. @throws HubError REQUEST_TOO_LARGE, REQUEST_TIMEOUT, or BAD_REQUEST where its sender went away */
function readBody(
  body: IncomingMessage,
  { maximumBytes, deadlineMs }: BodyLimits,
  hold: (bytes: number) => () => void,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const held: (() => void)[] = [];
    let received = 0;
    const fail = (error: HubError) => {
      stop();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      received += chunk.length;
      chunks.push(chunk);
      held.push(hold(chunk.length + bytesOfPiece));
      if (received > maximumBytes) fail(new HubError('REQUEST_TOO_LARGE', { maximum: maximumBytes }));
    };
    const finish = () => {
      stop();
      resolve(Buffer.concat(chunks));
    };
    const breakOff = () => fail(malformed('BODY_BROKEN_OFF'));
    const deadline = setTimeout(() => fail(new HubError('REQUEST_TIMEOUT')), deadlineMs);
    const stop = () => {
      clearTimeout(deadline);
      for (const release of held) release();
      body.off('data', take).off('end', finish).off('error', breakOff).off('close', breakOff);
    };
    if (Number(body.headers['content-length']) > maximumBytes) {
      fail(new HubError('REQUEST_TOO_LARGE', { maximum: maximumBytes }));
      return;
    }
    body.on('data', take).on('end', finish).on('error', breakOff).on('close', breakOff);
  });
}
