import { type Actor, type Authenticate, expiryOf } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyRequest } from 'fastify';

/** RFC 9110 §11.4 and RFC 6750 §2.1: the scheme in any case, one space or more, a token68 and nothing behind it. */
const credentials = /^Bearer +([\w\-.~+/]+=*)$/i;

/** The bearer token of a request. @throws HubError UNAUTHENTICATED where it signs in by something else */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  if (headers.authorization === undefined) return undefined;
  const token = credentials.exec(headers.authorization)?.[1];
  if (token === undefined) throw new HubError('UNAUTHENTICATED');
  return token;
}

/** Who sends a request: by its bearer token and by what it says of how they act. From here on it is charged to them. */
export async function actorOf(request: FastifyRequest, authenticate: Authenticate): Promise<Actor> {
  const { headers } = request;
  const actor = await authenticate(bearerOf(request), {
    membership: headers['x-acting-membership']?.toString(),
    receipt: headers['x-receipt']?.toString(),
  });
  await request.visitor?.identified(actor);
  return actor;
}

/** When whoever sent a request, and was found to be who they are, stops being so: as their token ends, in milliseconds since 1970. */
export function actorUntil(request: FastifyRequest): number {
  const token = bearerOf(request);
  return token === undefined ? Number.POSITIVE_INFINITY : expiryOf(token);
}

/** What a 401 says of how to sign in (RFC 6750 §3): where a token was sent, that it isn't good. */
export function challengeOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const sentToken = /^Bearer\b/i.test(headers.authorization ?? '');
  return `Bearer realm="cppcc-hub"${sentToken ? ', error="invalid_token"' : ''}`;
}
