import { mayRead } from '@hub/access';
import { codeConnection, connectionResolvers, type PageArguments } from '@hub/connections';
import { HubError } from '@hub/errors';
import { type Committee, currentCode } from '@hub/regions';
import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { type RulesVersion, setScoringRules } from './committee-rules.ts';
import { project, rebuildDuty, sourcePlaces, type ToldPage } from './projection.ts';
import type { ScoreLine } from './scoring/score.ts';
import { noticeOf } from './sources.ts';
import { spread } from './spread.ts';
import type { Fact, Report } from './store.ts';

/** Points as a committee writes them. */
const figure = (hundredths: number | null) => (hundredths === null ? null : hundredths / 100);

const exactly = (value: number) => ({ value, qualifier: 'EXACT', text: String(value) });

/** Sort keys in which the order of text is the order wanted: places of decimal figures aligned, and turned round for a falling order. */
const offset = 1_000_000_000;
const rising = (value: number) => String(offset + value).padStart(12, '0');
const falling = (value: number) => rising(-value);
const unscored = -offset;
const scoreOf = ({ scored }: Report) => scored?.score.total ?? unscored;
const totalOf = ({ counted, reported }: Report) => reported?.total.value ?? counted.total;
const orders = {
  TOTAL_DESC: (report: Report) => falling(totalOf(report)),
  TOTAL_ASC: (report: Report) => rising(totalOf(report)),
  SCORE_DESC: (report: Report) => falling(scoreOf(report)),
  SCORE_ASC: (report: Report) => rising(scoreOf(report)),
  NAME_ASC: () => '',
} as const;

interface ListArguments extends PageArguments {
  readonly year: number;
  readonly organization?: string | null;
  readonly rulesVersion?: number | null;
  readonly orderBy: keyof typeof orders;
}

/** For the staff of a committee, and for its members where they may see it too. */
const isFor = ({ actor }: Context, owner: string, visibility: 'INTERNAL' | 'MEMBERS') =>
  mayRead(actor, { owner, visibility, parties: [], subjects: [] });

const scoresOf = (reports: readonly Report[]) =>
  spread(reports.flatMap(({ scored }) => (scored?.score.total == null ? [] : scored.score.total / 100)));

const assertYear = (year: number) => {
  if (year < 1949 || year > 2200) throw new HubError('BAD_USER_INPUT', { field: 'year' });
};

export const dutyResolvers: Resolvers = {
  Query: {
    dutySources: (_, __, context: Context) => sourcePlaces(context),
  },
  Member: {
    dutyReport: (
      { id }: { id: string },
      { year, rulesVersion = null }: { year: number; rulesVersion?: number | null },
      { duty }: Context,
    ) => {
      assertYear(year);
      return duty.report(id, year, rulesVersion);
    },
  },
  Me: {
    dutyReports: async (_, { year }: { year: number }, { actor, duty }: Context) => {
      assertYear(year);
      if (actor.kind !== 'MEMBER') return [];
      const reports = await Promise.all(actor.memberships.map((id) => duty.report(id, year)));
      return reports.filter((report) => report !== null);
    },
  },
  Committee: {
    dutyReports: async ({ code }: Committee, args: ListArguments, context: Context) => {
      const { year, organization, rulesVersion: version, orderBy, ...page } = args;
      assertYear(year);
      const owner = currentCode(code);
      if (!isFor(context, owner, 'INTERNAL')) return null;
      const order = orders[orderBy];
      const rows = (await context.duty.reportsOfCommittee(owner, year, { organization, version })).map((report) => ({
        ...report,
        code: `${order(report)} ${report.member.name} ${report.member.id}`,
      }));
      return codeConnection(
        rows.sort((one, other) => (one.code < other.code ? -1 : 1)),
        page,
      );
    },
    dutySpread: async ({ code }: Committee, { year }: { year: number }, context: Context) => {
      assertYear(year);
      const owner = currentCode(code);
      if (!isFor(context, owner, 'MEMBERS')) return null;
      const reports = await context.duty.yearsOfCommittee(owner, year);
      const scores = scoresOf(reports);
      const bands = reports.find(({ scored }) => scored)?.scored?.by.rules.bands ?? [];
      const of = (band: string) => reports.filter(({ scored }) => scored?.score.band?.band === band).length;
      return {
        year,
        counts: spread(reports.map(({ counted }) => counted.total)),
        scores,
        bands: scores === null ? [] : bands.map(({ band, label }) => ({ label, members: of(band) })),
        ...(await context.duty.hearing(owner)),
      };
    },
    scoringRules: async ({ code }: Committee, { version }: { version?: number | null }, { duty }: Context) => {
      const versions = await duty.versionsOfCommittee.load(currentCode(code));
      return (version == null ? versions[0] : versions.find((kept) => kept.version === version)) ?? null;
    },
  },
  Organization: {
    dutySummary: async ({ id, owner }: { id: string; owner: string }, { year }: { year: number }, context: Context) => {
      assertYear(year);
      const { actor, duty } = context;
      const convenes = actor.kind === 'MEMBER' && actor.committee === owner && actor.convenes.includes(id);
      if (!convenes && !isFor(context, owner, 'INTERNAL')) return null;
      const reports = await duty.yearsOfCommittee(owner, year, id);
      const lines = new Map<string, number>();
      for (const { counted } of reports)
        for (const { kind, count } of counted.lines) lines.set(kind, (lines.get(kind) ?? 0) + count);
      return {
        year,
        members: reports.length,
        total: reports.reduce((sum, { counted }) => sum + counted.total, 0),
        lines: [...lines].map(([kind, count]) => ({ kind, count })),
        scores: scoresOf(reports),
        ...(await duty.hearing(owner)),
      };
    },
  },
  DutyReport: {
    member: ({ member }: Report, _, { people }: Context) => people.members.load(member.id),
    yearInferred: ({ reported }: Report) => reported?.yearInferred ?? false,
    total: ({ reported, counted: { total } }: Report) => reported?.total ?? exactly(total),
    lines: ({ reported, counted }: Report) => reported?.lines ?? counted.lines,
    basis: ({ reported }: Report) => (reported ? 'REPORTED' : 'COUNTED'),
    source: ({ reported }: Report) => reported?.source ?? null,
    score: (report: Report) => (report.scored ? report : null),
    asOf: ({ hearing }: Report) => hearing.asOf,
    sources: ({ hearing }: Report) => hearing.sources,
    missing: ({ hearing }: Report) => hearing.missing,
    incomplete: ({ hearing }: Report) => hearing.incomplete,
    notice: ({ hearing }: Report, _, { language }: Context) => noticeOf(hearing, language),
  },
  DutyLine: {
    facts: ({ facts }: { facts?: readonly Fact[] }) => facts ?? [],
  },
  DutyFact: {
    consultation: ({ consultation }: Fact) => (consultation === null ? null : { id: consultation }),
    activity: ({ recordType, record }: Fact) => (recordType === 'Activity' ? { id: record } : null),
  },
  DutyScore: {
    scored: ({ scored }: Report) => scored?.score.scored,
    reason: ({ scored }: Report) => scored?.score.reasonNotScored,
    total: ({ scored }: Report) => figure(scored?.score.total ?? null),
    maximum: ({ scored }: Report) => figure(scored?.score.maximum ?? null),
    band: ({ scored }: Report) => scored?.score.band,
    rulesVersion: ({ scored }: Report) => scored?.by.version,
    rulesLabel: ({ scored }: Report) => scored?.by.rules.label,
    lines: ({ scored, facts }: Report) =>
      scored?.score.lines.map((line: ScoreLine) => ({
        ...line,
        points: figure(line.points),
        uncapped: figure(line.uncapped),
        facts: line.facts.map(({ id, points, explanation }) => ({
          points: figure(points),
          explanation,
          fact: facts.get(id),
        })),
      })),
  },
  ScoringRules: {
    label: ({ rules }: RulesVersion) => (rules as { label: string }).label,
    rules: ({ rules }: RulesVersion) => JSON.stringify(rules),
  },
  Mutation: {
    setScoringRules: mutation('scoringRules', setScoringRules, async (id: string, { duty, actor }: Context) =>
      actor.kind === 'STAFF'
        ? ((await duty.versionsOfCommittee.load(actor.committee)).find((kept) => kept.id === id) ?? null)
        : null,
    ),
    rebuildDuty: mutation('source', rebuildDuty, (id: string) => id),
    projectDuty: (_, { input }: { input: ToldPage }, context: Context) => project(input, context),
  },
  DutyReportConnection: connectionResolvers,
};
