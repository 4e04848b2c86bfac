import { type Actor, type Authenticate, expiryOf } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyRequest } from 'fastify';

/** The bearer token of a request. @throws HubError UNAUTHENTICATED where it signs in by something else */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  const [scheme, token] = headers.authorization?.split(' ') ?? [];
  if (scheme !== undefined && (scheme.toLowerCase() !== 'bearer' || !token)) throw new HubError('UNAUTHENTICATED');
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
export function actorUntil({ headers }: FastifyRequest): number {
  const [, token] = headers.authorization?.split(' ') ?? [];
  return token ? expiryOf(token) : Number.POSITIVE_INFINITY;
}
