import { type ErrorCode, errorKinds } from '@hub/errors';
import type { OpenAPIV3_1 } from 'openapi-types';

export type Operation = OpenAPIV3_1.OperationObject;
type Security = OpenAPIV3_1.SecurityRequirementObject[];
type Responses = Record<string, OpenAPIV3_1.ResponseObject>;

/** Who may ask: whoever sends a token of the identity provider, or nobody in particular, and partner agencies. */
export const anybody: Security = [{}, { token: [] }];
export const signedIn: Security = [{ token: [] }];
export const agency: Security = [{ agencyToken: [] }];

/** What any address may answer. */
const anywhere: readonly ErrorCode[] = [
  'BAD_REQUEST',
  'HEADERS_TOO_LARGE',
  'INTERNAL_SERVER_ERROR',
  'STOPPING',
  'TOO_MANY_REQUESTS',
];

/** The answers that codes of errors come as. */
export function errors(...codes: ErrorCode[]): Responses {
  const responses: Responses = {};
  for (const code of new Set([...codes, ...anywhere])) {
    const { status, zh, en } = errorKinds[code];
    const told = `\`${code}\`: ${zh} ${en}`;
    const known = responses[status];
    responses[status] = {
      description: known ? `${known.description}\n\n${told}` : told,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Errors' } } },
      ...(status === 401 && { headers: { 'WWW-Authenticate': { $ref: '#/components/headers/WwwAuthenticate' } } }),
      ...(status === 429 && { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } }),
    };
  }
  return responses;
}

export const query = (
  name: string,
  description: string,
  schema: OpenAPIV3_1.ParameterObject['schema'] = { type: 'string' },
): OpenAPIV3_1.ParameterObject => ({ name, in: 'query', description, ...(schema && { schema }) });

export const inPath = (name: string, description: string): OpenAPIV3_1.ParameterObject => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
