import { setMaxListeners } from 'node:events';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { Authenticate } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Agencies, isAgencyToken } from '../agencies/agencies.ts';
import { actorOf, bearerOf } from '../authenticate.ts';
import { languageOf } from '../error-format.ts';
import type { RequestContext } from '../request-context.ts';
import { AnswerSize } from './answer-size.ts';
import type { AskedOperation, Documents } from './documents.ts';
import { Room } from './room.ts';

/** Answers operations over HTTP: limits first, then who is asking, then the graph. */
export function registerGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  given: { readonly authenticate: Authenticate; readonly agencies: Agencies; readonly documents: Documents },
): void {
  const { authenticate, agencies, documents } = given;
  const room = new Room();
  const handle = fastifyApolloHandler(apollo, {
    context: async (request, reply) => ({
      requestId: request.id,
      actor: request.actor,
      abandoned: abandonedBy(reply),
      language: languageOf(request.headers['accept-language']),
      incomplete: request.incomplete,
      agencyRead: request.agencyRead,
      answerSize: new AnswerSize(),
      statements: 0,
    }),
  });
  /** Of an agency's read, what is run is the hub's own wording of it. */
  const admit = async (request: FastifyRequest, operation: AskedOperation) => {
    const asked = { ...operation, address: request.ip, requestId: request.id };
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
    preHandler: async (request, reply) => {
      const asked = operationOf(request);
      const size = asked && documents.admit(asked);
      request.incomplete = new Set();
      if (!asked) request.actor = await actorOf(request, authenticate);
      else await admit(request, asked);
      // Until the last byte of its answer was taken it holds memory.
      const leave = await room.enter(size?.values ?? 0);
      if (reply.raw.destroyed) leave();
      else reply.raw.once('close', leave);
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

/** Aborted when the client hangs up before it is answered. */
function abandonedBy({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // Each of an operation's fetches listens.
  setMaxListeners(0, controller.signal);
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** The operation of a request, where there is one; a body that is no single one is refused. */
function operationOf(request: FastifyRequest): AskedOperation | undefined {
  const source = request.method === 'GET' ? request.query : request.body;
  if (Array.isArray(source)) throw new HubError('BAD_REQUEST');
  const { query, operationName, variables } = (source ?? {}) as Record<keyof AskedOperation, unknown>;
  if (query === undefined) return undefined;
  if (typeof query !== 'string') throw new HubError('BAD_REQUEST');
  if (operationName != null && typeof operationName !== 'string') throw new HubError('BAD_REQUEST');
  return { query, operationName: operationName || undefined, variables: variablesOf(variables) };
}

/** Variables as an object; in an address they are its JSON. */
function variablesOf(given: unknown): Readonly<Record<string, unknown>> {
  let variables = given ?? {};
  try {
    if (typeof given === 'string') variables = JSON.parse(given) ?? {};
  } catch {
    throw new HubError('BAD_REQUEST');
  }
  if (typeof variables !== 'object' || Array.isArray(variables)) throw new HubError('BAD_REQUEST');
  return variables as Readonly<Record<string, unknown>>;
}
