import { HubError, type Reason } from '@hub/errors';
import { type ASTNode, GraphQLError } from 'graphql';

/**
 * What one operation may ask for. Whatever is too large is refused before it is validated, planned or run, since each of
 * these holds up everybody else while it lasts.
 */
export const limits = {
  /** Bytes of a request's body. */
  bodyBytes: 256 * 1024,
  /** Bytes of a document. */
  documentBytes: 64 * 1024,
  /** Lexical tokens of a document. */
  tokens: 4_000,
  /** How deep a document's parts may lie in one another, whatever they are. */
  nesting: 100,
  /** How deep selections may lie in one another. */
  depth: 20,
  aliases: 30,
  /** Fields of an operation, or of a fragment, once the fragments in it are put in place. */
  fields: 500,
  /** The same of all operations and fragments of a document together. */
  documentFields: 2_000,
  /** Pairs of fields that would be answered under one name: validation compares each pair. */
  overlaps: 5_000,
  /** Types, or the whole schema, that one operation may introspect. */
  introspections: 10,
  /** Values of a request's variables, those within others included. */
  variables: 10_000,
  /** Records that the lists of an operation may come to, as far as its pages and the schema tell. */
  records: 20_000,
  /** Values that an answer may come to, likewise. */
  values: 30_000,
  /** Fetches from subgraphs that a plan may make. */
  fetches: 60,
  /** Bytes of an answer. */
  answerBytes: 8 * 1024 * 1024,
} as const;

/** Refuses what passes a limit, and says which. */
export function tooLarge(limit: keyof typeof limits): never {
  throw new HubError('OPERATION_TOO_LARGE', { limit, maximum: limits[limit] });
}

/** What is to be written otherwise, and where it stands. */
export function unfit(reason: Reason, node: ASTNode): GraphQLError {
  return new GraphQLError('', {
    nodes: [node],
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', details: { reason } },
  });
}
