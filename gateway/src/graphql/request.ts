import { HubError, malformed, type Reason } from '@hub/errors';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** What a client sends to be run (GraphQL over HTTP). */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Record<string, unknown>;
}

/** Whether a method promises to change nothing. */
export const isSafe = ({ method }: Pick<FastifyRequest, 'method'>): boolean => method !== 'POST';

/** The one operation of a request. @throws HubError BAD_REQUEST with what is wrong */
export function graphqlRequestOf(request: FastifyRequest): GraphqlRequest {
  const given = isSafe(request) ? fromAddress(request.query) : request.body;
  if (Array.isArray(given)) throw malformed('SEVERAL_OPERATIONS');
  const { query, operationName, variables, extensions } = objectOf(given, 'NO_QUERY');
  const { persistedQuery } = objectOf(extensions, 'EXTENSIONS_NOT_AN_OBJECT');
  if (persistedQuery != null) throw new HubError('PERSISTED_QUERY_NOT_SUPPORTED');
  if (typeof query !== 'string' || query === '') throw malformed('NO_QUERY');
  if (operationName != null && typeof operationName !== 'string') throw malformed('OPERATION_NAME_NOT_A_TEXT');
  return {
    query,
    // Clients that name none leave it empty.
    ...(operationName && { operationName }),
    variables: objectOf(variables, 'VARIABLES_NOT_AN_OBJECT'),
  };
}

function objectOf(given: unknown, otherwise: Reason): Record<string, unknown> {
  if (given == null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) throw malformed(otherwise);
  return given as Record<string, unknown>;
}

/** The parameters of an address, where objects stand as JSON. */
function fromAddress(parameters: unknown): Record<string, unknown> {
  const { variables, extensions, ...texts } = objectOf(parameters, 'NO_QUERY');
  if ([variables, extensions, ...Object.values(texts)].some(Array.isArray)) throw malformed('PARAMETER_TWICE');
  return {
    ...texts,
    variables: parsed(variables, 'VARIABLES_NOT_AN_OBJECT'),
    extensions: parsed(extensions, 'EXTENSIONS_NOT_AN_OBJECT'),
  };
}

function parsed(text: unknown, otherwise: Reason): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(String(text));
  } catch {
    throw malformed(otherwise);
  }
}

/** Media types of an answer; where both are as good, the older one. */
const mediaTypes = ['application/json', 'application/graphql-response+json'] as const;

/** The media type that the client accepts, as it is sent; none where it accepts no answer of the graph. */
export function mediaTypeOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  // Answers are UTF-8 whatever was asked for: the parameter chooses nothing.
  const accept = headers.accept?.replace(/;\s*charset\s*=\s*"?utf-?8"?/gi, '');
  const type = new Negotiator({ headers: { accept } }).mediaType(mediaTypes);
  return type && `${type}; charset=utf-8`;
}

export const notAcceptable = () => new HubError('NOT_ACCEPTABLE', { accepted: mediaTypes });

/** Media types, and none at all, with which a page of any site may send a request without asking first. */
const sentByPages = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)?\s*(;|$)/i;

/** Whether a browser would send it for a page of another site without asking the hub first (CORS' simple requests). */
export function mayBeCrossSite({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const isAskedFirst = headers['apollo-require-preflight'] || headers['x-apollo-operation-name'];
  return !isAskedFirst && sentByPages.test(headers['content-type'] ?? '');
}
