import { HubError } from '@hub/errors';
import { sealing } from '../sealed.ts';
import type { Place } from './change-source.ts';

/** Up to where each source was told of. */
export type Places = ReadonlyMap<string, Place>;

/**
 * Places as clients keep them. They are sealed: who could read them would count what is changed that they may not see. And each is
 * sealed otherwise, so that two tell nothing of whether anything happened between them.
 */
export interface ChangeCursors {
  write(places: Places): string;
  /**
   * Reads a cursor for these sources. One that it doesn't know of is read from its beginning, since all of it came later; one
   * that isn't there any more is left out.
   * @throws HubError BAD_USER_INPUT for what was never written
   */
  read(
    cursor: string,
    sources: Iterable<string>,
    field: string,
  ): { readonly places: Map<string, Place>; readonly writtenAt: number };
  /** The same of what the hub itself kept, which earlier versions didn't seal. */
  readKept(cursor: string, sources: Iterable<string>): Map<string, Place>;
}

const longest = 4_096;

/** @param secrets as {@link sealing} takes them */
export function changeCursors(secrets: readonly [string, ...string[]]): ChangeCursors {
  const { seal, open } = sealing(secrets, 'cursors of changes', { alike: false });
  const of = (written: Written | undefined, sources: Iterable<string>, field: string) => {
    if (!written) throw new HubError('BAD_USER_INPUT', { field });
    return {
      places: new Map([...sources].map((name) => [name, written.places.get(name) ?? 0] as const)),
      writtenAt: written.writtenAt,
    };
  };
  const opened = (cursor: string) => {
    const text = cursor.length <= longest ? open(cursor) : undefined;
    return text === undefined ? undefined : written(text);
  };
  return {
    write: (places) => seal(JSON.stringify([Object.fromEntries(places), Date.now()])),
    read: (cursor, sources, field) => of(opened(cursor), sources, field),
    readKept: (cursor, sources) => of(opened(cursor) ?? unsealed(cursor), sources, 'cursor').places,
  };
}

interface Written {
  readonly places: Places;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

function written(text: string): Written | undefined {
  try {
    const [said, writtenAt = 0] = JSON.parse(text) as [Record<string, unknown>, number?];
    const entries = Object.entries(said);
    if (!entries.every((entry): entry is [string, Place] => isPlace(entry[1]))) return undefined;
    return { places: new Map(entries), writtenAt };
  } catch {
    return undefined;
  }
}

/** As it was written before: `[1,{…}]` for all to read. */
function unsealed(cursor: string): Written | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  return text.startsWith('[1,') ? written(`[${text.slice('[1,'.length)}`) : undefined;
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'string' ? /^@\d{1,15}$/.test(value) : Number.isSafeInteger(value) && (value as number) >= 0;
}
