import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { CalendarEvent } from './event.ts';

// A folded line begins with a space, which ical.js doesn't count: with it none has more than RFC 5545's 75 octets.
ICAL.foldLength = 74;

/** What the hub's records are named within: it never changes, whatever address the hub has. */
const hubName = 'cppcc-hub';
/** How often a calendar had better look again. */
const refresh = ICAL.Duration.fromString('PT1H');

const china = 'Asia/Shanghai';
const [block = ''] = tzlib_get_ical_block(china);
const zoneComponent = ICAL.Component.fromString(block);
const zone = new ICAL.Timezone({ component: zoneComponent, tzid: china });

/**
 * A calendar as a file (RFC 5545) that is the same for the same events. It is there to be read: no METHOD asks anything of
 * anybody, and there are no ATTENDEEs, which are only for what is answered (RFC 5545 §3.8.4.1, RFC 5546 §3.2.1).
 */
export function writeCalendar(name: string, events: readonly CalendarEvent[], publicUrl: string): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//CPPCC hub//calendars//ZH');
  // ical.js doesn't know what is in these, and writes it as it is.
  const escaped = inLine(name).replace(/[\\;,]/g, '\\$&');
  for (const property of ['name', 'x-wr-calname']) calendar.addPropertyWithValue(property, escaped);
  calendar.addPropertyWithValue('x-wr-timezone', china);
  add(calendar, 'refresh-interval', refresh, {}, 'duration');
  calendar.addPropertyWithValue('x-published-ttl', refresh.toString());
  calendar.addSubcomponent(ICAL.Component.fromString(zoneComponent.toString()));
  for (const event of events) calendar.addSubcomponent(eventComponent(event, publicUrl));
  return `${calendar.toString()}\r\n`;
}

function eventComponent(event: CalendarEvent, publicUrl: string): ICAL.Component {
  const component = new ICAL.Component('vevent');
  const set = (name: string, value: unknown) => component.addPropertyWithValue(name, value as never);
  set('uid', `${event.id}@${hubName}`);
  set('sequence', event.sequence);
  set('dtstamp', utc(event.modified));
  set('created', utc(event.created));
  set('last-modified', utc(event.modified));
  if ('from' in event.when) {
    set('dtstart', ICAL.Time.fromDateString(event.when.from));
    // The day after the last.
    const end = ICAL.Time.fromDateString(event.when.until);
    end.adjust(1, 0, 0, 0);
    set('dtend', end);
  } else {
    add(component, 'dtstart', utc(event.when.starts).convertToZone(zone), { tzid: china });
    add(component, 'dtend', utc(event.when.ends).convertToZone(zone), { tzid: china });
  }
  set('status', event.status);
  set('transp', event.busy && event.status !== 'CANCELLED' ? 'OPAQUE' : 'TRANSPARENT');
  set('summary', withoutControls(event.title));
  if (event.place) set('location', withoutControls(event.place));
  const description = descriptionOf(event);
  if (description) set('description', description);
  if (event.categories.length > 0)
    component.addProperty(listProperty('categories', event.categories.map(withoutControls)));
  add(component, 'url', `${publicUrl}${event.path}`, {}, 'uri');
  // Committees have no mail: their address is where the hub shows them.
  if (event.organizer)
    add(component, 'organizer', `${publicUrl}/committees/${event.organizer.code}`, {
      cn: inLine(event.organizer.name),
    });
  return component;
}

/** What it is about and who takes part, a line each. */
function descriptionOf({ topics, participants }: CalendarEvent): string {
  const people = participants.map(({ name, answer, required }) => {
    const said = [answer, required ? null : '非必须'].filter((one) => one !== null).join('，');
    return inLine(said ? `${name}（${said}）` : name);
  });
  return [
    topics.length > 0 ? `议题：${topics.map(inLine).join('；')}` : [],
    people.length > 0 ? `参加：${people.join('；')}` : [],
  ]
    .flat()
    .join('\n');
}

function add(
  to: ICAL.Component,
  name: string,
  value: ICAL.Time | ICAL.Duration | string,
  parameters: Readonly<Record<string, string>>,
  type?: string,
): void {
  const property = new ICAL.Property(name);
  if (type !== undefined) property.resetType(type);
  property.setValue(value);
  for (const [parameter, given] of Object.entries(parameters)) property.setParameter(parameter, given);
  to.addProperty(property);
}

function listProperty(name: string, values: readonly string[]): ICAL.Property {
  const property = new ICAL.Property(name);
  property.setValues([...values]);
  return property;
}

const utc = (instant: string): ICAL.Time => ICAL.Time.fromJSDate(new Date(instant), true);

/** Control characters and what is no character have no place in a calendar; what ends a line is written as \n. */
const withoutControls = (text: string) =>
  text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, ' ');
const inLine = (text: string) => withoutControls(text).replaceAll('\n', ' ');
