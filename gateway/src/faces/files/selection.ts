import type { IncomingHttpHeaders } from 'node:http';
import type { StoredFile } from './store.ts';

/** What of a file answers a request: first and last byte, or nothing. */
export type Selection =
  | { readonly status: 200 | 206; readonly from: number; readonly to: number }
  | { readonly status: 304 }
  | { readonly status: 416 };

export const entityTag = ({ sha256 }: Pick<StoredFile, 'sha256'>): string => `"${sha256}"`;

/** What a GET or HEAD asks for, by its conditions and its range (RFC 9110, sections 13 and 14). */
export function select(method: string, headers: IncomingHttpHeaders, file: StoredFile): Selection {
  if (isKnown(headers, file)) return { status: 304 };
  const whole = { status: 200, from: 0, to: file.bytes - 1 } as const;
  if (method !== 'GET' || headers.range === undefined || !isSame(headers['if-range'], file)) return whole;
  // Another unit, several ranges or one that makes no sense may be passed over, and are.
  const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(headers.range) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return whole;
  if (first === '')
    return Number(last) === 0
      ? { status: 416 }
      : { status: 206, from: Math.max(0, file.bytes - Number(last)), to: file.bytes - 1 };
  if (last !== '' && Number(last) < Number(first)) return whole;
  if (Number(first) >= file.bytes) return { status: 416 };
  return {
    status: 206,
    from: Number(first),
    to: last === '' ? file.bytes - 1 : Math.min(Number(last), file.bytes - 1),
  };
}

function isKnown(headers: IncomingHttpHeaders, file: StoredFile): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined)
    return known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === entityTag(file));
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return wholeSeconds(file.modified) <= since;
}

/** Whether a part fits what the client already has; with a tag that must be the very same file. */
function isSame(ifRange: unknown, file: StoredFile): boolean {
  if (ifRange === undefined) return true;
  return ifRange === entityTag(file) || ifRange === file.modified.toUTCString();
}

// Dates of HTTP have no fractions of a second.
const wholeSeconds = (date: Date) => Math.floor(date.getTime() / 1000) * 1000;
