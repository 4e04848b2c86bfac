import { build, statement } from '@hub/database';
import type { FetchContext } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { suggestion, suggestionAuthor } from './tables.ts';

const { placeholder } = sql;

const named = statement(
  build
    .select({
      author: suggestion.author,
      organization: suggestion.organization,
      department: suggestion.department,
      subjects: suggestion.subjects,
      authors: sql<
        string[]
      >`array(select ${suggestionAuthor.member}::text from ${suggestionAuthor} where ${suggestionAuthor.suggestion} = ${suggestion.id} and ${suggestionAuthor.deleted} is null)`.as(
        'authors',
      ),
    })
    .from(suggestion)
    .where(and(sql`${suggestion.id} = any(${placeholder('ids')}::uuid[])`, isNull(suggestion.deleted))),
);

/** Whom suggestions name who see them for that: what came of a suggestion is for those who made it, and for its department where that has to do with it. */
export async function namesOf(
  { scope }: FetchContext,
  suggestions: readonly string[],
  { departments }: { readonly departments: boolean },
): Promise<string[]> {
  const found = suggestions.length === 0 ? [] : await scope.run(named, { ids: [...suggestions] });
  const names = found.flatMap(({ author, organization, department, authors, subjects }) => {
    const its = [author, organization, ...(departments ? [department] : []), ...authors];
    return subjects.filter((name) => its.includes(name));
  });
  return [...new Set(names)];
}
