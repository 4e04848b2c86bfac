import { createHash } from 'node:crypto';

/** A strong tag: the same for the same bytes. */
export const entityTagOf = (bytes: Buffer): string => `"${createHash('sha256').update(bytes).digest('base64url')}"`;

/** Whether a client has what bears the tag, by its If-None-Match. */
export const isKnown = (known: string | undefined, tag: string): boolean =>
  known !== undefined &&
  (known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag));
