/** Breaks policies one at a time and asks the matrix and the statements whether they notice. */
import type { Subgraph } from '@hub/subgraph-server';
import type postgres from 'postgres';
import type { ActorName } from './cells.ts';
import type { World } from './fixture.ts';
import { requestsOf, violations } from './matrix.ts';
import { counterViolations, type Roles, readViolations, writeViolations } from './statements.ts';

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

/** Every clause of every policy of some schemas. */
export async function clausesOf(admin: postgres.Sql, schemas: readonly string[]): Promise<Clause[]> {
  const policies = await admin<
    { schema: string; table: string; policy: string; command: string; qual: string | null; check: string | null }[]
  >`
    select schemaname as schema, format('%s.%s', schemaname, tablename) as table, policyname as policy, cmd as command,
      qual, with_check as check
    from pg_policies where schemaname = any(${[...schemas]}) order by 1, 2, 3`;
  return policies.flatMap(({ qual, check, ...policy }): Clause[] => [
    ...(qual === null ? [] : [{ ...policy, part: 'using' as const, text: qual }]),
    ...(check === null ? [] : [{ ...policy, part: 'with check' as const, text: check }]),
  ]);
}

const set = ({ policy, table, part }: Clause, text: string) => `alter policy "${policy}" on ${table} ${part} (${text})`;

/** Lets a clause pass everything while `work` runs. */
export async function withBroken<Result>(
  admin: postgres.Sql,
  clause: Clause,
  work: () => Promise<Result>,
): Promise<Result> {
  await admin.unsafe(set(clause, 'true'));
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
const readers: readonly ActorName[] = ['agency', 'everyone', 'staff of a stranger'];
const writers: readonly ActorName[] = ['everyone', 'staff of the owner', 'staff elsewhere', 'staff of its city'];

/** What is noticed with the policies as they are now, as far as a clause has to do with it. */
export async function noticed(world: World, roles: Roles, subgraph: Subgraph, clause: Clause): Promise<Noticed> {
  const table = world.tables.find(({ name }) => name === clause.table);
  const statements: string[] = [];
  if (clause.command !== 'SELECT') {
    if (!table) throw new Error(`nothing tries to write ${clause.table}`);
    for (const actor of writers) statements.push(...(await writeViolations(world, roles, table, actor)));
    return { statements, matrix: [] };
  }
  for (const actor of readers)
    statements.push(
      ...(table
        ? await readViolations(world, roles, table, actor)
        : await counterViolations(world, roles, clause.schema, actor)),
    );
  const requests = requestsOf(world, subgraph.name, subgraph.graphqlSchema);
  const matrix: string[] = [];
  for (const actor of readers) {
    if (matrix.length > 0) break;
    const ask = async (query: string, variables: Record<string, unknown>, as: Parameters<Subgraph['execute']>[1]) =>
      (await subgraph.execute({ query, variables }, as)).result;
    matrix.push(...(await violations(world, requests, ask, actor, 1)));
  }
  return { statements, matrix };
}
