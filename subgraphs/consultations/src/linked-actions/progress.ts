import { build, type Scope, statement } from '@hub/database';
import { today } from '@hub/working-days';
import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import { answerSql, isLateSql } from './answers.ts';
import { linkedInvitation } from './tables.ts';
import { treeOf } from './tree.ts';

const { placeholder } = sql;

/** An action, alone or with those that carry it on. */
export interface Reach {
  readonly action: string;
  readonly scope: 'OWN' | 'SUBTREE';
}

/** Keys of a statement about actions: each with its number and whether those that carry it on are meant too. */
export const reaches = sql`unnest(${placeholder('actions')}::uuid[], ${placeholder('whole')}::boolean[]) with ordinality as key(action, whole, ordinal)`;
export const reachValues = (asked: readonly Reach[]) => ({
  actions: asked.map(({ action }) => action),
  whole: asked.map(({ scope }) => scope === 'SUBTREE'),
});
export const reachKey = ({ action, scope }: Reach) => `${action} ${scope}`;

const count = (name: string, which = sql`true`) =>
  sql<number>`count(*) filter (where stands.ordinal is not null and ${which})`.mapWith(Number).as(name);
const answered = (name: string, answer: string) => count(name, sql`stands.answer = ${sql.raw(`'${answer}'`)}`);

const progressOfActions = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number).as('key_ordinal'),
      invited: count('invited'),
      silent: answered('silent', 'SILENT'),
      accepted: answered('accepted', 'ACCEPTED'),
      declined: answered('declined', 'DECLINED'),
      planned: answered('planned', 'PLANNED'),
      handedIn: answered('handed_in', 'HANDED_IN'),
      left: answered('left_it', 'WITHDRAWN'),
      unknown: count('unknown', sql`stands.answer is null`),
      late: count('late', sql`stands.late`),
    })
    .from(
      sql`${reaches} left join lateral (select key.ordinal as ordinal, ${answerSql} as answer, ${isLateSql} as late
        from ${treeOf(sql`key.action`, sql`key.whole`)} as tree join ${linkedInvitation} on ${linkedInvitation.linkedAction} = tree.action_id
        where ${linkedInvitation.status} <> 'WITHDRAWN' and ${linkedInvitation.deleted} is null) as stands on true`,
    )
    .groupBy(sql`key.ordinal`),
);
export type LinkedProgress = Omit<Awaited<ReturnType<typeof progressOfActions.run>>[number], 'ordinal'>;

/** Who has done what, of all actions of a fetch in one statement. */
export const progressLoader = (scope: Scope, asker: string) =>
  new DataLoader<Reach, LinkedProgress, string>(
    async (asked) => {
      const rows = await scope.run(progressOfActions, { ...reachValues(asked), asker, today: today() });
      const found = new Map(rows.map(({ ordinal, ...progress }) => [ordinal, progress]));
      return asked.map((_, at) => found.get(at + 1) ?? new Error('an action without progress'));
    },
    { cacheKeyFn: reachKey },
  );
