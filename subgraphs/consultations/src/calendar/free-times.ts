import { build, type Scope, statement } from '@hub/database';
import { HubError } from '@hub/errors';
import { committee as committeeOf } from '@hub/regions';
import { rangeOf } from '@hub/subgraph-server';
import type { FetchContext } from '@hub/workflow';
import { holidaysPublished, isWorkingDay } from '@hub/working-days';
import { sql } from 'drizzle-orm';
import { consultationSettings } from '../settings/settings.ts';

const { placeholder } = sql;
const dayMs = 86_400_000;
const mostCommittees = 200;
const mostDays = 400;

const bad = (field: string) => new HubError('BAD_USER_INPUT', { field });

/** Current codes of committees that are there, each once. */
function codesOf(committees: readonly string[]): string[] {
  const codes = [...new Set(committees.map((code) => rangeOf(code, 'committees').lo))];
  if (codes.length === 0 || codes.length > mostCommittees || !codes.every(committeeOf)) throw bad('committees');
  return codes;
}

/** The days from one to another, both included. */
export function daysBetween(from: string, until: string): string[] {
  const count = (Date.parse(until) - Date.parse(from)) / dayMs + 1;
  if (!(count >= 1 && count <= mostDays + 1)) throw bad('until');
  return Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + at * dayMs).toISOString().slice(0, 10));
}

const busyTimes = statement(
  build
    .select({
      committee: sql<string>`busy.committee`.as('committee'),
      starts: sql<string>`busy.starts`.as('starts'),
      ends: sql<string>`busy.ends`.as('ends'),
    })
    .from(
      sql`consultations.busy_times(${placeholder('committees')}::text[], ${placeholder('from')}::timestamptz, ${placeholder('until')}::timestamptz) as busy`,
    ),
);

/** When committees are busy. @throws HubError BAD_USER_INPUT */
export async function freeBusy(
  scope: Scope,
  { committees, from, until }: { committees: readonly string[]; from: string; until: string },
) {
  const codes = codesOf(committees);
  const length = Date.parse(until) - Date.parse(from);
  if (!(length > 0 && length <= mostDays * dayMs)) throw bad('until');
  const rows = await scope.run(busyTimes, { committees: codes, from, until });
  return codes.map((committee) => ({ committee, busy: rows.filter((row) => row.committee === committee) }));
}

const freeSlots = statement(
  build.select({ starts: sql<string>`slot.starts`.as('starts'), ends: sql<string>`slot.ends`.as('ends') }).from(
    sql`consultations.free_slots(${placeholder('committees')}::text[], ${placeholder('working')}::tstzmultirange,
        make_interval(mins => ${placeholder('gap')}::int), make_interval(mins => ${placeholder('duration')}::int), ${placeholder('first')}::int) as slot`,
  ),
);

export interface FreeSlotsRequest {
  readonly committees: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly durationMinutes: number;
  readonly gapMinutes: number;
  readonly workingFrom?: string | null;
  readonly workingUntil?: string | null;
  readonly restDays: boolean;
  readonly first: number;
}

const hour = /^([01]\d|2[0-3]):[0-5]\d$/;

/** When none of some committees is busy, within working hours. @throws HubError BAD_USER_INPUT */
export async function commonFreeSlots(context: FetchContext, request: FreeSlotsRequest) {
  const { durationMinutes: duration, gapMinutes: gap, restDays, first } = request;
  const committees = codesOf(request.committees);
  if (!(duration >= 15 && duration <= 720)) throw bad('durationMinutes');
  if (!(gap >= 0 && gap <= 2_880)) throw bad('gapMinutes');
  if (!(first >= 0 && first <= 100)) throw new HubError('PAGE_TOO_LARGE', { argument: 'first', maximum: 100 });
  for (const name of ['workingFrom', 'workingUntil'] as const)
    if (request[name] != null && !hour.test(request[name])) throw bad(name);
  const { workingFrom, workingUntil } = request;
  if (workingFrom != null && workingUntil != null && workingFrom >= workingUntil) throw bad('workingUntil');
  const settings = await Promise.all(committees.map((committee) => consultationSettings.of(context, committee)));
  const from =
    request.workingFrom ??
    settings
      .map(({ workingFrom }) => workingFrom)
      .sort()
      .at(-1) ??
    '';
  const until = request.workingUntil ?? settings.map(({ workingUntil }) => workingUntil).sort()[0] ?? '';
  const days = daysBetween(request.from, request.until);
  const provisional = !restDays && days.some((day) => !holidaysPublished(Number(day.slice(0, 4))));
  const worked = restDays ? days : days.filter(isWorkingDay);
  // Committees whose hours don't meet have no time in common.
  if (worked.length === 0 || from >= until) return { slots: [], provisional };
  const working = `{${worked.map((day) => `["${day}T${from}+08:00","${day}T${until}+08:00")`).join(',')}}`;
  return { slots: await context.scope.run(freeSlots, { committees, working, gap, duration, first }), provisional };
}
