import type { Actor } from '@hub/access';

/** A file that was received wholly and that the actor may see. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  /** IANA media type. */
  readonly mediaType: string;
  /** Its length. */
  readonly bytes: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly modified: Date;
}

/** Bytes of one chunk: what is held in memory of an upload at a time. */
export const chunkBytes = 512 * 1024;

/** Where the bytes of files lie. What the actor may not do, and a store that can't be reached, is a HubError. */
export interface FileStore {
  begin(actor: Actor, file: Pick<StoredFile, 'name' | 'mediaType'>): Promise<{ readonly id: string }>;
  /** @param position bytes of the file before this chunk; each chunk but the last has `chunkBytes` */
  append(actor: Actor, id: string, position: number, chunk: Buffer): Promise<void>;
  /** From here on others may see it. Refused where the store's own sum over what it holds is another. */
  finish(actor: Actor, id: string, file: Pick<StoredFile, 'sha256' | 'bytes'>): Promise<void>;
  /** Drops a file that was begun and not finished. */
  abandon(actor: Actor, id: string): Promise<void>;
  /** Null where there is none by this id that the actor may see. */
  describe(actor: Actor, id: string): Promise<StoredFile | null>;
  /** The bytes from `from` to `to`, both included. */
  read(actor: Actor, id: string, from: number, to: number): Promise<Buffer>;
}

/** Stores by the type of the record that a file is for, as `POST /files?for=…` names it; the first is meant unless one is named. */
export type FileStores = ReadonlyMap<string, FileStore>;

/**
 * The store that has a file which the actor may see: each is asked, since an id doesn't tell.
 * @throws HubError SUBGRAPH_UNAVAILABLE where none has it and one couldn't be asked
 */
export async function storeOf(
  stores: FileStores,
  actor: Actor,
  id: string,
): Promise<{ store: FileStore; file: StoredFile } | null> {
  const answers = await Promise.allSettled(
    [...new Set(stores.values())].map(async (store) => ({ store, file: await store.describe(actor, id) })),
  );
  for (const answer of answers)
    if (answer.status === 'fulfilled' && answer.value.file)
      return { store: answer.value.store, file: answer.value.file };
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  return null;
}
