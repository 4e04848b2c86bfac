import { Supergraph } from '@apollo/federation-internals';
import { printed } from './supergraph.ts';

/** The API of a supergraph as clients see it, without federation directives. Composition's own reading of one takes about a second. */
export const apiSchemaOf = (sdl: string): string => printed(Supergraph.build(sdl).apiSchema().toGraphQLJSSchema());
