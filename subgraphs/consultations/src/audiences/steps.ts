import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertRevision, type FetchContext, type MutationInput } from '@hub/workflow';
import { and, eq, sql } from 'drizzle-orm';
import { consultation } from '../consultations/tables.ts';
import { dispatch, followUp, followUpEvaluation, handlingReport } from '../followups/tables.ts';
import { outcome, outcomeSuggestion, reading } from '../outcomes/tables.ts';
import { within } from '../papers/store.ts';
import { paper } from '../papers/tables.ts';
import { namesOf } from '../suggestions/names.ts';
import { adoption, suggestion } from '../suggestions/tables.ts';
import { staffOf } from '../suggestions/whole.ts';
import { partAudience } from './given.ts';

const { placeholder } = sql;

const tables = {
  suggestion,
  adoption,
  reading,
  outcome,
  followUp,
  dispatch,
  handlingReport,
  followUpEvaluation,
  paper,
} as const;
type Kind = keyof typeof tables;

const id = sql`${placeholder('id')}::uuid`;
/** Each kind with its whole's id, and the suggestions that it is about. */
const partById = statement(
  build
    .select({
      kind: sql<Kind>`part.kind`.as('kind'),
      owner: sql<string>`part.owner`.as('owner'),
      revision: sql<number>`part.revision`.as('revision'),
      consultation: sql<string | null>`part.consultation`.as('consultation'),
      suggestions: sql<string[]>`part.suggestions`.as('suggestions'),
    })
    .from(
      sql`(
      select 'suggestion' as kind, owner, revision, deleted, consultation, array[id] as suggestions from ${suggestion} where id = ${id}
      union all select 'adoption', owner, revision, deleted, (select consultation from ${suggestion} as made where made.id = part.suggestion), array[suggestion] from ${adoption} as part where id = ${id}
      union all select 'reading', owner, revision, deleted, consultation, array_remove(array[suggestion], null) from ${reading} where id = ${id}
      union all select 'outcome', owner, revision, deleted, consultation, array(select link.suggestion from ${outcomeSuggestion} as link where link.outcome = part.id and link.deleted is null) from ${outcome} as part where id = ${id}
      union all select 'followUp', owner, revision, deleted, consultation, '{}' from ${followUp} where id = ${id}
      union all select 'dispatch', owner, revision, deleted, (select consultation from ${followUp} as whole where whole.id = part.follow_up), '{}' from ${dispatch} as part where id = ${id}
      union all select 'handlingReport', owner, revision, deleted, (select consultation from ${followUp} as whole where whole.id = part.follow_up), '{}' from ${handlingReport} as part where id = ${id}
      union all select 'followUpEvaluation', owner, revision, deleted, (select consultation from ${followUp} as whole where whole.id = part.follow_up), '{}' from ${followUpEvaluation} as part where id = ${id}
      union all select 'paper', owner, revision, deleted, consultation, '{}' from ${paper} where id = ${id} and status = 'ISSUED'
    ) as part`,
    )
    .where(sql`part.deleted is null`),
);

const audience = (table: typeof consultation | typeof suggestion | typeof followUp, where: ReturnType<typeof sql>) =>
  statement(
    build
      .select({
        owner: table.owner,
        visibility: table.visibility,
        parties: table.parties,
        subjects: table.subjects,
      })
      .from(table as typeof consultation)
      .where(where),
  );
const ofConsultation = audience(consultation, sql`${consultation.id} = ${placeholder('of')}::uuid`);
const ofSuggestion = audience(suggestion, sql`${suggestion.id} = ${placeholder('of')}::uuid`);
const ofFollowUp = audience(followUp, sql`${followUp.consultation} = ${placeholder('of')}::uuid`);

/** Nobody's whom the actor sees: within it is what is the owner's alone. */
const unseen = { owner: '', visibility: 'INTERNAL' as const, parties: [], subjects: [] };

export interface SetVisibilityInput extends MutationInput {
  readonly part: string;
  readonly visibility: Visibility;
}

/** A paper is as wide as its consultation and follows it, or for the office, or members; its file goes with it. */
async function showPaper(
  { part, visibility }: SetVisibilityInput,
  revision: number,
  of: string,
  whole: { readonly visibility: Visibility; readonly parties: readonly string[]; readonly subjects: readonly string[] },
  { scope }: FetchContext,
): Promise<{ id: string }> {
  const narrower = visibility !== whole.visibility;
  if (narrower && !within[whole.visibility]?.includes(visibility))
    throw new RuleBroken('AUDIENCE_TOO_WIDE', { path: ['visibility'] });
  const written = await scope.run(
    statement(
      build
        .update(paper)
        .set({
          visibility,
          narrower,
          parties: narrower ? [] : [...whole.parties],
          subjects: narrower
            ? sql`array_remove(array[${paper.author}::text, ${paper.organization}::text], null)`
            : [...whole.subjects],
        })
        .where(and(eq(paper.id, part), eq(paper.revision, revision)))
        .returning({ id: paper.id }),
    ),
  );
  if (written.length === 0) throw new RuleBroken('CONFLICT', { details: { revision: revision + 1 } });
  return { id: of };
}

/** Who sees a part, as its owner says. That it is no wider than its whole the database keeps as well. */
export async function setPartVisibility(input: SetVisibilityInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  const [part] = isId(input.part) ? await scope.run(partById, { id: input.part }) : [];
  if (!part) throw new RuleBroken('NOT_FOUND', { path: ['part'] });
  if (staffOf(context) !== part.owner)
    throw new RuleBroken('NOT_YOURS', { details: { who: '该记录所属政协机关经办人员' } });
  const { kind, owner, suggestions } = part;
  assertRevision({ id: part.consultation ?? '', revision: part.revision }, input.expectedRevision);
  const of = part.consultation ?? '';
  const [whole = unseen] = !isId(of)
    ? []
    : kind === 'adoption'
      ? await scope.run(ofSuggestion, { of: suggestions[0] })
      : ['dispatch', 'handlingReport', 'followUpEvaluation'].includes(kind)
        ? await scope.run(ofFollowUp, { of })
        : await scope.run(ofConsultation, { of });
  if (kind === 'paper') return showPaper(input, part.revision, of, whole, context);
  const names = await namesOf(context, suggestions, { departments: kind !== 'outcome' });
  const given = await partAudience(context, { whole, consultation: of, owner, names }, input.visibility);
  const table = tables[kind] as typeof suggestion;
  const written = await scope.run(
    statement(
      build
        .update(table)
        .set(given)
        .where(and(eq(table.id, input.part), eq(table.revision, part.revision)))
        .returning({ id: table.id }),
    ),
  );
  if (written.length === 0) throw new RuleBroken('CONFLICT', { details: { revision: part.revision + 1 } });
  return { id: of };
}
