import type { Socket } from 'node:net';
import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAgencyToken } from '../agencies/token.ts';
import type { Told } from '../http/refusals.ts';
import type { Transport } from '../subgraphs.ts';
import { subgraphsWith } from '../supergraph.ts';
import { limitConnections } from './connections.ts';
import { startCounting } from './counting.ts';
import { keeperAt } from './keeper.ts';
import type { Kind, RateLimits } from './limits.ts';
import type { LoopTurns } from './loop-turns.ts';
import { type Place, placeOf } from './place.ts';
import { TooManyRequests, Visitor } from './visitor.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it; nobody is counted at /health. */
    visitor: Visitor | undefined;
    /** How many reads it counts as; whoever measures an operation sets it before the operation is planned. */
    cost: number;
  }
}

export interface Fairness {
  /** Counts all requests of a gateway. Its hook comes after those that make a refusal readable. */
  register(app: FastifyInstance): void;
  /** An error as it is to be told: a token that is refused too often is told so. */
  readonly refusalOf: Told;
  /** Counts what is refused to an agency; what it is refused beyond its limit is neither looked at nor logged. */
  readonly agencies: AgencyCeiling;
  readonly turns: LoopTurns;
}

export interface AgencyCeiling {
  /** In how many seconds a reader may ask again to whom too much was refused; null where it may. */
  secondsToWait(reader: string): number | null;
  refused(reader: string): void;
}

/** Routes that look at who sends a token, and charge it then. */
const identifying = ['/graphql', '/files', '/changes', '/export'];
const nowhere: Place = { address: 'nowhere', network: undefined, range: 'nowhere' };

/** What a request to a route is, before it is known what it asks for. */
function kindOf({ method, routeOptions: { url } }: FastifyRequest): Kind {
  if (url === '/changes') return 'open';
  return url === '/files' && method === 'POST' ? 'upload' : 'read';
}

/** Limits for everybody, of a gateway and of all together: who asks too much is told when to come again. */
export function openFairness(given: {
  readonly supergraph: string;
  readonly transport: Transport;
  readonly limits?: RateLimits | undefined;
  readonly trustedProxies?: readonly string[] | undefined;
  readonly now?: () => number;
}): Fairness {
  const { supergraph, transport, limits = {}, now = () => performance.now() } = given;
  // A graph of others may have no keeper; each gateway counts for itself then.
  const [keeper] = subgraphsWith(supergraph, 'Mutation', 'takeAllowances');
  const counting = startCounting({
    limits,
    keeper: keeper === undefined ? undefined : keeperAt(keeper, transport),
    now,
  });
  const { allowances, ceilings, rules } = counting;
  const places = new WeakMap<Socket, { readonly ip: string; readonly place: Place }>();

  /** Most connections are of one address. */
  const placeFrom = ({ ip, raw: { socket } }: FastifyRequest): Place => {
    const known = places.get(socket);
    if (known?.ip === ip) return known.place;
    // What a proxy passes on may be no address; then it is the proxy's.
    const place = placeOf(ip) ?? placeOf(socket.remoteAddress ?? '') ?? nowhere;
    places.set(socket, { ip, place });
    return place;
  };

  async function count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { url } = request.routeOptions;
    request.cost = 1;
    if (url?.startsWith('/health')) return;
    const visitor = new Visitor({ counting, request, reply, place: placeFrom(request), kind: kindOf(request) });
    request.visitor = visitor;
    const { authorization } = request.headers;
    const isIdentified = authorization !== undefined && identifying.some((path) => url?.startsWith(path));
    if (!isIdentified) return visitor.arrived();
    // Keys of agencies are asked for.
    if (isAgencyToken(authorization.replace(/^bearer\s+/i, ''))) visitor.assertMaySignIn();
  }

  const tierOfReader = (reader: string) => {
    const { windowMs, limitOf } = rules.refused;
    return counting
      .holdersOf(reader)
      .map((named) => ({ ...named, kind: 'refused', limit: limitOf('actor'), windowMs }));
  };

  return {
    turns: counting.turns,
    register(app) {
      app.decorateRequest('visitor');
      app.decorateRequest('cost', 1);
      limitConnections(app.server, ceilings.connections, given.trustedProxies ?? []);
      app.addHook('onRequest', count);
      // Not before: busy with its start, it would give up on an answer that is there.
      app.addHook('onListen', () => void allowances.hear());
    },
    async refusalOf(request, error) {
      const { visitor } = request;
      const code = error instanceof HubError && error.extensions['code'];
      if (!visitor || code !== 'UNAUTHENTICATED' || request.headers.authorization === undefined) return error;
      try {
        await visitor.tokenRefused();
        return error;
      } catch (refusal) {
        return refusal instanceof TooManyRequests ? refusal : error;
      }
    },
    agencies: {
      secondsToWait(reader) {
        const waitMs = allowances.isUsedUp(tierOfReader(reader));
        return waitMs === null ? null : Math.max(1, Math.ceil(waitMs / 1000));
      },
      refused: (reader) => void allowances.charge(tierOfReader(reader), 1),
    },
  };
}
