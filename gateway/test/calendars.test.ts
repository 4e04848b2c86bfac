import { expect, test } from 'vitest';
import { parse, parseAgain } from '../../tests/hub/calendars.ts';
import type { CalendarEvent } from '../src/faces/calendars/event.ts';
import { writeCalendar } from '../src/faces/calendars/icalendar.ts';
import { labelsOf } from '../src/faces/calendars/labels.ts';
import { liesIn, stretchesOf, windowAt } from '../src/faces/calendars/window.ts';

const usual: CalendarEvent = {
  id: '11111111-1111-4111-8111-111111111111',
  sequence: 3,
  status: 'CONFIRMED',
  when: { starts: '2026-11-26T01:00:00.000Z', ends: '2026-11-26T03:30:00.000Z' },
  title: '专题协商会',
  place: null,
  topics: [],
  categories: ['专题协商'],
  busy: true,
  path: '/consultations/1',
  organizer: null,
  participants: [],
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-02-01T00:00:00.000Z',
};
const written = (events: readonly Partial<CalendarEvent>[], name = '余杭区政协日历') =>
  writeCalendar(
    name,
    events.map((event) => ({ ...usual, ...event })),
    'https://hub.example.cn',
  );

test('lines are folded after at most 75 octets and never within a character', () => {
  for (let length = 1; length <= 80; length += 1) {
    const title = `${'a'.repeat(length)}${'协商😀'.repeat(40)}`;
    const text = written([{ title, place: title, topics: [title], categories: [title] }], title);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(Buffer.from(text).toString()).toBe(text);
    expect(parse(text)[0]).toMatchObject({ title, place: title, categories: [title] });
  }
});

test('nothing that people write can end a line or begin a property', () => {
  const title = '甲;乙,丙\\丁："引号"\nATTENDEE:mailto:a@b\r\nEND:VEVENT\u0000\u001b\u2028';
  const text = written(
    [
      {
        title,
        place: title,
        organizer: { code: '330110', name: title },
        participants: [{ code: '330110', name: title, answer: title, required: false }],
      },
    ],
    title,
  );
  const unfolded = text.replaceAll('\r\n ', '');
  expect(unfolded.match(/^END:VEVENT/gm)).toHaveLength(1);
  expect(unfolded).not.toMatch(/^ATTENDEE/m);
  expect(unfolded).not.toMatch(/mailto:a@b$/m);
  expect(unfolded.replaceAll('\r\n', '')).not.toMatch(/[^\P{Cc}]/u);
  expect(parse(text)[0]?.title).toBe('甲;乙,丙\\丁："引号"\nATTENDEE:mailto:a@b\nEND:VEVENT  \n');
});

test('times carry their zone, and both parsers find the same instants', () => {
  const text = written([{}]);
  expect(text).toContain('DTSTART;TZID=Asia/Shanghai:20261126T090000\r\n');
  expect(text).toContain('DTEND;TZID=Asia/Shanghai:20261126T113000\r\n');
  expect(text.match(/BEGIN:VTIMEZONE\r\nTZID:Asia\/Shanghai\r\n/g)).toHaveLength(1);
  expect(text).toContain('TZOFFSETTO:+0800');
  expect(text).toContain('DTSTAMP:20260201T000000Z\r\n');
  expect(parse(text)[0]).toMatchObject({ starts: '2026-11-26T01:00:00.000Z', ends: '2026-11-26T03:30:00.000Z' });
  const [again] = parseAgain(text).events ?? [];
  expect(again?.start.date.toISOString()).toBe('2026-11-26T01:00:00.000Z');
});

test('whole days end on the day after the last, across a month and a year', () => {
  const text = written([{ when: { from: '2026-12-30', until: '2026-12-31' } }]);
  expect(text).toContain('DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270101\r\n');
  expect(parse(text)[0]?.wholeDays).toBe(true);
});

test('who organizes has an address of the hub and not of a mailbox, and who takes part is told and asked nothing', () => {
  const text = written([
    {
      organizer: { code: '310117', name: '松江区政协' },
      topics: ['眼科;医联体,\n一', '二'],
      participants: [
        { code: '310117', name: '松江区政协', answer: '同意', required: true },
        { code: '361100', name: '上饶市政协', answer: '待答复', required: false },
        { code: '330100', name: '杭州市政协', answer: null, required: true },
      ],
    },
  ]).replaceAll('\r\n ', '');
  expect(text).toContain('ORGANIZER;CN=松江区政协:https://hub.example.cn/committees/310117\r\n');
  const description = '议题：眼科;医联体, 一；二\n参加：松江区政协（同意）；上饶市政协（待答复，非必须）；杭州市政协';
  expect(parse(text)[0]?.description).toBe(description);
  expect(parseAgain(text).events?.[0]?.description).toBe(description);
  expect(text).not.toMatch(/mailto|ATTENDEE|METHOD/i);
});

test('each event has what RFC 5545 wants once, and both parsers read every text as it was but for what no text may hold', () => {
  const nasty = '半\ud800 \ufffe\uffff\u{1fffe}\u0007\u007f\t\u0085末';
  const texts = ['a,b;c\\n\\,d', 'VEVENT', '\\', '"q"', ' 前后 ', '^n^^', '😀'.repeat(40), 'a\r\nb\u2028c'];
  const text = written(
    [...texts, nasty].map((title, at) => ({
      id: String(at),
      title,
      place: title,
      topics: [title],
      categories: [title, 'x,y'],
    })),
    texts.join(),
  );
  const events = text
    .replaceAll('\r\n ', '')
    .split(/^BEGIN:VEVENT\r\n/m)
    .slice(1);
  expect(events).toHaveLength(texts.length + 1);
  for (const event of events)
    for (const name of [
      'UID',
      'DTSTAMP',
      'SEQUENCE',
      'DTSTART',
      'DTEND',
      'STATUS',
      'TRANSP',
      'SUMMARY',
      'CREATED',
      'URL',
    ])
      expect(event.match(new RegExp(`^${name}[;:]`, 'gm')), name).toHaveLength(1);
  expect(Buffer.from(text).toString()).toBe(text);
  const expected = [...texts.map((title) => title.replace(/\r\n|\u2028/g, '\n')), '半        \n末'];
  const again = parseAgain(text).events ?? [];
  expect(again.map(({ summary }) => summary)).toEqual(expected);
  expect(again.map(({ location }) => location)).toEqual(expected);
  // One of them takes quotes around a text away, and `\\\\n` for the end of a line.
  const loosely = (one: string) => one.replace(/^"(.*)"$/, '$1').replace('\\n', '\\\n');
  expect(parse(text).map(({ title }) => title)).toEqual(expected.map(loosely));
  expect(text).toContain('CATEGORIES:VEVENT,x\\,y\r\n');
});

test('the same events are the same file, byte by byte', () => {
  expect(written([{}, { id: '2', busy: false }])).toBe(written([{}, { id: '2', busy: false }]));
});

test('kinds have the names that the graph gives them, and their code where it gives none', () => {
  const labels = labelsOf(
    () => 'type Query { a: A } enum A { "专题协商: on a topic, 请你来协商 among them" TOPICAL OTHER }',
  );
  expect([labels('A', 'TOPICAL'), labels('A', 'OTHER'), labels('B', 'X')]).toEqual(['专题协商', 'OTHER', 'X']);
});

test('a feed shows 90 days back and 400 ahead by the days of Asia/Shanghai, in stretches that the graph takes', () => {
  // Seven in the morning of the next day there.
  const window = windowAt(new Date('2026-11-26T23:00:00Z'));
  expect(window).toEqual({ from: '2026-08-29', until: '2028-01-01' });
  const stretches = stretchesOf(window);
  expect(stretches.at(0)?.from).toBe(window.from);
  expect(stretches.at(-1)?.until).toBe(window.until);
  for (const [at, { from, until }] of stretches.entries()) {
    expect((Date.parse(until) - Date.parse(from)) / 86_400_000).toBeLessThanOrEqual(400);
    const before = stretches[at - 1];
    if (before) expect((Date.parse(from) - Date.parse(before.until)) / 86_400_000).toBe(1);
  }
  const lies = (starts: string, ends: string) => liesIn(window, { starts, ends });
  // What ends at midnight is over on the day before.
  expect(lies('2026-08-28T01:00:00Z', '2026-08-28T16:00:00Z')).toBe(false);
  expect(lies('2026-08-28T01:00:00Z', '2026-08-28T16:01:00Z')).toBe(true);
  expect(liesIn(window, { from: '2028-01-01', until: '2028-01-05' })).toBe(true);
  expect(liesIn(window, { from: '2028-01-02', until: '2028-01-05' })).toBe(false);
});
