import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { type CellValue, writeXlsxStream } from 'hucre/xlsx';
import type { Column } from './operation.ts';
import type { ExportedRecord, RecordPage } from './records.ts';
import { inCell, inOneLine, withoutFormulas } from './texts.ts';

type RecordPages = AsyncIterable<RecordPage>;

/** How records are written to a file. */
export interface ExportFormat {
  readonly mediaType: string;
  readonly contentType: string;
  readonly ending: string;
  /** Writes as it is read. Where pages end by an error, so does the file, which is none then. */
  write(pages: RecordPages, columns: readonly Column[], name: string): Readable;
}

const json: ExportFormat = {
  mediaType: 'application/x-ndjson',
  contentType: 'application/x-ndjson; charset=utf-8',
  ending: 'jsonl',
  write: (pages) => Readable.from(linesOf(pages), { objectMode: false, highWaterMark: bytesAhead }),
};

const csv: ExportFormat = {
  mediaType: 'text/csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  ending: 'csv',
  write(pages, columns) {
    const written = stringify({
      header: true,
      columns: ['cursor', ...columns.map(nameOf)],
      record_delimiter: 'windows',
      quote_record_delimiter: true,
      // By which a spreadsheet knows that it is UTF-8.
      bom: true,
      cast: {
        boolean: String,
        // Quoted, since nothing at all is null.
        string: (text) => (text === '' ? { value: text, quoted_empty: true } : text),
      },
    });
    const rows = Readable.from(rowsOf(pages, columns, withoutFormulas), { highWaterMark: rowsAhead });
    rows.once('error', (error) => written.destroy(error));
    written.once('close', () => rows.destroy());
    return rows.pipe(written);
  },
};

const xlsx: ExportFormat = {
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ending: 'xlsx',
  write: (pages, columns, name) =>
    Readable.fromWeb(
      writeXlsxStream(rowsOf(pages, columns, inCell), {
        name,
        columns: ['cursor', ...columns.map(nameOf)].map((header) => ({ header })),
        freezePane: { rows: 1 },
      }),
    ),
};

/** By the name that `format` calls them by; the first is what is given where nothing is said. */
export const formats: ReadonlyMap<string, ExportFormat> = new Map([
  ['jsonl', json],
  ['csv', csv],
  ['xlsx', xlsx],
]);

const bytesAhead = 64 * 1024;
const rowsAhead = 100;

async function* linesOf(pages: RecordPages): AsyncGenerator<string> {
  for await (const page of pages)
    yield page.map(({ cursor, record }) => `${inOneLine(JSON.stringify({ cursor, record }))}\n`).join('');
}

async function* rowsOf(
  pages: RecordPages,
  columns: readonly Column[],
  written: (text: string) => string,
): AsyncGenerator<CellValue[]> {
  for await (const page of pages)
    for (const { cursor, record } of page)
      yield [cursor, ...columns.map((column) => cellOf(record, column))].map((value) =>
        typeof value === 'string' ? written(value) : value,
      );
}

const nameOf = (column: Column): string => column.join('.');

function cellOf(record: ExportedRecord['record'], column: Column): string | number | boolean | null {
  let value: unknown = record;
  for (const name of column) value = (value as Record<string, unknown> | null | undefined)?.[name];
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : inOneLine(JSON.stringify(value));
    default:
      return null;
  }
}
