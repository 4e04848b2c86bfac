import type { GraphQLSchema } from 'graphql';
import { Documents } from '../../gateway/src/graphql/documents.ts';

/**
 * Cuts what a question asks for into as few pieces as the hub takes each by itself.
 * @param asking a question of some of the parts
 */
export function inFittingPieces<Part>(
  parts: readonly Part[],
  asking: (parts: readonly Part[]) => string,
  schema: GraphQLSchema,
): readonly (readonly Part[])[] {
  const documents = new Documents(() => schema, new Set());
  const fits = (some: readonly Part[]) => {
    try {
      documents.admit({ query: asking(some), variables: {} });
      return true;
    } catch {
      return false;
    }
  };
  const pieces: Part[][] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (last && fits([...last, part])) last.push(part);
    else pieces.push([part]);
  }
  return pieces;
}
