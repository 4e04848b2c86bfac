import { DatabaseError } from './database-error.ts';

/** PostgreSQL's Bind message counts its parameters in 16 bits. */
const MAX_PARAMETERS = 65_534;

/**
 * A statement's parameters as the text that PostgreSQL reads. Done before the driver sees them: it meets a value that
 * it can't write when the statement is half queued, and from then on gives each answer to the wrong statement.
 * A JavaScript array becomes a PostgreSQL array; JSON that is an array has to come as a string.
 */
export function encodeParameters(values: readonly unknown[]): (string | null)[] {
  if (values.length > MAX_PARAMETERS) throw new DatabaseError('OTHER', '54023');
  return values.map(encode);
}

function encode(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return encodeArray(value);
      if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
      if (value instanceof Date) {
        if (Number.isNaN(value.getTime())) throw new DatabaseError('OTHER', '22007');
        return value.toISOString();
      }
      return encodeJson(value);
    default:
      // `undefined` above all: a forgotten value must not become NULL by itself.
      throw new DatabaseError('OTHER', '22023');
  }
}

function encodeJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new DatabaseError('OTHER', '22032');
  }
}

function encodeArray(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (Array.isArray(value)) return encodeArray(value);
    const text = encode(value);
    return text === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}

type Parse = (text: string) => unknown;

const parseJson: Parse = (text) => JSON.parse(text);

/** A JavaScript number as long as it is exact, else the digits. */
const parseInteger: Parse = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

/**
 * ISO 8601 in UTC: `2024-05-01T08:30:00.000Z`, with six decimals where milliseconds don't hold it, so that a value
 * read and sent back as a paging key is still the same one.
 */
const parseTimestamp: Parse = (text) => {
  const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  // `infinity`, and years before Christ.
  if (!parts) return text;
  const [, date, time, fraction = ''] = parts;
  return `${date}T${time}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
};

/** Reads PostgreSQL's array text, `{a,"b \"c\"",NULL,{…}}`. */
function parseArray(text: string, item: Parse): unknown[] {
  // Bounds other than one come in front: [0:1]={…}
  let at = text.indexOf('{');
  const list = (): unknown[] => {
    const items: unknown[] = [];
    at += 1;
    while (text[at] !== '}') {
      if (text[at] === ',') at += 1;
      if (text[at] === '{') {
        items.push(list());
      } else if (text[at] === '"') {
        let value = '';
        for (at += 1; text[at] !== '"'; at += 1) {
          if (text[at] === '\\') at += 1;
          value += text[at];
        }
        at += 1;
        items.push(item(value));
      } else {
        const start = at;
        while (text[at] !== ',' && text[at] !== '}') at += 1;
        const value = text.slice(start, at);
        items.push(value === 'NULL' ? null : item(value));
      }
    }
    at += 1;
    return items;
  };
  return at === -1 ? [] : list();
}

const asIs: Parse = (text) => text;
const toNumber: Parse = Number;

/** Type and array type by their numbers in pg_type, and how their text is read. What is not here stays text: numeric, date, uuid … */
const TYPES: readonly (readonly [oid: number, array: number, parse: Parse])[] = [
  [16, 1000, (text) => text === 't'],
  [17, 1001, (text) => Buffer.from(text.slice(2), 'hex')],
  [20, 1016, parseInteger],
  [21, 1005, toNumber],
  [23, 1007, toNumber],
  [25, 1009, asIs],
  [26, 1028, toNumber],
  [114, 199, parseJson],
  [700, 1021, toNumber],
  [701, 1022, toNumber],
  [1043, 1015, asIs],
  [1082, 1182, asIs],
  [1184, 1185, parseTimestamp],
  [1700, 1231, asIs],
  [2950, 2951, asIs],
  [3802, 3807, parseJson],
];

/** The driver's table of parsers, by type number. */
export function parsers(): Record<number, Parse> {
  return Object.fromEntries(
    TYPES.flatMap(([oid, array, parse]) => [
      [oid, parse],
      [array, (text: string) => parseArray(text, parse)],
    ]),
  );
}
