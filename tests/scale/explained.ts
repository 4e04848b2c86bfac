/** A subgraph whose every statement is run by EXPLAIN first, as the subgraph's own policed role and under the actor's scope. */
import { type Actor, scopeSettings } from '@hub/access';
import { type Database, openDatabase, type Statement, subgraphUrl } from '@hub/database';
import { createSubgraph, type SubgraphDefinition } from '@hub/subgraph-server';
import { openLogin } from '@hub/testkit';
import { parse, validate } from 'graphql';

type Queryable = Parameters<Statement<unknown>['run']>[0];

/** What a statement did. */
export interface Explained {
  readonly text: string;
  /** Tables that were read whole; an empty one has nothing to read. */
  readonly readWhole: readonly string[];
  /** Pages that were looked at, in memory or not. */
  readonly pages: number;
  /** Rows that were read off tables, those filtered out included. */
  readonly rowsRead: number;
  readonly tree: PlanNode;
}

export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

export interface ExplainedSubgraph {
  /** The statements of an operation, each in both of its plans. */
  explain(
    query: string,
    as: Actor,
    variables?: Record<string, unknown>,
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  ): Promise<{ readonly seen: readonly Explained[]; readonly data: any }>;
  stop(): Promise<void>;
}

export async function explainedSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
  adminUrl: string,
): Promise<ExplainedSubgraph> {
  const url = await subgraphUrl(adminUrl, definition.name);
  const real = openDatabase({ url, name: definition.name, fetchTimeoutMs: 60_000 });
  const explainer = openLogin(url, {
    fetch_types: false,
    // As in the hub's own sessions: one plan for any values.
    connection: { plan_cache_mode: 'force_generic_plan' },
  });
  let seen: Explained[] = [];

  const explain = async (text: string, values: readonly unknown[]) => {
    await explainer.unsafe(`prepare explained as ${text}`);
    try {
      const literals = values.map((value) => `'${textOf(value).replaceAll("'", "''")}'`);
      const call = `execute explained${literals.length > 0 ? `(${literals.join(', ')})` : ''}`;
      const rows = await explainer.unsafe<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
        `explain (analyze, buffers, timing off, format json) ${call}`,
      );
      const tree = rows[0]?.['QUERY PLAN'][0].Plan;
      if (!tree) throw new Error('EXPLAIN gave no plan');
      seen.push({ text, tree, ...readings(tree) });
    } finally {
      await explainer.unsafe('deallocate explained');
    }
  };

  const explaining: Database = {
    scope: async (options, work) => {
      for (const [name, value] of Object.entries(scopeSettings(options.actor)))
        await explainer`select set_config(${name}, ${value}, false)`;
      // One after another: the connection holds one scope.
      let turn: Promise<unknown> = Promise.resolve();
      const listener: Queryable = {
        unsafe: (text, values = []) => {
          turn = turn.then(() => explain(text, values));
          const rows = turn.then(() => []);
          return Object.assign(rows, { values: () => rows }) as never;
        },
      };
      return real.scope(options, (scope) =>
        work({
          get statements() {
            return scope.statements;
          },
          run: async (statement, values = {}) => {
            await statement.run(listener, values);
            return scope.run(statement, values);
          },
          attempt: (inner) => scope.attempt(inner),
        }),
      );
    },
    check: () => real.check(),
    load: () => real.load(),
    close: async () => {
      await explainer.end();
      await real.close();
    },
  };
  const failures: string[] = [];
  const subgraph = createSubgraph(definition, explaining, (_, message, facts) =>
    failures.push(`${message} ${JSON.stringify(facts)}`),
  );

  return {
    async explain(query, as, variables = {}) {
      seen = [];
      // A compiled operation would leave out what the schema doesn't have.
      const mistakes = validate(subgraph.graphqlSchema, parse(query));
      if (mistakes.length > 0) throw new Error(mistakes.join('; '));
      const { result } = await subgraph.execute({ query, variables }, as);
      if (result.errors)
        throw new Error(`the subgraph failed: ${failures.join('; ') || JSON.stringify(result.errors)}`);
      return { seen, data: result.data };
    },
    stop: () => subgraph.close(),
  };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map((item) => `"${String(item)}"`).join(',')}}`;
  return String(value);
}

function readings(tree: PlanNode): Pick<Explained, 'readWhole' | 'pages' | 'rowsRead'> {
  const readWhole: string[] = [];
  let rowsRead = 0;
  const visit = (node: PlanNode) => {
    const relation = node['Relation Name'];
    if (relation !== undefined) {
      const perLoop =
        node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
      rowsRead += perLoop * node['Actual Loops'];
      if (node['Node Type'] === 'Seq Scan' && perLoop > 0) readWhole.push(relation);
    }
    for (const child of node.Plans ?? []) visit(child);
  };
  visit(tree);
  return { readWhole, pages: tree['Shared Hit Blocks'] + tree['Shared Read Blocks'], rowsRead: Math.round(rowsRead) };
}

/** A plan in a few lines, for the message of a failed test; what only reads a setting for a policy is left out. */
export function sketch(node: PlanNode, depth = 0): string {
  const names = [node['Relation Name'], node['Index Name']].filter(Boolean).join(' by ');
  const removed = node['Rows Removed by Filter'];
  const line = `${'  '.repeat(depth)}${node['Node Type']} ${names} rows ${node['Actual Rows']} × ${node['Actual Loops']}${removed ? `, removed ${removed}` : ''}, pages ${node['Shared Hit Blocks'] + node['Shared Read Blocks']}`;
  const inner = (node.Plans ?? []).filter((child) => child['Node Type'] !== 'Result');
  return [line, ...inner.map((child) => sketch(child, depth + 1))].join('\n');
}
