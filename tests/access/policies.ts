/** Breaks policies one at a time and asks the matrix and the statements whether they notice. */
import { duties as everyDuty, readPolicy, writePolicy } from '@hub/access';
import type { Subgraph } from '@hub/subgraph-server';
import type postgres from 'postgres';
import { type ActorName, reads, type Writer, writingOf } from './cells.ts';
import type { World } from './fixture.ts';
import { requestsOf, violations } from './matrix.ts';
import {
  counterViolations,
  keptViolations,
  otherViolations,
  type Roles,
  readViolations,
  writeViolations,
} from './statements.ts';

/** One clause of a policy: which rows it lets through, or which it lets in. */
export interface Clause {
  readonly schema: string;
  /** `schema.table` */
  readonly table: string;
  readonly policy: string;
  readonly command: string;
  readonly part: 'using' | 'with check';
  readonly text: string;
}

/** Every clause of every policy of some schemas that is for a subgraph's role. The owner's lets everything pass, which no break of it could do more. */
export async function clausesOf(admin: postgres.Sql, schemas: readonly string[]): Promise<Clause[]> {
  const policies = await admin<
    { schema: string; table: string; policy: string; command: string; qual: string | null; check: string | null }[]
  >`
    select schemaname as schema, format('%s.%s', schemaname, tablename) as table, policyname as policy, cmd as command,
      qual, with_check as check
    from pg_policies where schemaname = any(${[...schemas]}) and policyname <> 'owner' order by 1, 2, 3`;
  return policies.flatMap(({ qual, check, ...policy }): Clause[] => [
    ...(qual === null ? [] : [{ ...policy, part: 'using' as const, text: qual }]),
    ...(check === null ? [] : [{ ...policy, part: 'with check' as const, text: check }]),
  ]);
}

/** A clause that is other than it should be. */
export interface Break {
  readonly what: string;
  readonly text: string;
}

/** Who writes by what a row says, with the column that says it, somebody who does, and the rows that they do it with. */
const writing: readonly { by: Writer; column?: string; actor: ActorName; variant?: string }[] = [
  { by: 'author', column: 'author', actor: 'the author', variant: 'Au' },
  { by: 'convenor', column: 'organization', actor: 'the convenor', variant: 'Co' },
  { by: 'department', column: 'department', actor: 'the department that it was given to', variant: 'De' },
  { by: 'receipt', column: 'receipt', actor: 'everyone' },
  { by: 'feed', actor: 'feed' },
];

/** The ways to break a clause: it lets everything pass, it leaves out one of those who are in it, or takes one more in. */
export function breaksOf(world: World, clause: Clause): Break[] {
  const everything = { what: 'lets everything pass', text: 'true' };
  const table = world.tables.find(({ name }) => name === clause.table);
  if (!table) return [everything];
  const has = (column: string) => table.columns.some(({ name }) => name === column);
  const { command } = clause;
  if (command !== 'INSERT' && command !== 'UPDATE')
    return [
      everything,
      ...(table.refers || has('receipt') ? [{ what: 'asks for the audience alone', text: readPolicy() }] : []),
    ];
  const { duties, by } = writingOf(table);
  const written = (others: readonly Writer[], duty = duties) =>
    writePolicy({ duties: duty, ...Object.fromEntries(others.map((one) => [one, true])) }, command);
  // Whoever a change's first clause keeps out never comes to its second.
  const comesToIt = clause.part === 'using' || command === 'INSERT';
  const triable = writing.filter(
    ({ by: one, column, actor, variant }) =>
      (column === undefined || has(column)) &&
      (command === 'INSERT' ||
        (one !== 'receipt' &&
          (world.byTable.get(table.name) ?? []).some(
            (row) => reads(world, actor, row) && (variant === undefined || row.variant === variant),
          ))),
  );
  // The hub's followers write whatever there is: to a change of theirs a second clause adds nothing.
  if (!comesToIt && duties.length === 0 && by.every((one) => one === 'feed')) return [];
  return [
    everything,
    ...(comesToIt ? [{ what: 'lets staff pass whatever their duties', text: written(by, everyDuty) }] : []),
    ...triable.flatMap(({ by: one }) => {
      if (by.includes(one)) return [{ what: `leaves out ${one}`, text: written(by.filter((other) => other !== one)) }];
      return comesToIt ? [{ what: `takes in ${one}`, text: written([...by, one]) }] : [];
    }),
  ];
}

const set = ({ policy, table, part }: Clause, text: string) => `alter policy "${policy}" on ${table} ${part} (${text})`;

/** Breaks a clause while `work` runs. */
export async function withBroken<Result>(
  admin: postgres.Sql,
  clause: Clause,
  text: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await admin.unsafe(set(clause, text));
  try {
    return await work();
  } finally {
    await admin.unsafe(set(clause, clause.text));
  }
}

export interface Noticed {
  /** By statements of the subgraph's own role. */
  readonly statements: readonly string[];
  /** By the matrix of fields; a row that hangs on a policed whole can't be reached past it. */
  readonly matrix: readonly string[];
}

// Those who see least notice first, and whoever may write something has most to gain.
const readers: readonly ActorName[] = ['agency', 'everyone', 'the holder of a receipt', 'staff of a stranger'];
const writers: readonly ActorName[] = [
  'everyone',
  'staff of the owner',
  'staff of the owner without the duty',
  'staff elsewhere',
  'staff of its city',
  'the author',
  'the convenor',
  'the department that it was given to',
  'member of the owner',
  'feed',
];

/** What is noticed with the policies as they are now, as far as a clause has to do with it. */
export async function noticed(
  admin: postgres.Sql,
  world: World,
  roles: Roles,
  subgraph: Subgraph,
  clause: Clause,
): Promise<Noticed> {
  return {
    statements: await noticedByStatements(admin, world, roles, clause),
    matrix: isRead(clause) ? await noticedByMatrix(world, subgraph) : [],
  };
}

const isKept = ({ table }: Clause) => table.endsWith('.change') || table.endsWith('.idempotency');
/** Whether it says what the graph shows of records. */
const isRead = (clause: Clause) => clause.command === 'SELECT' && !isKept(clause);

export async function noticedByStatements(
  admin: postgres.Sql,
  world: World,
  roles: Roles,
  clause: Clause,
): Promise<readonly string[]> {
  const table = world.tables.find(({ name }) => name === clause.table);
  const other = world.others.find((one) => one.table.name === clause.table);
  const statements: string[] = [];
  if (other) {
    if (isKept(clause))
      for (const actor of readers) statements.push(...(await keptViolations(roles, clause.schema, actor)));
    if (clause.table === `${clause.schema}.counter`)
      for (const actor of readers) statements.push(...(await counterViolations(world, roles, clause.schema, actor)));
    if (clause.part === 'using') statements.push(...(await otherViolations(admin, other, readers)).violations);
    return statements;
  }
  if (!table) throw new Error(`nothing tries to read or write ${clause.table}`);
  if (clause.command !== 'SELECT')
    for (const actor of writers) statements.push(...(await writeViolations(world, roles, table, actor)));
  else
    for (const actor of readers) statements.push(...(await readViolations(world, roles, table.schema, [table], actor)));
  return statements;
}

/** The first thing of all that a subgraph is asked for. */
export async function noticedByMatrix(world: World, subgraph: Subgraph): Promise<readonly string[]> {
  const requests = requestsOf(world, subgraph.name, subgraph.graphqlSchema);
  const ask = async (query: string, variables: Record<string, unknown>, as: Parameters<Subgraph['execute']>[1]) =>
    (await subgraph.execute({ query, variables }, as)).result;
  return violations(world, requests, ask, readers, 1);
}
