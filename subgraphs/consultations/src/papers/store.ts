import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertStart, type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { files } from '../files/store.ts';
import { consultationSettings } from '../settings/settings.ts';
import { sideOf } from '../suggestions/whole.ts';
import { consultation } from '../tables.ts';
import { paperMachine } from './paper.machine.ts';
import { paper, paperEvent, paperVersion } from './tables.ts';

const { placeholder } = sql;

const paperFields = {
  id: paper.id,
  owner: paper.owner,
  consultation: paper.consultation,
  kind: paper.kind,
  title: paper.title,
  version: paper.version,
  file: paper.file,
  status: paper.status,
  since: paper.since,
  neededOn: paper.neededOn,
  author: paper.author,
  organization: paper.organization,
  reason: paper.reason,
  visibility: paper.visibility,
  revision: paper.revision,
  created: paper.created,
  modified: paper.modified,
};
const papersById = statement(
  build
    .select(paperFields)
    .from(paper)
    .where(and(sql`${paper.id} = any(${placeholder('ids')}::uuid[])`, isNull(paper.deleted))),
);
export type Paper = Awaited<ReturnType<typeof papersById.run>>[number];
const papersOfConsultations = statement(
  build
    .select(paperFields)
    .from(paper)
    .where(
      and(
        sql`${paper.consultation} = any(${placeholder('keys')}::uuid[])`,
        sql`${paper.status} = 'ISSUED'`,
        isNull(paper.deleted),
      ),
    )
    .orderBy(asc(paper.position), asc(paper.created), asc(paper.id)),
);
const versionsOfPapers = statement(
  build
    .select({ paper: paperVersion.paper, version: paperVersion.version, file: paperVersion.file })
    .from(paperVersion)
    .where(and(sql`${paperVersion.paper} = any(${placeholder('keys')}::uuid[])`, isNull(paperVersion.deleted)))
    .orderBy(desc(paperVersion.version)),
);
export type PaperVersion = Awaited<ReturnType<typeof versionsOfPapers.run>>[number];
const wholes = statement(
  build
    .select({
      id: consultation.id,
      owner: consultation.owner,
      visibility: consultation.visibility,
      parties: consultation.parties,
      subjects: consultation.subjects,
      organization: consultation.organization,
      heldFrom: consultation.heldFrom,
    })
    .from(consultation)
    .where(and(sql`${consultation.id} = ${placeholder('id')}::uuid`, isNull(consultation.deleted))),
);

/** Papers, for one fetch. */
export class PaperStore {
  readonly papers;
  readonly papersOfConsultation;
  readonly versionsOfPaper;

  constructor(scope: Scope) {
    this.papers = rowById(scope, papersById);
    this.papersOfConsultation = rowsByKey(scope, papersOfConsultations, (row) => row.consultation);
    this.versionsOfPaper = rowsByKey(scope, versionsOfPapers, (row) => row.paper);
  }
}

export const paperSteps = stepsOf(paper, paperMachine, paperEvent, consultationSettings);

export interface AddInput extends MutationInput {
  readonly consultation: string;
  readonly kind: string;
  readonly title: string;
  readonly file: string;
  readonly visibility?: string | null;
}
export interface ReplaceInput extends MutationInput {
  readonly paper: string;
  readonly file: string;
}
export interface WithdrawInput extends MutationInput {
  readonly paper: string;
  readonly reason: string;
}

const longestTitle = 200;

/** Which audiences are within that of a consultation. */
export const within: Readonly<Record<string, readonly string[]>> = {
  PUBLIC: ['INTERNAL', 'MEMBERS'],
  MEMBERS: ['INTERNAL'],
  UPWARD: ['INTERNAL'],
  JOINT: ['INTERNAL'],
};

/** Papers of what was said and found, which are for the office until it shows them. */
const heldBack: ReadonlySet<string> = new Set(['MINUTES', 'REPORT']);

/** Who sees a paper of which nothing is said. */
async function usualVisibility(
  context: FetchContext,
  kind: string,
  visibility: string,
  owner: string,
): Promise<string> {
  if (!heldBack.has(kind)) return visibility;
  const { partVisibility, jointPartVisibility } = await consultationSettings.of(context, owner);
  const wanted = visibility === 'JOINT' ? jointPartVisibility : partVisibility;
  if (wanted === 'PUBLIC' || wanted === visibility) return visibility;
  return [wanted, 'INTERNAL'].find((one) => within[visibility]?.includes(one)) ?? visibility;
}

/** Issues a paper of a consultation. Its file comes to have the paper's audience by a trigger, which refuses one that isn't usable. */
export async function addPaper(input: AddInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const [whole] = isId(input.consultation) ? await scope.run(wholes, { id: input.consultation }) : [];
  if (!whole) throw new RuleBroken('NOT_FOUND', { path: ['consultation'] });
  if ([...input.title].length > longestTitle)
    throw new RuleBroken('TOO_LONG', { path: ['title'], details: { field: 'title', maximum: longestTitle } });
  const author = actor.kind === 'MEMBER' ? actor.member : null;
  // Each committee that hosts hands in papers of its own.
  const owner =
    actor.kind === 'STAFF' && actor.committee !== whole.owner ? await sideOf(context, whole.id) : whole.owner;
  assertStart(paperMachine, 'addPaper', actor, { ...whole, owner, author }, { ...input });
  const convenes =
    actor.kind === 'MEMBER' && whole.organization !== null && actor.convenes.includes(whole.organization);
  // What a member issues for themselves is what they say.
  if (actor.kind === 'MEMBER' && !convenes && input.kind !== 'SPEECH')
    throw new RuleBroken('NOT_YOURS', { path: ['kind'], details: { who: '机关经办人员或召集人' } });
  await files.assertReceived(input.file, context);
  const visibility = input.visibility ?? (await usualVisibility(context, input.kind, whole.visibility, owner));
  const narrower = visibility !== whole.visibility;
  if (narrower && !within[whole.visibility]?.includes(visibility))
    throw new RuleBroken('INVALID', { path: ['visibility'], details: { field: 'visibility' } });
  const { id } = await paperSteps.start(
    context,
    'addPaper',
    {
      owner,
      visibility,
      parties: narrower ? [] : whole.parties,
      subjects: narrower && author !== null ? [author] : narrower ? [] : whole.subjects,
      narrower,
      consultation: whole.id,
      organization: whole.organization,
      kind: input.kind,
      title: input.title,
      file: input.file,
      author,
      neededOn: whole.heldFrom === '-infinity' ? null : whole.heldFrom,
    },
    input,
  );
  return { id };
}

const insertVersion = statement(
  build
    .insert(paperVersion)
    .values(
      Object.fromEntries(
        [
          'id',
          'owner',
          'ownerAsFiled',
          'visibility',
          'subjects',
          'paper',
          'version',
          'file',
          'author',
          'organization',
        ].map((name) => [name, placeholder(name)]),
      ) as never,
    ),
);

/** Issues a new version. The one before stays for staff, and for its author. */
export async function replacePaper(input: ReplaceInput, context: FetchContext): Promise<{ id: string }> {
  const { id, row } = await paperSteps.take(context, 'replacePaper', 'paper', input, async (before) => {
    await files.assertReceived(input.file, context);
    return { file: input.file, version: Number(before['version']) + 1 };
  });
  const author = row.author ?? null;
  await context.scope.run(insertVersion, {
    id: crypto.randomUUID(),
    owner: row.owner,
    ownerAsFiled: row.owner,
    visibility: 'INTERNAL',
    subjects: author === null ? [] : [author],
    paper: id,
    version: row['version'],
    file: row['file'],
    author,
    organization: row.organization ?? null,
  });
  return { id };
}

export async function withdrawPaper(input: WithdrawInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await paperSteps.take(context, 'withdrawPaper', 'paper', input, ({ author, organization }) => ({
    reason: input.reason,
    // From here on it is the office's own, its author's and its convenor's.
    narrower: true,
    visibility: 'INTERNAL',
    parties: [],
    subjects: [author, organization].filter((one) => one != null),
  }));
  return { id };
}
