import type { Actor, Authenticate } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyRequest } from 'fastify';

/** Who sends a request: by its bearer token and by what it says of how they act. */
export async function actorOf({ headers }: FastifyRequest, authenticate: Authenticate): Promise<Actor> {
  const [scheme, token] = headers.authorization?.split(' ') ?? [];
  if (scheme !== undefined && (scheme.toLowerCase() !== 'bearer' || !token)) throw new HubError('UNAUTHENTICATED');
  return authenticate(token, {
    membership: headers['x-acting-membership']?.toString(),
    receipt: headers['x-receipt']?.toString(),
  });
}
