import { type ErrorCode, type ErrorDetails, errorKinds, isErrorCode, type Language, sentence } from '@hub/errors';
import type { GraphQLFormattedError } from 'graphql';

/** The reader's language: Chinese, or English where the client asks for it. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh';
}

/** Apollo's validation sentences name types and fields of the public schema, and may quote values: those are cut out. */
const withoutValues = (reason: string) =>
  reason.replace(/value ("(?:[^"\\]|\\.)*"|[^\s;,.]+)/g, 'value …').slice(0, 300);

/** An error as a client sees it: a known code, its sentence and details. Everything else is one code. */
export function formatError(error: GraphQLFormattedError, language: Language): GraphQLFormattedError {
  const { code: usual, validationErrorCode: special } = error.extensions ?? {};
  const given = isErrorCode(special) ? special : usual;
  const code: ErrorCode = isErrorCode(given) ? given : 'INTERNAL_SERVER_ERROR';
  const details: ErrorDetails = { ...(error.extensions?.['details'] as ErrorDetails | undefined) };
  const told: ErrorDetails =
    code === 'GRAPHQL_VALIDATION_FAILED'
      ? { reason: withoutValues(error.message) }
      : code === 'BAD_USER_INPUT' && !('field' in details)
        ? { field: variableNamed(error.message) }
        : details;
  return {
    message: sentence(code, language, told),
    ...(error.path && { path: error.path }),
    ...(error.locations && code === 'GRAPHQL_PARSE_FAILED' && { locations: error.locations }),
    extensions: { code, ...(code !== 'GRAPHQL_VALIDATION_FAILED' && told) },
  };
}

/** graphql-js begins its sentence about a bad variable with its name. */
function variableNamed(message: string): string {
  return /^Variable "(\$\w+)"/.exec(message)?.[1] ?? 'variables';
}

export function statusOf(code: unknown): number {
  return isErrorCode(code) ? errorKinds[code].status : 500;
}
