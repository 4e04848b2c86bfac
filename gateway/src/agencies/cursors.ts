import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { HubError } from '@hub/errors';

/** Cursors as agencies see them. The hub's own hold what a list is sorted by, which an agreement may not share. */
export interface Cursors {
  seal(cursor: string): string;
  /** @throws HubError BAD_USER_INPUT for one that wasn't sealed here */
  open(sealed: string, field: string): string;
}

const [ivBytes, tagBytes] = [12, 16];

/**
 * One cursor is always sealed as the same text, so that pages that are read twice are equal: its initialization vector is
 * made of it (as in RFC 5297).
 * @param secrets what all gateways of a hub know and nobody else: cursors are sealed with the first, and those that any of them sealed open
 */
export function agencyCursors([current, ...earlier]: readonly [string, ...string[]]): Cursors {
  const { key, ivKey } = keysOf(current);
  const openers = [key, ...earlier.map((secret) => keysOf(secret).key)];
  return {
    seal(cursor) {
      const iv = createHmac('sha256', ivKey).update(cursor).digest().subarray(0, ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const text = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed, field) {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const opener of openers)
        try {
          const decipher = createDecipheriv('aes-256-gcm', opener, bytes.subarray(0, ivBytes), {
            authTagLength: tagBytes,
          });
          decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
          return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
        } catch {
          // Perhaps another one's.
        }
      throw new HubError('BAD_USER_INPUT', { field });
    },
  };
}

function keysOf(secret: string): { readonly key: Buffer; readonly ivKey: Buffer } {
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `agency cursors, ${purpose}`, 32));
  return { key: derived('key'), ivKey: derived('vector') };
}
