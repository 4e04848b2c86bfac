import {
  type ErrorCode,
  type ErrorDetails,
  errorKinds,
  isErrorCode,
  isReason,
  type Language,
  sentence,
} from '@hub/errors';
import type { GraphQLFormattedError } from 'graphql';
import Negotiator from 'negotiator';

/** The reader's language: the one of both that the client prefers, and Chinese where it asks for neither. */
export function languageOf(acceptLanguage: string | undefined): Language {
  // RFC 9110 §12.5.4: ranges with weights; of `*`, and without the header, Chinese is first.
  return new Negotiator({ headers: { 'accept-language': acceptLanguage } }).language(['zh', 'en']) === 'en'
    ? 'en'
    : 'zh';
}

/** How long a sentence about a document, and a suggestion in it, may be. */
const longest = 300;

/**
 * Sentences of graphql-js name types, fields and enum values of the public schema, and quote what was given: that is cut out.
 * Suggestions come last and are the schema's own names.
 */
export function withoutValues(reason: string): string {
  // A client's text may stand in it at any length.
  const text = reason.length > 4_000 ? `${reason.slice(0, 2_000)}…${reason.slice(-2_000)}` : reason;
  const at = text.lastIndexOf(' Did you mean ');
  const isSuggested = at >= 0 && text.indexOf('?', at) === text.length - 1;
  const suggestion = isSuggested ? text.slice(at) : '';
  const cut = (isSuggested ? text.slice(0, at) : text)
    .replace(/^Value "(?:[^"\\]|\\.)*" does not exist/s, 'Value … does not exist')
    .replace(/( found |\bvalue: ).+/s, '$1….');
  return cut.slice(0, longest) + suggestion.slice(0, longest);
}

/** What graphql-js says of a document that can't be run is the client's to mend, whatever it is called. */
const asCode = (code: unknown): ErrorCode =>
  code === 'INVALID_GRAPHQL' ? 'GRAPHQL_VALIDATION_FAILED' : isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR';

/** Errors that tell where in the document they are; of others it is a place in what the hub asked a subgraph. */
const located: ReadonlySet<ErrorCode> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** An error as a client sees it: a known code, its sentence and details. Everything else is one code. */
export function formatError(
  error: GraphQLFormattedError,
  language: Language,
  /** Told where it is the hub's fault or part of an answer is lost, so that whoever runs it finds the request in the log. */
  requestId?: string,
): GraphQLFormattedError {
  const { code: usual, validationErrorCode: special } = error.extensions ?? {};
  const code = asCode(isErrorCode(special) ? special : usual);
  const { reason, ...details }: ErrorDetails = { ...(error.extensions?.['details'] as ErrorDetails | undefined) };
  const told = code === 'BAD_USER_INPUT' && !('field' in details) ? { field: variableNamed(error.message) } : details;
  const { locations } = error;
  const isLoss = statusOf(code) >= 500 || (code === 'NOT_FOUND' && error.path !== undefined);
  return {
    message: sentence(code, language, {
      ...told,
      ...(isReason(reason)
        ? { reason }
        : code === 'GRAPHQL_VALIDATION_FAILED' && { reason: withoutValues(error.message) }),
    }),
    ...(error.path && { path: error.path }),
    ...(locations && locations.length > 0 && located.has(code) && { locations }),
    extensions: { code, ...told, ...(requestId !== undefined && isLoss && { requestId }) },
  };
}

/** graphql-js begins its sentence about a bad variable with its name. */
export function variableNamed(message: string): string {
  return /^Variable "(\$\w+)"/.exec(message)?.[1] ?? 'variables';
}

export function statusOf(code: unknown): number {
  return isErrorCode(code) ? errorKinds[code].status : 500;
}

/** Errors of a document of which nothing ran; graphql-js lists a hundred, and each is worked for. */
const mostErrors = 5;

/** In how many seconds what is too busy now may be asked again. */
const busySeconds = 2;

/** What answers a request of which nothing ran. */
export function refusalOf(
  errors: readonly GraphQLFormattedError[],
  { language, requestId }: { readonly language: Language; readonly requestId: string },
): {
  readonly status: number;
  readonly errors: readonly GraphQLFormattedError[];
  /** As of HTTP; of those who ask too much somebody else knows when they may again. */
  readonly retryAfter: number | null;
} {
  const shown = errors.slice(0, mostErrors).map((error) => formatError(error, language, requestId));
  const code = shown[0]?.extensions?.['code'];
  const status = statusOf(code);
  return {
    status,
    retryAfter: code === 'TOO_BUSY' || code === 'STOPPING' ? busySeconds : null,
    errors: status < 500 ? shown : shown.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } })),
  };
}
