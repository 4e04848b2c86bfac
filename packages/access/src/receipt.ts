import { createHash, randomBytes } from 'node:crypto';

/** A code that can't be guessed (160 bits), given to whoever files something without signing in. */
export function createReceipt(): string {
  return randomBytes(20).toString('base64url');
}

/** What is kept of a receipt, so that who reads the table can't use it. */
export function receiptHash(receipt: string): string {
  return createHash('sha256').update(receipt).digest('base64url');
}
