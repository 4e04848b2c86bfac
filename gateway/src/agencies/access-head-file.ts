import { readFile, rename } from 'node:fs/promises';
import { writeKept } from '@hub/config';
import { payloadOf } from './access-keys.ts';

/** The end of the chain that this gateway wrote last, kept beside the database: whoever can cut off its end can't cut off this one. */
export interface KeptHead {
  /** Missing in those of earlier versions. */
  readonly chain?: string;
  readonly number: number;
  readonly hash: string;
  /** The latest end that was kept signed in the database. */
  readonly kept?: number | null;
  readonly at: string;
}

export interface HeadFile {
  read(): Promise<KeptHead | undefined>;
  /** Writes it whole, one after the other. */
  write(signed: string): Promise<void>;
  /** Keeps what it says under another name, where `audit:verify` finds it too. @returns the name */
  setAside(): Promise<string>;
}

/** @param path none where nothing is kept */
export function openHeadFile(path: string | undefined): HeadFile {
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      if (path === undefined) return undefined;
      try {
        return payloadOf<KeptHead>(await readFile(path, 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        // Cut short by the machine's end: it is the end of no chain, and what can't be read hinders nobody from writing on.
        if (error instanceof SyntaxError) return { number: 0, hash: '', at: '' };
        throw error;
      }
    },
    write(signed) {
      if (path === undefined) return Promise.resolve();
      const written = writing.then(() => writeKept(path, signed));
      writing = written.catch(() => undefined);
      return written;
    },
    async setAside() {
      const aside = (path ?? '').replace(/(\.jws)?$/, `-${new Date().toISOString().replace(/\W/g, '')}.jws`);
      await rename(path ?? '', aside);
      return aside;
    },
  };
}
