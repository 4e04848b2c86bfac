import { HubError } from '@hub/errors';
import { sealing } from '../sealed.ts';
import { readAccessLogKeys } from './access-keys.ts';

/** Cursors as agencies see them. The hub's own hold what a list is sorted by, which an agreement may not share. */
export interface Cursors {
  seal(cursor: string): string;
  /** @throws HubError BAD_USER_INPUT for one that wasn't sealed here */
  open(sealed: string, field: string): string;
}

/** @param secrets as {@link sealing} takes them. Pages that are read twice are equal. */
export function agencyCursors(secrets: readonly [string, ...string[]]): Cursors {
  const { seal, open } = sealing(secrets, 'agency cursors', { alike: true });
  return {
    seal,
    open(sealed, field) {
      const cursor = open(sealed);
      if (cursor === undefined) throw new HubError('BAD_USER_INPUT', { field });
      return cursor;
    },
  };
}

/** What cursors are sealed with: of each key of the access log, and as earlier versions made them of the setting's text. */
export function cursorSecrets(privateKey: string): [string, ...string[]] {
  const { current, earlier } = readAccessLogKeys(privateKey);
  const keys = [current, ...earlier];
  return [
    String(current.d),
    ...keys.map((key) => String(key.d)),
    privateKey,
    ...keys.map((key) => JSON.stringify(key)),
  ];
}
