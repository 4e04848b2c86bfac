import { readFileSync } from 'node:fs';

const folder = new URL('../../gateway/operations/', import.meta.url);

/** An operation that front ends send, as it stands. */
export const operation = (name: string): string => readFileSync(new URL(`${name}.graphql`, folder), 'utf8');
