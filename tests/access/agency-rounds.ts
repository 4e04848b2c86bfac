/**
 * Random agreements and random operations under them: what an agency is told, or refused with, is compared with what the
 * catalogue and a plain statement over the tables say, which know nothing of the code that checks.
 */
import { catalogFields } from '@hub/sharing';
import type postgres from 'postgres';
import type { TestAgency } from '../hub/agency.ts';
import { places } from './fixture.ts';

/** A root list whose fields stand in columns of one table; its orders and what each reads. */
interface List {
  readonly field: string;
  readonly type: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly orders: Readonly<Record<string, string>>;
  readonly statuses?: readonly string[];
}
const modified = { MODIFIED_DESC: 'modified' };
const lists: readonly List[] = [
  {
    field: 'activities',
    type: 'Activity',
    table: 'workstations.activity',
    columns: ['id', 'title', 'kind', 'place', 'description', 'visibility'],
    orders: { ...modified, HELD_DESC: 'held' },
  },
  {
    field: 'workstations',
    type: 'Workstation',
    table: 'workstations.workstation',
    columns: ['id', 'name', 'kind', 'localKind', 'place', 'status', 'description', 'visibility'],
    orders: { ...modified, NAME_ASC: 'name', OPENED_DESC: 'opened' },
    statuses: ['LISTED', 'PLANNED'],
  },
  {
    field: 'livelihoodItems',
    type: 'LivelihoodItem',
    table: 'workstations.livelihood_item',
    columns: ['id', 'title', 'year', 'status', 'description', 'visibility'],
    orders: { ...modified, TITLE_ASC: 'title', YEAR_DESC: 'year' },
  },
  {
    field: 'programmes',
    type: 'Programme',
    table: 'workstations.programme',
    columns: ['id', 'name', 'description', 'visibility'],
    orders: { ...modified, NAME_ASC: 'name', STARTED_DESC: 'started' },
  },
  {
    field: 'serviceRequests',
    type: 'ServiceRequest',
    table: 'workstations.service_request',
    columns: ['id', 'kind', 'title', 'description', 'status', 'visibility'],
    orders: { ...modified, REQUESTED_DESC: 'requested' },
  },
  {
    field: 'linkedActions',
    type: 'LinkedAction',
    table: 'consultations.linked_action',
    columns: ['id', 'kind', 'title', 'description', 'status', 'visibility'],
    orders: { ...modified, HAND_IN_BY_ASC: 'handInBy' },
  },
];

const known = new Map(catalogFields.map((field) => [`${field.type}.${field.field}`, field]));
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Numbers that are the same in every run, so that a round can be looked at. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Rounds {
  readonly admin: postgres.Sql;
  readonly agency: TestAgency;
}

/**
 * @returns what differed, a sentence each, and how many rounds were told something and how many refused
 */
export async function agencyRounds(
  { admin, agency }: Rounds,
  rounds: number,
  seed: number,
): Promise<{ differences: string[]; told: number; refused: number; rows: number }> {
  const random = numbers(seed);
  const oneOf = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)] as Thing;
  const someOf = <Thing>(things: readonly Thing[], share: number): Thing[] => things.filter(() => random() < share);
  const differences: string[] = [];
  const count = { told: 0, refused: 0, rows: 0 };

  for (let round = 0; round < rounds; round += 1) {
    const list = oneOf(lists);
    const by = oneOf([places.owner, places.elsewhere, places.city, places.province, places.stranger]);
    const regions = [
      ...new Set([
        oneOf([by, places.owner, places.elsewhere, places.city, places.province, '360000']),
        oneOf([by, places.city]),
      ]),
    ];
    // Most of what is asked for is shared, or nearly every round would be a refusal.
    const share = oneOf([0.6, 0.95, 1]);
    const names = [...list.columns, ...Object.values(list.orders)].map((column) => `${list.type}.${column}`);
    const fields = someOf([`Query.${list.field}`, ...new Set(names)], share);
    const unmasked = someOf(fields, 0.3);
    const agreement = await agree(admin, agency.id, { by, regions, fields, unmasked });

    const asked = someOf(list.columns, 0.5);
    const selection = asked.length > 0 ? asked : ['id'];
    const order = oneOf(Object.keys(list.orders));
    const status = list.statuses && random() < 0.3 ? oneOf(list.statuses) : undefined;
    const filter = status ? `, filter: { statuses: [${status}] }` : '';
    const query = `{ ${list.field}(orderBy: ${order}, first: 100${filter}) { totalCount nodes { ${selection.join(' ')} } } }`;
    const { data, errors } = await agency.ask(query, { agreement });

    // Other matter that is shared without condition isn't, under an agreement: it lets the owner's own rows through.
    const mayRead = (name: string) => fields.includes(name);
    const outside = [
      ...[`Query.${list.field}`, ...selection.map((column) => `${list.type}.${column}`)].filter(
        (name) => !mayRead(name),
      ),
      ...(mayRead(`${list.type}.${list.orders[order]}`) ? [] : [`Query.${list.field}(orderBy: ${order})`]),
      ...(status && !mayRead(`${list.type}.status`) ? [`Query.${list.field}(filter: statuses)`] : []),
    ].sort();
    const say = (what: string) =>
      differences.push(`round ${round} of ${seed}: ${what}: ${query} by ${by} of ${regions}, ${fields}`);
    if (outside.length > 0) {
      count.refused += 1;
      const { code, fields: told }: { code?: string; fields?: unknown } = errors[0]?.extensions ?? {};
      if (code !== 'OUTSIDE_AGREEMENT' || JSON.stringify(told) !== JSON.stringify(outside) || data !== undefined)
        say(`refused with ${code} ${JSON.stringify(told)} in place of ${JSON.stringify(outside)}`);
      continue;
    }
    count.told += 1;
    if (errors.length > 0) {
      say(`refused with ${JSON.stringify(errors)}`);
      continue;
    }
    const rows = await rowsOf(admin, list, { by, regions, status });
    const expected = rows.map((row) =>
      JSON.stringify(
        selection.map((column) => {
          const value = row[snake(column)] ?? null;
          const name = `${list.type}.${column}`;
          return known.get(name)?.personal && !unmasked.includes(name) ? masked(value) : value;
        }),
      ),
    );
    const seen = (data[list.field].nodes as Record<string, unknown>[]).map((node) =>
      JSON.stringify(selection.map((column) => node[column] ?? null)),
    );
    count.rows += seen.length;
    if (JSON.stringify([...seen].sort()) !== JSON.stringify([...expected].sort()))
      say(`told ${seen.length} rows in place of ${expected.length}`);
    if (data[list.field].totalCount !== rows.length)
      say(`counted ${data[list.field].totalCount} in place of ${rows.length}`);
  }
  return { differences, ...count };
}

const masked = (value: unknown) => (typeof value === 'string' && value !== '' ? `${[...value][0]}**` : null);

/** An agreement in force, put in as it would stand after its steps. */
async function agree(
  admin: postgres.Sql,
  agency: string,
  {
    by,
    regions,
    fields,
    unmasked,
  }: { by: string; regions: readonly string[]; fields: readonly string[]; unmasked: readonly string[] },
): Promise<string> {
  const id = crypto.randomUUID();
  const datasets = JSON.stringify([{ dataset: 'any', fields, unmasked }]);
  await admin`
    insert into cooperation.sharing_agreement (id, owner, owner_as_filed, visibility, subjects, status, since, agency, requested, version, valid_from, valid_until)
    values (${id}, ${by}, ${by}, 'INTERNAL', ${[agency]}, 'IN_FORCE', current_date, ${agency}, current_date, 1, current_date - 1, current_date + 30)`;
  await admin`
    insert into cooperation.sharing_terms (id, owner, owner_as_filed, visibility, subjects, agreement, version, status, datasets, regions, purpose, legal_basis,
      valid_from, valid_until, rows_per_day, requests_per_minute)
    values (gen_random_uuid(), ${by}, ${by}, 'INTERNAL', ${[agency]}, ${id}, 1, 'IN_FORCE', ${datasets}::text::jsonb, ${[...regions]}, 'purpose', 'basis',
      current_date - 1, current_date + 30, 1000000, 6000)`;
  return id;
}

/** The rows that an agreement shares: public ones of its regions, and of the committee that shares those that are its own to share. */
async function rowsOf(
  admin: postgres.Sql,
  { table, columns }: List,
  { by, regions, status }: { by: string; regions: readonly string[]; status: string | undefined },
): Promise<readonly Record<string, unknown>[]> {
  const within = regions
    .map((code) =>
      code.endsWith('0000')
        ? `owner like '${code.slice(0, 2)}%'`
        : code.endsWith('00')
          ? `owner like '${code.slice(0, 4)}%'`
          : `owner like '${code}%'`,
    )
    .join(' or ');
  return admin.unsafe(
    `select ${columns.map(snake).join(', ')} from ${table} where deleted is null and (${within})
      and (visibility = 'PUBLIC' or (owner = '${by}' and visibility not in ('PRIVATE', 'JOINT')))
      ${status ? `and status = '${status}'` : ''}`,
  );
}
