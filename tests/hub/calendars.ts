/** Calendars as a client of the hub reads them: with parsers that know nothing of how they were written. */
import ical, { type Attendee, type VEvent } from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';
import type { Hub } from './hub.ts';

export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  /** Days alone. */
  readonly wholeDays: boolean;
  readonly busy: boolean;
  readonly place: string | undefined;
  readonly categories: readonly string[];
  readonly url: string;
  readonly organizer: string | undefined;
  readonly description: string | undefined;
}

export interface ReadCalendar {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly name: string;
  readonly events: readonly ReadEvent[];
  /** Of both parsers, in the order of the file. */
  readonly titled: (title: string) => ReadEvent | undefined;
}

const plain = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'val' in value ? String(value.val) : String(value ?? '');
const parameter = (attendee: Attendee, name: string): string =>
  String((attendee as { params?: Record<string, unknown> }).params?.[name] ?? '');

function read(event: VEvent): ReadEvent {
  return {
    uid: event.uid,
    sequence: Number(event.sequence),
    status: String(event.status),
    title: plain(event.summary),
    starts: event.start.toISOString(),
    ends: (event.end ?? event.start).toISOString(),
    wholeDays: event.datetype === 'date',
    busy: event.transparency === 'OPAQUE',
    place: event.location === undefined ? undefined : plain(event.location),
    categories: event.categories ?? [],
    url: plain(event.url),
    organizer: event.organizer && parameter(event.organizer as Attendee, 'CN'),
    description: event.description === undefined ? undefined : plain(event.description),
  };
}

/** A calendar's text as one parser has it. */
export function parse(text: string): readonly ReadEvent[] {
  return Object.values(ical.sync.parseICS(text)).flatMap((one) =>
    one?.type === 'VEVENT' ? [read(one as VEvent)] : [],
  );
}

/** The same text as another parser has it. */
export const parseAgain = (text: string) => convertIcsCalendar(undefined, text);

/** Fetches an address and reads what comes. */
export async function subscribe(
  hub: Pick<Hub, 'url'>,
  address: string,
  headers: Record<string, string> = {},
): Promise<ReadCalendar> {
  const response = await fetch(`${hub.url}${address}`, { headers });
  const text = await response.text();
  const isCalendar = response.headers.get('content-type') === 'text/calendar; charset=utf-8';
  const events = isCalendar ? parse(text) : [];
  const whole = isCalendar ? parseAgain(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    text,
    name: whole?.name ?? '',
    events,
    titled: (title) => events.find((event) => event.title === title),
  };
}
