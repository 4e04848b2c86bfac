import type { Visibility } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { and, isNull, sql } from 'drizzle-orm';
import { platformReference } from '../consultations/steps.ts';
import { assertLengths, givenId } from '../given.ts';
import { linkedActionPlatform, linkedPartPlatform } from './tables.ts';

const { placeholder } = sql;

export interface PlatformInput {
  readonly workstation?: string | null;
  readonly organization?: string | null;
  readonly name?: string | null;
}

interface Whole {
  readonly id: string;
  readonly owner: string;
  readonly visibility: string;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
}

/** The name under which a committee takes part: it refers to nothing that could be hidden, so it is the record's own. */
export function platformName(given: PlatformInput | null | undefined): string | null {
  if (given == null) return null;
  assertLengths(given, { name: 100 }, ['platform']);
  return given.name || null;
}

/** Keeps what an action or a part is carried out through, in place of what it named before. */
export async function writePlatform(
  scope: Scope,
  of: 'linkedAction' | 'linkedPart',
  whole: Whole,
  given: PlatformInput | null | undefined,
): Promise<void> {
  if (given == null || (given.workstation == null && given.organization == null)) return;
  // Of its own sectors and organizations a committee shows no more than to members, as far as is known here.
  const reference =
    given.workstation != null && given.organization == null
      ? await platformReference(scope, whole.owner, given.workstation)
      : { owner: whole.owner, visibility: 'MEMBERS' as const };
  const named = {
    referenceOwner: reference.owner,
    referenceVisibility: reference.visibility,
    workstation: given.workstation == null ? null : givenId(given.workstation, 'workstation'),
    organization: given.organization == null ? null : givenId(given.organization, 'organization'),
  };
  const row = {
    id: crypto.randomUUID(),
    owner: whole.owner,
    ownerAsFiled: whole.owner,
    visibility: whole.visibility as Visibility,
    parties: [...whole.parties],
    subjects: [...whole.subjects],
    ...named,
  };
  const insert =
    of === 'linkedAction'
      ? build
          .insert(linkedActionPlatform)
          .values({ ...row, linkedAction: whole.id })
          .onConflictDoUpdate({ target: linkedActionPlatform.linkedAction, set: named })
      : build
          .insert(linkedPartPlatform)
          .values({ ...row, linkedPart: whole.id })
          .onConflictDoUpdate({ target: linkedPartPlatform.linkedPart, set: named });
  await scope.run(statement(insert));
}

const { workstation, organization, linkedAction, deleted } = linkedActionPlatform;
export const platformsOfActions = statement(
  build
    .select({ whole: linkedAction, workstation, organization })
    .from(linkedActionPlatform)
    .where(and(sql`${linkedAction} = any(${placeholder('keys')}::uuid[])`, isNull(deleted))),
);
export const platformsOfParts = statement(
  build
    .select({
      whole: linkedPartPlatform.linkedPart,
      workstation: linkedPartPlatform.workstation,
      organization: linkedPartPlatform.organization,
    })
    .from(linkedPartPlatform)
    .where(
      and(
        sql`${linkedPartPlatform.linkedPart} = any(${placeholder('keys')}::uuid[])`,
        isNull(linkedPartPlatform.deleted),
      ),
    ),
);
