import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { Authenticate } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Agencies, isAgencyToken } from '../agencies/agencies.ts';
import { actorOf, bearerOf } from '../authenticate.ts';
import { languageOf } from '../error-format.ts';
import type { RequestContext } from '../request-context.ts';
import { OperationLimits } from './limits.ts';

/** Answers operations over HTTP: limits first, then who is asking, then the graph. */
export function registerGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  { authenticate, agencies }: { readonly authenticate: Authenticate; readonly agencies: Agencies },
): void {
  const operations = new OperationLimits();
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => ({
      requestId: request.id,
      actor: request.actor,
      language: languageOf(request.headers['accept-language']),
      incomplete: request.incomplete,
      agencyRead: request.agencyRead,
      charged: request.visitor && { visitor: request.visitor, cost: request.cost },
      statements: 0,
    }),
  });
  /** Of an agency's read, what is run is the hub's own wording of it. */
  const admit = async (
    request: FastifyRequest,
    query: string,
    rest: { operationName?: unknown; variables?: unknown },
  ) => {
    const asked = {
      query,
      operationName: rest.operationName == null ? undefined : String(rest.operationName),
      variables: (rest.variables ?? {}) as Record<string, unknown>,
      address: request.ip,
      requestId: request.id,
    };
    const token = bearerOf(request);
    if (token === undefined || !isAgencyToken(token)) {
      request.actor = await actorOf(request, authenticate);
      return;
    }
    request.agencyRead = await agencies.admit(token, asked);
    // A document in an address can't be put another way.
    if (request.method !== 'POST') throw new HubError('BAD_REQUEST');
    request.actor = request.agencyRead.actor;
    const { query: own, variables } = request.agencyRead;
    Object.assign(request.body as object, { query: own, variables: variables(asked.variables) });
  };
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: async (request) => {
      const { query, operationName, variables } = operationOf(request);
      if (query !== undefined) operations.check(query, operationName, variables);
      request.incomplete = new Set();
      if (query === undefined) request.actor = await actorOf(request, authenticate);
      else await admit(request, query, { operationName, variables });
    },
    handler: handle,
    onResponse: async (request, reply) => {
      const facts = {
        actor: request.actor?.kind ?? 'UNKNOWN',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      };
      if (request.incomplete?.size)
        request.log.warn({ ...facts, incomplete: [...request.incomplete] }, 'answered in part');
      else request.log.info(facts, 'answered');
    },
  });
}

/** The operation of a request; a body that is no single one is refused. */
function operationOf(request: FastifyRequest): {
  query?: string | undefined;
  operationName?: unknown;
  variables?: unknown;
} {
  const source = request.method === 'GET' ? request.query : request.body;
  if (Array.isArray(source)) throw new HubError('BAD_REQUEST');
  const { query, operationName, variables } = (source ?? {}) as Record<
    'query' | 'operationName' | 'variables',
    unknown
  >;
  if (query !== undefined && typeof query !== 'string') throw new HubError('BAD_REQUEST');
  return { query, operationName, variables };
}
