import { setMaxListeners } from 'node:events';
import type { ApolloServer } from '@apollo/server';
import type { Authenticate } from '@hub/access';
import { HubError, malformed } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Agencies, isAgencyToken } from '../agencies/agencies.ts';
import { actorOf, bearerOf, challengeOf } from '../authenticate.ts';
import { languageOf } from '../error-format.ts';
import { LoopTurn, type LoopTurns } from '../fairness/loop-turns.ts';
import { addVary } from '../http/headers.ts';
import { codesTold } from '../http/request-log.ts';
import { whenClosed } from '../http/when-closed.ts';
import type { RequestContext } from '../request-context.ts';
import { AnswerSize } from './answer-size.ts';
import type { Documents } from './documents.ts';
import {
  type GraphqlRequest,
  graphqlRequestOf,
  isSafe,
  mayBeCrossSite,
  mediaTypeOf,
  notAcceptable,
} from './request.ts';
import { largeValues, type Room } from './room.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is run: the hub's own wording of it where an agency asks. */
    operation: GraphqlRequest | undefined;
    /** How many values its answer may come to. */
    values: number;
    /** Aborted when nobody waits for its answer any more. */
    abandoned: AbortSignal;
  }
}

/** How many values of an answer count for another read. */
const valuesOfRead = 3_000;

/** Answers operations over HTTP: limits first, then who is asking, then the graph. */
export function registerGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  given: {
    readonly authenticate: Authenticate;
    readonly agencies: Agencies;
    readonly documents: Documents;
    readonly turns: LoopTurns;
    readonly room: Room;
  },
): void {
  const { authenticate, agencies, documents, turns, room } = given;
  /** Who asks, and what is run of what they ask: of an agency's read, the hub's own wording of it. */
  const admit = async (request: FastifyRequest, asked: GraphqlRequest): Promise<GraphqlRequest> => {
    const token = bearerOf(request);
    if (token === undefined || !isAgencyToken(token)) {
      request.actor = await actorOf(request, authenticate);
      return asked;
    }
    request.agencyRead = await agencies.admit(token, {
      ...asked,
      operationName: asked.operationName,
      address: request.ip,
      requestId: request.id,
    });
    // Answers to agencies are logged as they are told, and so aren't to be had by a method that may be repeated.
    if (isSafe(request)) throw new HubError('METHOD_NOT_ALLOWED', { allowed: ['POST'] });
    request.actor = request.agencyRead.actor;
    return { ...asked, query: request.agencyRead.query, variables: request.agencyRead.variables(asked.variables) };
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<string | Buffer> => {
    const { operation, values, abandoned } = request;
    const holder = request.visitor?.holder ?? '';
    if (!operation) throw new HubError('INTERNAL_SERVER_ERROR');
    const turn = new LoopTurn(turns, holder, abandoned);
    const isNew = () => !documents.knows(operation.query);
    if (values > largeValues) await turn.beginLarge(request.id);
    else if (isNew()) await turn.beginHeavy(`document ${operation.query}`, isNew);
    else await turn.begin();
    try {
      // Until the last byte of its answer was taken it holds memory.
      const leave = await room.enter(values, holder);
      whenClosed(reply.raw, leave);
      return await run(request, reply, { operation, abandoned, turn });
    } finally {
      turn.end();
    }
  };
  const run = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { operation, ...own }: { operation: GraphqlRequest; abandoned: AbortSignal; turn: LoopTurn },
  ): Promise<string | Buffer> => {
    const contextValue: RequestContext = {
      requestId: request.id,
      actor: request.actor,
      language: languageOf(request.headers['accept-language']),
      isSafe: isSafe(request),
      ...own,
      incomplete: request.incomplete,
      agencyRead: request.agencyRead,
      answerSize: new AnswerSize(),
      charged: request.visitor && { visitor: request.visitor, cost: request.cost },
      statements: 0,
    };
    const { http, body } = await apollo.executeOperation(operation, { contextValue });
    if (body.kind !== 'single') throw new HubError('INTERNAL_SERVER_ERROR');
    const { errors, data, extensions } = body.singleResult;
    const status = http.status ?? 200;
    codesTold(request, errors);
    if (status >= 500) request.log.error({ status, error: errors?.[0]?.extensions?.['code'] }, 'request failed');
    if (status === 401) reply.header('www-authenticate', challengeOf(request));
    reply
      .status(status)
      .headers(Object.fromEntries(http.headers))
      .headers({ 'cache-control': 'no-store', 'content-type': request.refusalType });
    if (contextValue.text && status === 200 && !errors && !contextValue.agencyRead) return contextValue.text;
    // Errors first: whoever reads an answer from its beginning sees that there are some.
    return JSON.stringify({ errors, data, extensions });
  };
  const read = async (request: FastifyRequest): Promise<void> => {
    const sent = graphqlRequestOf(request);
    const { values, isNew, variables, name } = documents.admit(sent);
    if (request.told) request.told.operation = name;
    request.cost = 1 + Number(isNew) + Math.floor(values / valuesOfRead);
    request.incomplete = new Set();
    request.operation = await admit(request, { ...sent, variables });
    request.values = values;
    // Made for the line of the log alone, once it is answered.
    if (request.told) request.told.hash = () => documents.keyOf(sent.query, sent.operationName);
  };
  app.decorateRequest('operation');
  app.decorateRequest('values', 0);
  app.decorateRequest('abandoned');
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest: async (request, reply) => {
      addVary(reply, 'Accept');
      request.refusalType = mediaTypeOf(request);
      if (request.refusalType === undefined) throw notAcceptable();
      if (isSafe(request) && mayBeCrossSite(request)) throw malformed('CROSS_SITE');
    },
    preHandler: async (request, reply) => {
      request.abandoned = abandonedBy(reply);
      // A document is looked at in a turn, too: whoever sends many that are refused would have the loop to themselves.
      const turn = new LoopTurn(turns, request.visitor?.holder ?? '', request.abandoned);
      await turn.begin();
      try {
        await read(request);
      } finally {
        turn.end();
      }
    },
    handler: answer,
  });
}

/** Aborted when the client hangs up before it is answered. */
function abandonedBy({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // Each of an operation's fetches listens.
  setMaxListeners(0, controller.signal);
  whenClosed(raw, () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
