import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { type FetchContext, givenCommittee, type MutationInput } from '@hub/workflow';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { assertCharged, assertKeeps, invalid } from '../keeping.ts';
import { parseRules, type ScoringRules, ScoringRulesError } from './scoring/rules.ts';
import { scoringRulesVersion } from './tables.ts';

const { placeholder } = sql;

const versionFields = {
  id: scoringRulesVersion.id,
  owner: scoringRulesVersion.owner,
  version: scoringRulesVersion.version,
  validFromYear: scoringRulesVersion.validFromYear,
  rules: scoringRulesVersion.rules,
};
/** Versions of committees' rules that the actor may see, the latest first. */
export const versionsOfCommittees = statement(
  build
    .select(versionFields)
    .from(scoringRulesVersion)
    .where(
      and(sql`${scoringRulesVersion.owner} = any(${placeholder('keys')}::text[])`, isNull(scoringRulesVersion.deleted)),
    )
    .orderBy(desc(scoringRulesVersion.version)),
);
export type RulesVersion = Awaited<ReturnType<typeof versionsOfCommittees.run>>[number];

/** The same past the policies: whoever sees a score of theirs may be acting for another committee at the time. */
const rulesToScoreBy = statement(
  build
    .select({
      owner: sql<string>`kept.owner`.as('kept_owner'),
      version: sql<number>`kept.version`.as('kept_version'),
      validFromYear: sql<number>`kept.valid_from_year`.as('kept_from'),
      rules: sql<unknown>`kept.rules`.mapWith(scoringRulesVersion.rules).as('kept_rules'),
    })
    .from(sql`members.scoring_rules_of(${placeholder('owners')}::text[]) as kept`)
    .orderBy(sql`kept.version desc`),
);

/** Rules that a year is scored under. */
export interface RulesInForce {
  readonly version: number;
  readonly rules: ScoringRules;
}

/** For committees, the rules of a version, or those in force in a year. */
export async function rulesOf(
  scope: Scope,
  owners: readonly string[],
): Promise<(owner: string, year: number, version: number | null) => RulesInForce | null> {
  const rows = await scope.run(rulesToScoreBy, { owners: [...new Set(owners)] });
  const parsed = new Map<string, RulesInForce>();
  return (owner, year, version) => {
    const row = rows.find(
      (kept) => kept.owner === owner && (version === null ? kept.validFromYear <= year : kept.version === version),
    );
    if (!row) return null;
    const name = `${owner} ${row.version}`;
    const known = parsed.get(name) ?? { version: row.version, rules: parseRules(row.rules) };
    parsed.set(name, known);
    return known;
  };
}

const lock = statement(
  build
    .select({ done: sql`1`.as('done') })
    .from(sql`pg_advisory_xact_lock(hashtext('members.scoring_rules'), hashtext(${placeholder('owner')}))`),
);
const insert = statement(
  build.insert(scoringRulesVersion).values({
    id: placeholder('id'),
    owner: placeholder('owner'),
    ownerAsFiled: placeholder('owner'),
    visibility: 'MEMBERS',
    version: placeholder('version'),
    validFromYear: placeholder('validFromYear'),
    rules: placeholder('rules'),
  } as never),
);

export interface SetRulesInput extends MutationInput {
  readonly committee: string;
  readonly validFromYear: number;
  readonly rules: string;
}

const longestRules = 200_000;

/** Adds a version of a committee's rules. @throws RuleBroken INVALID_RULES with the place that is wrong */
export async function setScoringRules(input: SetRulesInput, context: FetchContext): Promise<{ id: string }> {
  assertCharged(context.actor);
  const owner = givenCommittee(input.committee);
  assertKeeps(context.actor, owner);
  const { validFromYear } = input;
  if (validFromYear < 1949 || validFromYear > 2200) invalid('validFromYear');
  const rules = checked(input.rules);
  const { scope } = context;
  // Two at once would take the same number.
  await scope.run(lock, { owner });
  const [latest] = await scope.run(versionsOfCommittees, { keys: [owner] });
  const id = crypto.randomUUID();
  await scope.run(insert, { id, owner, version: (latest?.version ?? 0) + 1, validFromYear, rules });
  return { id };
}

/** The rules that a text states, as it states them. */
function checked(text: string): unknown {
  if (text.length > longestRules)
    throw new RuleBroken('TOO_LONG', { path: ['rules'], details: { field: 'rules', maximum: longestRules } });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RuleBroken('INVALID_RULES', {
      path: ['rules'],
      details: { zh: '不是有效的 JSON', en: 'it is no valid JSON' },
    });
  }
  try {
    parseRules(json);
    return json;
  } catch (error) {
    if (!(error instanceof ScoringRulesError)) throw error;
    const [first] = error.problems;
    const told = (language: 'zh' | 'en') =>
      error.problems
        .slice(0, 10)
        .map((problem) => `${problem.path} ${problem[language]}`.trim())
        .join('; ');
    throw new RuleBroken('INVALID_RULES', {
      path: ['rules', ...(first?.path ? [first.path] : [])],
      details: { zh: told('zh'), en: told('en') },
    });
  }
}
