import { HubError } from '@hub/errors';
import type { Place } from '../../followers/change-source.ts';

/** Up to where each source was told of. */
export type Places = ReadonlyMap<string, Place>;

const version = 1;
const longest = 4_096;

export function writeCursor(places: Places): string {
  return Buffer.from(JSON.stringify([version, Object.fromEntries(places)])).toString('base64url');
}

/**
 * Reads a cursor for these sources. One that it doesn't know of is read from its beginning, since all of it came later; one
 * that isn't there any more is left out.
 */
export function readCursor(cursor: string, sources: Iterable<string>, field: string): Map<string, Place> {
  const places = cursor.length <= longest ? placesOf(cursor) : undefined;
  if (!places) throw new HubError('BAD_USER_INPUT', { field });
  return new Map([...sources].map((name) => [name, places.get(name) ?? 0]));
}

function placesOf(cursor: string): Places | undefined {
  try {
    const [of, places] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, Record<string, unknown>];
    const entries = Object.entries(places);
    if (of !== version || !entries.every((entry): entry is [string, Place] => isPlace(entry[1]))) return undefined;
    const read = new Map(entries);
    // Written as it would be written: nothing in it is passed over.
    return writeCursor(read) === cursor ? read : undefined;
  } catch {
    return undefined;
  }
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'string' ? /^@\d{1,15}$/.test(value) : Number.isSafeInteger(value) && (value as number) >= 0;
}
