import { readFileSync } from 'node:fs';

export { wholeTime } from './feed.ts';
export { assertReferences, refersToOf } from './named.ts';
export { assertActorInOffice, assertInOffice, officeCallable, officeFunctions } from './office.ts';
export { referableResolvers, referringResolvers } from './resolvers.ts';
export { referableCallable, referableFunctions, referenceTables } from './tables.ts';

const sdl = (name: string) => readFileSync(new URL(`../${name}.graphql`, import.meta.url), 'utf8');

/** The SDL of a subgraph whose records others may refer to, and of one whose records refer to others’. */
export const referableTypeDefs = sdl('referable');
export const referringTypeDefs = sdl('referring');
