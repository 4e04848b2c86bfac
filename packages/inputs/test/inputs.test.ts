import { expect, test } from 'vitest';
import { noTimes, rareTimes, trickyText, unreadable, unseen } from '../../../tests/hub/nasty-values.ts';
import {
  isDay,
  isInstant,
  isPartialDate,
  isReadable,
  isSearchable,
  keptLine,
  keptText,
  webAddress,
} from '../src/index.ts';

const times = { Date: isDay, DateTime: isInstant, PartialDate: isPartialDate };

test.each(Object.entries(times))('a %s is one of the calendar, as it is written', (name, is) => {
  expect(rareTimes[name]?.filter((text) => !is(text))).toEqual([]);
  expect(noTimes[name]?.filter((text) => typeof text === 'string' && is(text))).toEqual([]);
});

test('a text is made of characters', () => {
  expect(unreadable.filter(isReadable)).toEqual([]);
  expect(['', trickyText, '\ufffd', '\u{20000}', '\ue000'].filter((text) => !isReadable(text))).toEqual([]);
});

test('a text is kept as it is, but for the spaces around it; one that shows nothing is empty', () => {
  expect(keptText(trickyText)).toBe(trickyText);
  expect(keptText('\u3000题\u3000目 ')).toBe('题\u3000目');
  expect(unseen.map(keptText).filter((text) => text !== '')).toEqual([]);
  // What a screen would show otherwise than it is; ends of lines, tabs and marks between two scripts stay.
  for (const control of ['\u202e', '\u202a', '\u2066', '\u2069', '\u0007', '\u001b', '\u0000', '\u009b'])
    expect([control, keptText(`付${control}款\t一\r\n二\u200f`)]).toEqual([control, '付款\t一\r\n二\u200f']);
  expect(keptText('一\v二\f三\u0085四\u2028五\u2029六\t七')).toBe('一\n二\n三\n四\n五\n六\t七');
  // What changes how its neighbour is shown stays.
  expect(keptText('❤\ufe0f')).toBe('❤\ufe0f');
});

test('a text of one line has no end of a line and no tab, however they are written', () => {
  for (const end of ['\n', '\r\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029', '\n\n\t'])
    expect([end, keptLine(`一${end}二${end}`)]).toEqual([end, '一 二']);
  expect(keptLine(trickyText)).toBe(trickyText);
  expect(unseen.map(keptLine).filter((text) => text !== '')).toEqual([]);
});

test('a link is an address that all programs read alike', () => {
  const kept = (text: string) => webAddress(text)?.href;
  expect(kept('HTTPS://Example.cn')).toBe('https://example.cn/');
  expect(kept('https://会议.中国/一')).toBe('https://xn--6oqu09l.xn--fiqs8s/%E4%B8%80');
  for (const text of [
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'http://example.cn/',
    'https:example.cn',
    'https:///example.cn',
    'https://user@example.cn/',
    'https://u:p@example.cn/',
    'https://example.cn\\@evil.example/',
    'https://exam\tple.cn/',
    'https://exam\u200bple.cn/',
    'https://example.cn/a b',
    'https://',
    '//example.cn',
    '',
  ])
    expect([text, kept(text)]).toEqual([text, undefined]);
  expect(webAddress('http://example.cn', ['http:'])?.href).toBe('http://example.cn/');
});

test('a text of signs alone can’t be looked for, and none is an empty box', () => {
  for (const signs of ['，', '%', '_', '.*', '“”', '（）', '!？', '·', '  -- ', '\u200b，'])
    expect([signs, isSearchable(signs)]).toEqual([signs, false]);
  for (const text of ['', ' \u3000', '\u200b', 'a', '３', '王·', '〇', '👩', '眼%', 'C++'])
    expect([text, isSearchable(text)]).toEqual([text, true]);
});
