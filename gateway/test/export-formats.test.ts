import { buffer } from 'node:stream/consumers';
import { read as readWorkbook, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { formats } from '../src/faces/exports/formats.ts';

/** What ends a line to one program or another. */
const endings = '\\n\\v\\f\\r\\u001c-\\u001e\\u0085\\u2028\\u2029';
const lineEnds = new RegExp(`[${endings}]`);

type Value = string | number | boolean | null | readonly unknown[];

/** What people write, paste, or write to do harm, each of which some format has no plain way for. */
const texts = [
  '协商',
  'a\n=1+1',
  'a\r=1+1',
  'a\r\n=1+1\r\n＝2\n@x',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '﹦1',
  '⁼1',
  '\tx',
  '\r',
  '\n',
  '\n\n=1',
  ' \u3000\u200b=1',
  "'",
  "'=1",
  "''\n'=1\n''+1",
  'a\u2028=1\u2029+1\u0085-1',
  '"',
  '""=1"',
  'a,b;c\td',
  ' before and after \u3000',
  '\n in lines \n',
  '_x0041_',
  '_x0041_x0042_',
  '_x0041\u0001',
  '_x00e9_',
  '__x005F_x0041__',
  '\u0001x0041_',
  '\u0001\u0008\u000b\u000c\u001f\u007f\u0085',
  '\ufffe',
  'a\uffffb',
  '\u{1fffe}😀',
  '<b>&amp;</b>]]>',
  '\ufeffBOM',
  'true',
  '0',
  '1e5',
  '007',
  '2026-02-03',
  'NULL',
  '__proto__',
];
/** By the graph there are none of these, since PostgreSQL has none; an error of a program may make one. */
const halves = ['\ud800', 'a\udc00b\ud83d'];

const columns = [['text'], ['flag'], ['count'], ['list'], ['last']];
const recordOf = (text: string | null, flag: boolean | null, count: number | null, list: Value) => ({
  cursor: 'c',
  record: { text, flag, count, list, last: '末' },
});
const records = [
  ...texts.map((text) => recordOf(text, true, 1, [text])),
  recordOf('', false, 0, []),
  recordOf(null, null, null, null),
  recordOf('numbers', false, -1.5e-7, [false, null, '', { a: '=1\u2028' }]),
];

async function written(format: string, of: readonly (typeof records)[number][]): Promise<Buffer> {
  const pages = async function* () {
    for (let at = 0; at < of.length; at += 7) yield of.slice(at, at + 7);
  };
  const writer = formats.get(format);
  if (!writer) throw new Error(`there is no ${format}`);
  return buffer(writer.write(pages(), columns, 'records'));
}

describe('CSV', () => {
  /** As RFC 4180 has it; the apostrophe before what would be run is taken away as the description of the address says. */
  const apostrophe = new RegExp(`(^|[${endings}])'(?='*[\\t\\p{Zs}\\p{Cf}]*[=+\\-@⁺⁼₊₌−﹢﹣﹦﹫＋－＝＠])`, 'gu');
  const withoutApostrophes = (text: string) => text.replace(/^'(?=[\t\r\n])/, '').replace(apostrophe, '$1');
  const rows = (read: readonly (readonly string[])[]) =>
    read.slice(1).map(([cursor, text = '', flag, count, list, last]) => ({
      cursor,
      record: {
        text: withoutApostrophes(text),
        flag: flag === '' ? null : flag === 'true' ? true : flag === 'false' ? false : flag,
        count: count === '' ? null : Number(count),
        list: list === '' ? null : JSON.parse(list ?? ''),
        last,
      },
    }));
  const expected = records.map(({ cursor, record }) => ({ cursor, record: { ...record, text: record.text ?? '' } }));

  test('is read back as it was by two readers, whatever lines, quotes and formulas its texts have', async () => {
    const bytes = await written('csv', records);
    expect(rows(parse(bytes, { bom: true }))).toEqual(expected);
    expect(rows(papa.parse<string[]>(bytes.toString(), { skipEmptyLines: true }).data)).toEqual(expected);
  });

  test('an empty text is quoted and nothing isn’t, so that who looks can tell them apart', async () => {
    const lines = (await written('csv', [recordOf('', false, 0, []), recordOf(null, null, null, null)]))
      .toString()
      .split('\r\n');
    expect(lines.slice(1)).toEqual(['c,"",false,0,[],末', 'c,,,,,末', '']);
  });

  test('no line of any text, however it is cut into lines, begins with what a spreadsheet would run', async () => {
    const [, ...read] = parse(await written('csv', records), { bom: true }) as string[][];
    const cells = read.map(([, text = '']) => text);
    for (const line of cells.flatMap((cell) => cell.split(lineEnds)))
      expect(line.trim().normalize('NFKC'), JSON.stringify(line)).not.toMatch(/^[\s\p{Cf}]*[=+\-@−]/u);
    for (const cell of cells) expect(cell).not.toMatch(/^[\t\r\n]/);
  });
});

describe('a workbook', () => {
  const read = async (bytes: Buffer): Promise<readonly (readonly unknown[][])[]> => {
    const workbook = readWorkbook(bytes);
    const sheet = workbook.Sheets['records'] ?? {};
    for (const cell of Object.values(sheet)) expect(cell).not.toHaveProperty('f');
    const sheets = (await readXlsxFile(bytes, { trim: false })) as unknown as { data: unknown[][] }[];
    return [
      utils.sheet_to_json<unknown[]>(sheet, { header: 1, defval: null, raw: true }).slice(1),
      (sheets[0]?.data ?? []).slice(1),
    ];
  };

  test('is read back as it was by two readers, whatever characters its texts have', async () => {
    const all = [...records, ...halves.map((text) => recordOf(text, false, 2, ['x']))];
    const [loosely, exactly] = (await read(await written('xlsx', all))).map((rows) =>
      rows.map(([, text, flag, count, list, last]) => ({ text: text ?? '', flag, count, list, last })),
    );
    const expected = all.map(({ record }) => ({
      ...record,
      text: record.text ?? '',
      list: record.list === null ? null : expect.any(String),
    }));
    expect(exactly).toEqual(expected);
    // One of them has every line end with LF.
    expect(loosely).toEqual(expected.map((one) => ({ ...one, text: one.text.replaceAll('\r\n', '\n') })));
  });

  test('a text that is too long for a cell is cut between characters, and says that it was and where all of it is', async () => {
    const longest = 'x'.repeat(32_767);
    const odd = `${'协'.repeat(30_001)}${'😀'.repeat(2_000)}`;
    const even = `协${odd}`;
    const escapes = `${'_x0041_'.repeat(4_681)}`;
    for (const rows of await read(
      await written(
        'xlsx',
        [longest, `${longest}y`, odd, even, escapes].map((text) => recordOf(text, null, null, [text])),
      ),
    )) {
      const [whole, ...cut] = rows.map(([, text]) => String(text));
      const last = cut.pop();
      expect(whole).toBe(longest);
      expect(last).toBe(escapes);
      for (const text of cut) {
        expect(text.length).toBeLessThanOrEqual(32_767);
        expect(text.length).toBeGreaterThan(32_700);
        expect(text).not.toMatch(/\p{Cs}/u);
        expect(text).toMatch(/jsonl/);
      }
      expect(cut[0]).toContain('32768');
    }
  });
});

test('JSON Lines are lines to everybody: nothing in them ends one, and each is read back as it was', async () => {
  const text = (await written('jsonl', records)).toString();
  const lines = text.split(lineEnds);
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(records);
});
