import {
  type CodeRange,
  type Connection,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { today } from '@hub/working-days';
import DataLoader from 'dataloader';
import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { type Reach, reaches, reachKey, reachValues } from '../linked-actions/progress.ts';
import { treeOf } from '../linked-actions/tree.ts';
import { problem } from './tables.ts';

const { placeholder } = sql;

const problemFields = {
  id: problem.id,
  owner: problem.owner,
  title: problem.title,
  text: problem.text,
  topic: problem.topic,
  site: problem.site,
  found: problem.found,
  linkedAction: problem.linkedAction,
  consultation: problem.consultation,
  status: problem.status,
  since: problem.since,
  body: problem.body,
  department: problem.department,
  handedOver: problem.handedOver,
  due: problem.due,
  measures: problem.measures,
  putRight: problem.putRight,
  answer: problem.answer,
  answered: problem.answered,
  answerEntered: problem.answerEntered,
  reason: problem.reason,
  findings: problem.findings,
  verified: problem.verified,
  conclusion: problem.conclusion,
  evaluation: problem.evaluation,
  visibility: problem.visibility,
  revision: problem.revision,
  created: problem.created,
  modified: problem.modified,
};
export type Problem = Awaited<ReturnType<typeof problemsById.run>>[number];
const problemsById = statement(
  build
    .select(problemFields)
    .from(problem)
    .where(and(sql`${problem.id} = any(${placeholder('ids')}::uuid[])`, isNull(problem.deleted))),
);

const awaitsAnswer = ['HANDED_OVER', 'PUT_RIGHT', 'REFERRED'];
/** Not answered by its day; the filter and the total by `overdueSql`, a row that was read by this. */
export const isOverdue = ({ status, due }: Problem): boolean =>
  awaitsAnswer.includes(status) && due !== null && due < today();
const overdueSql = sql`(${problem.status} in ('HANDED_OVER', 'PUT_RIGHT', 'REFERRED') and coalesce(${problem.due} < ${placeholder('today')}::date, false))`;

/** How far a problem ever came. */
const stages: Readonly<Record<string, SQL>> = {
  HANDED_OVER: sql`${problem.handedOver} is not null`,
  REFERRED: sql`${problem.referred} is not null`,
  SOLVED: sql`${problem.putRight} is not null`,
  VERIFIED: sql`${problem.verified} is not null`,
};

const orders = {
  FOUND_DESC: { by: ['found'], descending: true },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;
const conditions = {
  statuses: sql`${problem.status} = any(${placeholder('statuses')}::text[])`,
  stage: sql`case ${placeholder('stage')}::text ${sql.join(
    Object.entries(stages).map(([name, reached]) => sql`when ${sql.raw(`'${name}'`)} then ${reached}`),
    sql` `,
  )} end`,
  topic: sql`${problem.topic} = ${placeholder('topic')}`,
  overdue: sql`${overdueSql} = ${placeholder('overdue')}::boolean`,
  from: sql`${problem.found} >= ${placeholder('from')}::date`,
  until: sql`${problem.found} <= ${placeholder('until')}::date`,
};
const listed = {
  table: problem,
  fields: problemFields,
  searched: { schema: 'consultations', type: 'problem', walksNation: true },
  orders,
};
const problemsIn = rangedList({
  ...listed,
  name: 'problems',
  owner: problem.owner,
  province: problem.province,
});
const problemsOf = {
  OWN: list({
    ...listed,
    name: 'problems of an action',
    key: { action: 'uuid' },
    tie: sql`${problem.linkedAction} = key.action`,
    sorts: true,
  }),
  SUBTREE: list({
    ...listed,
    name: 'problems of an action and those that carry it on',
    key: { action: 'uuid' },
    tie: sql`${problem.linkedAction} in ${treeOf(sql`key.action`)}`,
    sorts: true,
  }),
};

export interface ProblemsRequest extends PageArguments {
  readonly scope?: 'OWN' | 'SUBTREE';
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly orderBy: keyof typeof orders;
}

const count = (name: string, which = sql`true`) =>
  sql<number>`count(*) filter (where ${problem.id} is not null and ${which})`.mapWith(Number).as(name);
const progressOfActions = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number).as('key_ordinal'),
      found: count('found_ones'),
      handedOver: count('handed_over', stages['HANDED_OVER']),
      referred: count('referred', stages['REFERRED']),
      solved: count('solved', stages['SOLVED']),
      verified: count('verified', stages['VERIFIED']),
      overdue: count('overdue', overdueSql),
    })
    .from(
      sql`${reaches} cross join lateral ${treeOf(sql`key.action`, sql`key.whole`)} as tree
        left join ${problem} on ${problem.linkedAction} = tree.action_id and ${problem.deleted} is null`,
    )
    .groupBy(sql`key.ordinal`),
);
export type ProblemProgress = Omit<Awaited<ReturnType<typeof progressOfActions.run>>[number], 'ordinal'>;

/** Problems that were found, and how many of them came how far, for one fetch. */
export class ProblemStore {
  readonly #lists: ListReader;
  readonly problems;
  readonly progress;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.problems = rowById(scope, problemsById);
    this.progress = new DataLoader<Reach, ProblemProgress, string>(
      async (asked) => {
        const rows = await scope.run(progressOfActions, { ...reachValues(asked), today: today() });
        const found = new Map(rows.map(({ ordinal, ...progress }) => [ordinal, progress]));
        return asked.map((_, at) => found.get(at + 1) ?? new Error('an action without progress'));
      },
      { cacheKeyFn: reachKey },
    );
  }

  /** Problems that the committees of a range found. */
  inRange(range: CodeRange, request: ProblemsRequest): Connection<Problem> {
    return this.#lists.connection(problemsIn(range), { ...range }, optionsOf(request));
  }

  /** Problems that were found in an action, alone or with those that carry it on. */
  ofAction(action: string, request: ProblemsRequest & { readonly scope: 'OWN' | 'SUBTREE' }): Connection<Problem> {
    return this.#lists.connection(problemsOf[request.scope], { action }, optionsOf(request));
  }
}

function optionsOf({ filter, orderBy, scope: _, ...page }: ProblemsRequest) {
  const picked = filterBy(conditions, { ...filter });
  // What is overdue is so on a day.
  return { page, order: orderBy, filter: { ...picked, values: { ...picked.values, today: today() } } };
}
