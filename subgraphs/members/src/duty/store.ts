import { type Actor, mayRead } from '@hub/access';
import { rowById, rowsByKey } from '@hub/connections';
import { build, type Quantity, type Scope, statement } from '@hub/database';
import { isId } from '@hub/inputs';
import type { FetchContext } from '@hub/workflow';
import { today } from '@hub/working-days';
import DataLoader from 'dataloader';
import { and, asc, desc, type GetColumnData, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { memberSettings } from '../settings/settings.ts';
import { dutyReport, member } from '../tables.ts';
import { type RulesInForce, rulesOf, versionsOfCommittees } from './committee-rules.ts';
import { type Line, linesOf } from './lines.ts';
import type { DutyFact, DutyKind, DutyOutcome } from './scoring/facts.ts';
import { type DutyScore, type ScoredMember, score } from './scoring/score.ts';
import { daysScored, membershipIn } from './scoring/year.ts';
import { everySource, type Hearing, hearing } from './sources.ts';
import { dutyFact } from './tables.ts';

const { placeholder } = sql;

const reportsOfMembers = statement(
  build
    .select({
      member: dutyReport.member,
      year: dutyReport.year,
      yearInferred: dutyReport.yearInferred,
      total: dutyReport.total,
      lines: dutyReport.lines,
      source: dutyReport.source,
    })
    .from(dutyReport)
    .where(and(sql`${dutyReport.member} = any(${placeholder('keys')}::uuid[])`, isNull(dutyReport.deleted)))
    .orderBy(desc(dutyReport.year)),
);

const factFields = {
  id: dutyFact.id,
  source: dutyFact.origin,
  member: dutyFact.member,
  kind: dutyFact.kind,
  consultationKind: dutyFact.consultationKind,
  title: dutyFact.title,
  on: dutyFact.on,
  outcomes: dutyFact.outcomes,
  halfDays: dutyFact.halfDays,
  rank: dutyFact.rank,
  authors: dutyFact.authors,
  recordType: dutyFact.recordType,
  record: dutyFact.record,
  consultation: dutyFact.consultation,
};
const factsOfMembers = statement(
  build
    .select(factFields)
    .from(dutyFact)
    .where(
      and(
        sql`${dutyFact.member} = any(${placeholder('members')}::uuid[])`,
        sql`${dutyFact.on} between ${placeholder('from')}::date and ${placeholder('until')}::date`,
        isNull(dutyFact.deleted),
      ),
    )
    .orderBy(asc(dutyFact.on), asc(dutyFact.id)),
);
/** The same columns of what a function gives under a name. */
function given<F extends Record<string, PgColumn>>(name: string, fields: F) {
  const columns = Object.entries(fields).map(([field, column]) => [
    field,
    sql`${sql.identifier(name)}.${sql.identifier(column.name)}`.mapWith(column).as(`${name}_${field}`),
  ]);
  return Object.fromEntries(columns) as { [field in keyof F]: SQL.Aliased<GetColumnData<F[field]>> };
}
/** All facts of the members of committees, past the policies: what is made of them tells of nobody. */
const factsOfCommittees = statement(
  build
    .select(given('past', factFields))
    .from(
      sql`unnest(${placeholder('owners')}::text[], ${placeholder('from')}::date[], ${placeholder('until')}::date[]) as asked ("owner", "from", "until"),
        members.duty_facts_of(asked."owner", asked."from", asked."until") as past`,
    )
    .orderBy(sql`past.on_day, past.id`),
);
type FactRow = Awaited<ReturnType<typeof factsOfMembers.run>>[number];
/** A fact as it is kept. */
export type Fact = FactRow & { readonly kind: DutyKind; readonly outcomes: readonly DutyOutcome[] };

const standings = statement(
  build
    .select({
      member: sql<string>`standing.member`.as('standing_member'),
      posts: sql<string[]>`standing.posts`.as('standing_posts'),
      convenor: sql<boolean>`standing.convenor`.as('standing_convenor'),
      joined: sql<string | null>`standing.joined::text`.as('standing_joined'),
      left: sql<string | null>`standing."left"::text`.as('standing_left'),
    })
    .from(
      sql`members.duty_standing(${placeholder('members')}::uuid[], ${placeholder('from')}::date, ${placeholder('until')}::date) as standing`,
    ),
);

const memberFields = { id: member.id, owner: member.owner, person: member.person, name: member.name };
const membersById = statement(
  build
    .select(memberFields)
    .from(member)
    .where(and(sql`${member.id} = any(${placeholder('ids')}::uuid[])`, isNull(member.deleted))),
);
const membersOfCommittees = statement(
  build
    .select(memberFields)
    .from(member)
    .where(and(sql`${member.owner} = any(${placeholder('keys')}::text[])`, isNull(member.deleted))),
);
/** Members in an organization at any time of a year; all of the committee's where none is given. Past the policies, as {@link factsOfCommittees}. */
const membersInYears = statement(
  build.select({ asked: sql<number>`asked.number::int`.as('asked_number'), ...given('past', memberFields) }).from(
    sql`unnest(${placeholder('owners')}::text[], ${placeholder('organizations')}::uuid[], ${placeholder('from')}::date[], ${placeholder('until')}::date[])
          with ordinality as asked ("owner", organization, "from", "until", number),
        members.duty_members(asked."owner", asked.organization, asked."from", asked."until") as past`,
  ),
);
type MemberRow = Awaited<ReturnType<typeof membersById.run>>[number];

/** What the hub counts of a member's year. */
export interface Count {
  readonly total: number;
  readonly leave: number;
  readonly absences: number;
  readonly lines: readonly Line<Fact>[];
  readonly contributions: readonly Line<Fact>[];
  readonly facts: readonly Fact[];
}

/** A member's year. */
export interface Report {
  readonly member: MemberRow;
  readonly year: number;
  /** On any day of it, as far as is known. */
  readonly wasMember: boolean;
  readonly reported: {
    readonly yearInferred: boolean;
    readonly total: Quantity;
    readonly lines: readonly { readonly kind: string; readonly count: number }[];
    readonly source: string | null;
  } | null;
  readonly counted: Count;
  /** Null where the committee has no rules. */
  readonly scored: { readonly by: RulesInForce; readonly score: DutyScore } | null;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly hearing: Hearing;
}

/** The members of a committee, or of an organization of it, in a year. */
interface YearAsked {
  readonly owner: string;
  readonly year: number;
  readonly organization: string | null;
}
const yearKey = ({ owner, year, organization }: YearAsked) => `${owner} ${year} ${organization}`;

type LineSettings = (typeof memberSettings)['defaults']['dutyLines'];

interface Asked {
  readonly member: MemberRow;
  readonly year: number;
  readonly version: number | null;
}

const isStandingMember = (title: string) => /常务委员(?!会)|(^|政协)常委(?!会)/.test(title);

const has = (outcome: DutyOutcome) => (fact: Fact) => fact.outcomes.includes(outcome);

function countOf(facts: readonly Fact[], year: number, lines: LineSettings): Count {
  const own = facts.filter(({ on }) => on.startsWith(`${year}-`));
  const present = own.filter(has('PRESENT'));
  const leave = own.filter(has('LEAVE'));
  const absences = own.filter(has('ABSENT'));
  const works = own.filter((fact) => ![present, leave, absences].some((those) => those.includes(fact)));
  return {
    total: present.length,
    leave: leave.length,
    absences: absences.length,
    lines: linesOf(present, lines),
    contributions: linesOf(works, []),
    facts: own,
  };
}

/** As the scoring engine takes it. */
const scorable = (fact: Fact): DutyFact => ({ ...fact, reference: { type: fact.recordType, id: fact.record } });

/** Duty of members, for one fetch. */
export class DutyStore {
  readonly #scope: Scope;
  readonly #actor: Actor;
  readonly #reported;
  readonly #members;
  readonly #membersOfCommittee;
  readonly #reports;
  readonly #inYear;
  readonly #years;
  readonly versionsOfCommittee;
  readonly #context: FetchContext;
  #sources: Promise<Awaited<ReturnType<typeof everySource.run>>> | undefined;

  constructor(context: FetchContext) {
    const { scope, actor } = context;
    this.#context = context;
    this.#scope = scope;
    this.#actor = actor;
    this.#reported = rowsByKey(scope, reportsOfMembers, (row) => row.member);
    this.#members = rowById(scope, membersById);
    this.#membersOfCommittee = rowsByKey(scope, membersOfCommittees, (row) => row.owner);
    this.versionsOfCommittee = rowsByKey(scope, versionsOfCommittees, (row) => row.owner);
    this.#reports = new DataLoader<Asked, Report, string>((asked) => this.#read(asked), {
      cacheKeyFn: ({ member, year, version }) => `${member.id} ${year} ${version}`,
    });
    this.#inYear = new DataLoader<YearAsked, MemberRow[], string>((asked) => this.#readMembers(asked), {
      cacheKeyFn: yearKey,
    });
    this.#years = new DataLoader<YearAsked, Report[], string>((asked) => this.#readYears(asked), {
      cacheKeyFn: yearKey,
    });
  }

  /** What a committee's counts rest on now. */
  async hearing(owner: string): Promise<Hearing> {
    this.#sources ??= this.#scope.run(everySource);
    return hearing(await this.#sources, (await memberSettings.of(this.#context, owner)).dutySilentMinutes);
  }

  /** A member's year; null to those whom it isn't for. */
  async report(id: string, year: number, version: number | null = null): Promise<Report | null> {
    const row = await this.#members.load(id);
    if (!row || !this.mayReadDutyOf(row)) return null;
    return this.#reports.load({ member: row, year, version });
  }

  /** Whether the actor may read a member's duty: the same audience as of each fact. */
  mayReadDutyOf({ owner, id }: Pick<MemberRow, 'owner' | 'id'>): boolean {
    return mayRead(this.#actor, { owner, visibility: 'INTERNAL', parties: [], subjects: [id] });
  }

  /** The years of a committee's members, or of an organization's among them: those who were members then, or did something. */
  async reportsOfCommittee(
    owner: string,
    year: number,
    options: { organization?: string | null | undefined; version?: number | null | undefined } = {},
  ): Promise<Report[]> {
    const { organization = null, version = null } = options;
    const [all, some] = await Promise.all([
      this.#membersOfCommittee.load(owner),
      organization === null ? null : this.#inYear.load({ owner, year, organization }),
    ]);
    const within = some && new Set(some.map(({ id }) => id));
    const rows = all.filter(({ id }) => within === null || within.has(id));
    const reports = await this.#reports.loadMany(rows.map((row) => ({ member: row, year, version })));
    const failed = reports.find((report) => report instanceof Error);
    if (failed) throw failed;
    return (reports as Report[]).filter(({ counted, wasMember }) => wasMember || counted.facts.length > 0);
  }

  /** The same of all members, whoever asks: for aggregates alone. */
  yearsOfCommittee(owner: string, year: number, organization: string | null = null): Promise<Report[]> {
    return this.#years.load({ owner, year, organization });
  }

  async #readYears(asked: readonly YearAsked[]): Promise<Report[][]> {
    const [members, inForce] = await Promise.all([
      Promise.all(asked.map((one) => this.#inYear.load(one))),
      rulesOf(
        this.#scope,
        asked.map(({ owner }) => owner),
      ),
    ]);
    const ranges = new Map<string, Range>();
    for (const { owner, year } of asked) {
      const range = rangeOf(inForce(owner, year, null), year);
      ranges.set(owner, spanOf([range, ranges.get(owner) ?? range]));
    }
    const facts = (await this.#scope.run(factsOfCommittees, {
      owners: [...ranges.keys()],
      from: [...ranges.values()].map(({ from }) => from),
      until: [...ranges.values()].map(({ until }) => until),
    })) as Fact[];
    const reports = await this.#assemble(
      asked.flatMap(({ year }, at) => (members[at] ?? []).map((row) => ({ member: row, year, version: null }))),
      inForce,
      facts,
    );
    let begin = 0;
    return asked.map((_, at) => {
      const end = begin + (members[at]?.length ?? 0);
      const own = reports.slice(begin, end);
      begin = end;
      return own.filter(({ counted, wasMember }) => wasMember || counted.facts.length > 0);
    });
  }

  async #readMembers(asked: readonly YearAsked[]): Promise<MemberRow[][]> {
    const possible = asked.filter(({ organization }) => organization === null || isId(organization));
    const rows =
      possible.length === 0
        ? []
        : await this.#scope.run(membersInYears, {
            owners: possible.map(({ owner }) => owner),
            organizations: possible.map(({ organization }) => organization),
            from: possible.map(({ year }) => `${year}-01-01`),
            until: possible.map(({ year }) => `${year}-12-31`),
          });
    const found = new Map(possible.map((one): [YearAsked, MemberRow[]] => [one, []]));
    for (const row of rows) found.get(possible[row.asked - 1] as YearAsked)?.push(row);
    return asked.map((one) => found.get(one) ?? []);
  }

  async #read(asked: readonly Asked[]): Promise<Report[]> {
    const inForce = await rulesOf(
      this.#scope,
      asked.map(({ member }) => member.owner),
    );
    const span = spanOf(asked.map(({ member, year, version }) => rangeOf(inForce(member.owner, year, version), year)));
    const facts = (await this.#scope.run(factsOfMembers, {
      members: [...new Set(asked.map(({ member }) => member.id))],
      ...span,
    })) as Fact[];
    return this.#assemble(asked, inForce, facts);
  }

  async #assemble(
    asked: readonly Asked[],
    inForce: Awaited<ReturnType<typeof rulesOf>>,
    facts: readonly Fact[],
  ): Promise<Report[]> {
    // What is dated to a day to come hasn't happened.
    const happened = new Map<string, Fact[]>(asked.map(({ member }) => [member.id, []]));
    for (const fact of facts) if (fact.on <= today()) happened.get(fact.member)?.push(fact);
    const standingOf = await this.#standings(asked);
    const [reported, settings, hearings] = await Promise.all([
      Promise.all(asked.map(({ member }) => this.#reported.load(member.id))),
      Promise.all(asked.map(({ member }) => memberSettings.of(this.#context, member.owner))),
      Promise.all(asked.map(({ member }) => this.hearing(member.owner))),
    ]);
    return asked.map(({ member, year, version }, at) => {
      const own = happened.get(member.id) ?? [];
      const by = inForce(member.owner, year, version);
      const standing = standingOf(member.id, year);
      return {
        member,
        year,
        wasMember: membershipIn(year, standing.joined, standing.left).days > 0,
        reported: reported[at]?.find((row) => row.year === year) ?? null,
        counted: countOf(own, year, settings[at]?.dutyLines ?? []),
        scored: by && { by, score: score(by.rules, own.map(scorable), standing, year) },
        facts: new Map(own.map((fact) => [fact.id, fact])),
        hearing: hearings[at] as Hearing,
      };
    });
  }

  /** What rules ask of members, as it was in a year. */
  async #standings(asked: readonly Asked[]): Promise<(id: string, year: number) => ScoredMember> {
    const years = [...new Set(asked.map(({ year }) => year))];
    const found = await Promise.all(
      years.map((year) =>
        this.#scope.run(standings, {
          members: [...new Set(asked.flatMap((one) => (one.year === year ? one.member.id : [])))],
          from: `${year}-01-01`,
          until: `${year}-12-31`,
        }),
      ),
    );
    const known = new Map(found.flatMap((rows, at) => rows.map((row) => [`${row.member} ${years[at]}`, row])));
    return (id, year) => {
      const standing = known.get(`${id} ${year}`);
      const posts = standing?.posts ?? [];
      return {
        id,
        posts,
        kinds: [
          ...(posts.some(isStandingMember) ? (['STANDING_MEMBER'] as const) : []),
          ...(standing?.convenor ? (['CONVENOR'] as const) : []),
        ],
        joined: standing?.joined ?? null,
        left: standing?.left ?? null,
      };
    };
  }
}

interface Range {
  readonly from: string;
  readonly until: string;
}

/** The days that a year's report needs to know. */
function rangeOf(by: RulesInForce | null, year: number): Range {
  const whole = { from: `${year}-01-01`, until: `${year}-12-31` };
  return by ? spanOf([daysScored(by.rules, year), whole]) : whole;
}

/** From the first day of some ranges to the last. */
function spanOf(ranges: readonly Range[]): Range {
  const [from = ''] = ranges.map((range) => range.from).sort();
  const until = ranges
    .map((range) => range.until)
    .sort()
    .at(-1);
  return { from, until: until ?? from };
}
