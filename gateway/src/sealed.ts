import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Texts that leave the hub and come back, and that nobody else reads or makes. */
export interface Sealing {
  seal(text: string): string;
  /** Undefined for what wasn't sealed here. */
  open(sealed: string): string | undefined;
}

const [ivBytes, tagBytes] = [12, 16];

/**
 * @param secrets what all gateways of a hub know and nobody else: it is sealed with the first, and what any of them sealed opens
 * @param purpose what is sealed for another doesn't open
 * @param alike whether one text is always sealed alike: the initialization vector is made of it then (as in RFC 5297)
 */
export function sealing(
  [current, ...earlier]: readonly [string, ...string[]],
  purpose: string,
  { alike }: { readonly alike: boolean },
): Sealing {
  const { key, ivKey } = keysOf(current, purpose);
  const openers = [key, ...earlier.map((secret) => keysOf(secret, purpose).key)];
  return {
    seal(text) {
      const iv = alike ? createHmac('sha256', ivKey).update(text).digest().subarray(0, ivBytes) : randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
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
      return undefined;
    },
  };
}

function keysOf(secret: string, purpose: string): { readonly key: Buffer; readonly ivKey: Buffer } {
  const derived = (of: string) => Buffer.from(hkdfSync('sha256', secret, '', `${purpose}, ${of}`, 32));
  return { key: derived('key'), ivKey: derived('vector') };
}
