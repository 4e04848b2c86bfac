import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nextMonth, officers, registerAgency, step, type TestAgency, today } from '../../tests/hub/agency.ts';
import { until } from '../../tests/hub/changes.ts';
import { type Hub, startHub } from '../../tests/hub/hub.ts';

const committee = '310117';
const titles = Array.from({ length: 250 }, (_, at) => `合作${String(at).padStart(3, '0')}`);
const fields = [
  'Query.cooperations',
  'Cooperation.id',
  'Cooperation.title',
  'Cooperation.started',
  'Cooperation.partners',
];

let hub: Hub;
let agency: TestAgency;
let agreement: string;
beforeAll(async () => {
  hub = await startHub('in process');
  await hub.database.admin`
    insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status, started, started_from)
    select gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', one.title, 'PAIRING', '眼科', 'ACTIVE',
      jsonb_build_object('start', '2024-05', 'precision', 'MONTH', 'yearInferred', false), '2024-05-01'
    from unnest(${titles}::text[]) as one (title)`;
  agency = await registerAgency(hub, committee);
});
afterAll(() => hub.stop());

const agree = (
  more: { rowsPerDay?: number; requestsPerMinute?: number; fields?: readonly string[]; of?: TestAgency } = {},
) => {
  const { of = agency, fields: shared = fields, ...ceilings } = more;
  return of.agree({
    committee,
    datasets: [{ dataset: 'cooperations', fields: shared }],
    regions: [committee],
    validFrom: today(),
    validUntil: nextMonth(),
    requestsPerMinute: 600,
    ...ceilings,
  });
};
beforeEach(async () => {
  agreement = await agree();
});

const get = async (
  query = '',
  headers: Record<string, string> = {},
  of: string = agreement,
  dataset = 'cooperations',
) =>
  fetch(`${hub.url}/export/${dataset}${query}`, {
    headers: { authorization: `Bearer ${await agency.token(of)}`, ...headers },
  });
interface Line {
  readonly cursor: string;
  readonly record: { readonly id: string; readonly title: string; readonly started: { start: string } | null };
}
const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
const error = async (response: Response) =>
  ((await response.json()) as { errors: [{ extensions: object }] }).errors[0].extensions;
const log = (of = agreement) =>
  hub.database.admin<{ outcome: string; reason: string | null; rows: number; fields: string[] }[]>`
    select outcome, reason, rows, fields from cooperation.access_entry where agreement = ${of} order by number`;

describe('a file of what the agreement shares', () => {
  test('is JSON Lines unless something else is asked for: each record once, with the shared fields and no others', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('cooperations.jsonl');
    const lines = linesOf(await response.text());
    const mine = lines.filter(({ record }) => record.title.startsWith('合作'));
    expect(mine.map(({ record }) => record.title).sort()).toEqual(titles);
    expect(new Set(lines.map(({ record }) => record.id)).size).toBe(lines.length);
    expect(mine[0]?.record).toEqual({
      id: expect.any(String),
      title: expect.any(String),
      started: { start: '2024-05', end: null, precision: 'MONTH', text: null, yearInferred: false },
    });
  });

  test('is read page by page, each of which stands in the log with what it told', async () => {
    const lines = linesOf(await (await get()).text());
    const entries = await log();
    expect(entries.map(({ outcome }) => outcome)).toEqual(['READ', 'READ', 'READ']);
    expect(entries.reduce((sum, { rows }) => sum + rows, 0)).toBe(lines.length);
    expect(entries[0]?.fields).toContain('Cooperation.title');
    expect(entries[0]?.fields).not.toContain('Cooperation.field');
  });

  test('goes on from the cursor of any line, so that what came before a break isn’t lost', async () => {
    const whole = linesOf(await (await get()).text());
    const rest = linesOf(await (await get(`?after=${whole[120]?.cursor}`)).text());
    expect(rest).toEqual(whole.slice(121));
    const wrong = await get('?after=nowhere');
    expect([wrong.status, await error(wrong)]).toEqual([400, { code: 'BAD_USER_INPUT', field: 'after' }]);
  });

  test('is CSV where that is asked for, with values within values as columns', async () => {
    for (const response of [await get('?format=csv'), await get('', { accept: 'text/csv' })]) {
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      const rows = parse(bytes, { columns: true, bom: true }) as Record<string, string>[];
      expect(rows.filter(({ title }) => title?.startsWith('合作'))).toHaveLength(titles.length);
      expect(Object.keys(rows[0] ?? {})).toEqual([
        'cursor',
        'id',
        'title',
        'started.start',
        'started.end',
        'started.precision',
        'started.text',
        'started.yearInferred',
      ]);
      expect(rows.find(({ title }) => title === '合作007')).toMatchObject({
        'started.start': '2024-05',
        'started.end': '',
      });
    }
  });

  test('is a workbook where that is asked for, which another program reads', async () => {
    const response = await get('?format=xlsx');
    const [head, ...rows] = await readXlsxFile(Buffer.from(await response.arrayBuffer())).then(
      (sheets) => (sheets as unknown as { data: unknown[][] }[])[0]?.data ?? [],
    );
    const title = (head ?? []).indexOf('title');
    expect(
      rows
        .map((row) => String(row[title]))
        .filter((one) => one.startsWith('合作'))
        .sort(),
    ).toEqual(titles);
  });

  test('holds no formula that a spreadsheet would run', async () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1+1'];
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status)
      select gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', one.title, 'PAIRING', '公式', 'ACTIVE' from unnest(${formulas}::text[]) as one (title)`;
    const rows = parse(await (await get('?format=csv')).text(), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    const told = rows.map(({ title = '' }) => title);
    for (const formula of formulas) {
      expect(told).toContain(`'${formula}`);
      expect(told).not.toContain(formula);
    }
    await hub.database.admin`delete from cooperation.cooperation where field = '公式'`;
  });

  test('names records elsewhere by their keys, and a list has to be named where a dataset has several', async () => {
    const lines = linesOf(await (await get('?list=committees', {}, agreement, 'directory')).text());
    expect(lines.find(({ record }) => (record as { code?: string }).code === committee)?.record).toMatchObject({
      region: { code: committee },
    });
    const which = await get('', {}, agreement, 'directory');
    expect([which.status, await error(which)]).toEqual([400, { code: 'BAD_USER_INPUT', field: 'list' }]);
  });
});

describe('what isn’t told', () => {
  test('a format that there is none of is 406, a dataset that there is none of 404, and what nobody asked 400', async () => {
    const png = await get('', { accept: 'image/png' });
    expect([png.status, await error(png)]).toEqual([
      406,
      { code: 'NOT_ACCEPTABLE', accepted: ['jsonl', 'csv', 'xlsx'] },
    ]);
    expect((await get('?format=parquet')).status).toBe(406);
    expect((await get('', {}, agreement, 'nothing')).status).toBe(404);
    expect((await get('?token=x')).status).toBe(400);
    expect(await log()).toEqual([]);
  });

  test('a dataset outside of the agreement is refused with what it lacks, and that is logged', async () => {
    const refused = await get('', {}, agreement, 'members');
    expect([refused.status, await error(refused)]).toEqual([
      403,
      { code: 'OUTSIDE_AGREEMENT', fields: expect.arrayContaining(['Query.members']) },
    ]);
    expect(await log()).toMatchObject([{ outcome: 'REFUSED', reason: 'OUTSIDE_AGREEMENT' }]);
  });

  test('nobody but an agency downloads, and a token is good once', async () => {
    expect((await fetch(`${hub.url}/export/cooperations`)).status).toBe(401);
    const authorization = `Bearer ${await hub.staff(committee)}`;
    expect((await fetch(`${hub.url}/export/cooperations`, { headers: { authorization } })).status).toBe(403);
    const own = { authorization: `Bearer ${await agency.token(agreement)}` };
    const first = await fetch(`${hub.url}/export/cooperations`, { headers: own });
    await first.text();
    const second = await fetch(`${hub.url}/export/cooperations`, { headers: own });
    expect([first.status, second.status, await error(second)]).toEqual([200, 401, { code: 'TOKEN_REPLAYED' }]);
  });

  test('beyond the ceilings it is 429 with the time to come back at', async () => {
    const few = await agree({ rowsPerDay: 50 });
    const rows = await get('', {}, few);
    expect([rows.status, await error(rows)]).toEqual([429, { code: 'TOO_MANY_ROWS' }]);
    expect(Number(rows.headers.get('retry-after'))).toBeGreaterThan(0);
    const often = await agree({ requestsPerMinute: 1 });
    await (await get('?after=x', {}, often)).text();
    await agency.ask('{ cooperations(first: 1, orderBy: TITLE_ASC) { nodes { id } } }', { agreement: often });
    let requests = await get('', {}, often);
    // A minute may begin in between, and lets one more in.
    for (let more = 0; requests.status === 200 && more < 2; more += 1) {
      await requests.text();
      requests = await get('', {}, often);
    }
    expect([requests.status, await error(requests)]).toEqual([429, { code: 'TOO_MANY_REQUESTS' }]);
    expect(Number(requests.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('more than four at a time, until one of them is over', async () => {
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status, result)
      select gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', '大' || at, 'PAIRING', '大', 'ACTIVE',
        (select string_agg(md5(at || ' ' || random() || one), '') from generate_series(1, 400) as one)
      from generate_series(1, 1500) as at`;
    const large = await agree({ rowsPerDay: 1_000_000, fields: [...fields, 'Cooperation.result'] });
    const four = [];
    for (let at = 0; at < 4; at += 1) four.push(await get('', {}, large));
    expect(four.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const fifth = await get('', {}, large);
    expect([fifth.status, await error(fifth)]).toEqual([429, { code: 'TOO_MANY_STREAMS', maximum: 4 }]);
    expect(Number(fifth.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const one of four) await one.body?.cancel();
    await until(async () => {
      const next = await get('', {}, large);
      await next.body?.cancel();
      return next.status === 200;
    });
    await hub.database.admin`delete from cooperation.cooperation where field = '大'`;
  });

  test('a ceiling on rows that is met on the way ends a download as broken, and what came is whole', async () => {
    const some = await agree({ rowsPerDay: 150 });
    const response = await get('', {}, some);
    expect(response.status).toBe(200);
    const { text, broken } = await readAll(response);
    expect(broken).toBe(true);
    expect(linesOf(text)).toHaveLength(100);
  });
});

/** A number once it stays as it is for several looks. */
async function settled(count: () => Promise<number>): Promise<number> {
  let last = await count();
  for (let same = 0; same < 4; ) {
    await delay(500);
    const now = await count();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

/** Everything that arrives, and whether it ended as a whole. */
async function readAll(response: Response): Promise<{ text: string; broken: boolean }> {
  let text = '';
  try {
    for await (const piece of response.body ?? []) text += Buffer.from(piece).toString();
    return { text, broken: false };
  } catch {
    return { text, broken: true };
  }
}

describe('a download that is on its way', () => {
  const revoke = async (of: string) =>
    step(hub, 'revokeSharing', { sharingAgreement: of, reason: '核查' }, await officers(hub, committee).first);
  beforeAll(async () => {
    // More than the sockets between hold.
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status, result)
      select gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', '长' || at, 'PAIRING', '眼科', 'ACTIVE', 
        (select string_agg(md5(at || ' ' || random() || one), '') from generate_series(1, 400) as one)
      from generate_series(1, 1500) as at`;
  });

  test('is read no further than the client takes, and is ended as broken by a revocation while the client waits', async () => {
    const goes = async (format: string) => {
      const of = await agree({ rowsPerDay: 1_000_000, fields: [...fields, 'Cooperation.result'] });
      const response = await get(`?format=${format}`, {}, of);
      const reader = response.body?.getReader();
      await reader?.read();
      const reads = async () => (await log(of)).filter(({ outcome }) => outcome === 'READ').length;
      expect(await settled(reads)).toBeLessThan(15);
      await revoke(of);
      // Where the machine is busy it may have gone on until then.
      const told = await reads();
      expect(told).toBeLessThan(15);
      // So long that it is ended before the client takes any more.
      await delay(1_000);
      await expect(
        (async () => {
          for (;;) if ((await reader?.read())?.done) return;
        })(),
      ).rejects.toThrow();
      expect(await reads()).toBe(told);
    };
    await Promise.all(['jsonl', 'csv', 'xlsx'].map(goes));
  });
});
