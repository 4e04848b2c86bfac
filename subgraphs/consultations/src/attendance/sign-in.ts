import type { Actor } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { type DutyCodeReader, dutyCodeIssuer, dutyCodeReader, lastExpiry, type Refusal } from '@hub/duty-code';
import { RuleBroken, type UserErrorCode, userSentence } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertInOffice } from '@hub/references';
import { assertMayEver, type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { type Part, partsById } from '../consultations/parts.ts';
import { assertLengths } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { signInEvent, signIn as signInTable } from '../tables.ts';
import { audienceOf, hosts, keepsList, type Meeting, meetingOf } from './meeting.ts';
import { signInMachine } from './sign-in.machine.ts';
import {
  assertWithinQuota,
  attendanceSteps,
  attendancesOf,
  isSeated,
  knowMyself,
  otherSeat,
  sideOf,
  signedIn,
} from './steps.ts';

const { placeholder } = sql;

export const signInSteps = stepsOf(signInTable, signInMachine, signInEvent, consultationSettings);

const minuteMs = 60_000;
const shanghaiDay = (at: number) => new Date(at + 480 * minuteMs).toISOString().slice(0, 10);
/** What the clocks of a phone and of the hub may differ by. */
const clockTolerance = 2 * minuteMs;

export interface SignInInput extends MutationInput {
  readonly code: string;
  readonly scannedAt: string;
}
export interface ScanInput extends SignInInput {
  readonly part: string;
}

function reader({ secrets }: FetchContext): DutyCodeReader {
  if (secrets.dutyCodePublicKeys === undefined) throw new Error('no public keys of duty codes are set');
  return dutyCodeReader(secrets.dutyCodePublicKeys);
}

const refused = (reason: Refusal) =>
  new RuleBroken(reason === 'EXPIRED' ? 'CODE_EXPIRED' : 'CODE_INVALID', { path: ['code'] });

async function partOf(scope: Scope, id: string, path: string): Promise<Part> {
  const [found] = isId(id) ? await scope.run(partsById, { ids: [id] }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}

const mayScan = (actor: Actor, meeting: Pick<Meeting, 'owner' | 'organization' | 'hosts'>) =>
  keepsList(actor, meeting) ||
  (actor.kind === 'STAFF' && actor.duties.includes('meetings') && hosts(meeting, actor.committee));

/** The code of a part for its screen, until the part ends; null where that is over, or for whoever neither keeps the list nor hosts. */
export async function partCode(
  { id, ends }: Pick<Part, 'id' | 'ends'>,
  meeting: Pick<Meeting, 'owner' | 'organization' | 'hosts'> | null,
  { actor, secrets }: FetchContext,
): Promise<{ payload: string; expires: string } | null> {
  const expires = new Date(Math.min(Date.parse(ends), lastExpiry));
  if (!meeting || !mayScan(actor, meeting) || expires.getTime() <= Date.now()) return null;
  if (secrets.dutyCodePrivateKey === undefined) throw new Error('no private key of duty codes is set');
  const payload = await dutyCodeIssuer(secrets.dutyCodePrivateKey).part({ part: id, expires });
  return { payload, expires: expires.toISOString() };
}

/** One at a time for one person: the same scan from two phones is counted once, and the second is told so. */
export const oneAtATime = statement(
  build
    .select({
      locked: sql`pg_advisory_xact_lock(hashtextextended('sign in ' || consultations.person_of(${placeholder('member')}::uuid)::text, 0))`,
    })
    .from(sql`(values (1)) as once`),
);
/** Checks when a scan was made and when it came in. @returns whether it came in late (补传) */
async function assertInTime(context: FetchContext, meeting: Meeting, part: Part, scanned: number): Promise<boolean> {
  const { signInOpensMinutes, lateScanMinutes, lateScanHours } = await consultationSettings.of(context, meeting.owner);
  const received = Date.now();
  if (scanned > received + clockTolerance)
    throw new RuleBroken('INVALID', { path: ['scannedAt'], details: { field: 'scannedAt' } });
  if (!['SCHEDULED', 'HELD'].includes(meeting.status))
    throw new RuleBroken('SIGN_IN_CLOSED', { details: { reason: 'OFF' } });
  const opens = Date.parse(part.starts) - signInOpensMinutes * minuteMs;
  if (scanned < opens)
    throw new RuleBroken('SIGN_IN_NOT_OPEN', { path: ['scannedAt'], details: { from: new Date(opens).toISOString() } });
  if (scanned > Date.parse(part.ends))
    throw new RuleBroken('SIGN_IN_CLOSED', {
      path: ['scannedAt'],
      details: { until: new Date(part.ends).toISOString() },
    });
  if (received - scanned > lateScanHours * 60 * minuteMs)
    throw new RuleBroken('SCAN_TOO_LATE', { path: ['scannedAt'], details: { hours: lateScanHours } });
  return received - scanned > lateScanMinutes * minuteMs;
}

/** Those who have a seat; where there is no limit anybody of the hosts has one. */
const seated = ['INVITED', 'SIGNED_UP', 'SUBSTITUTE_NAMED', 'WALKED_IN'];

/** Records that a member was there at a part. @returns their attendance */
async function record(
  context: FetchContext & { readonly actor: { readonly committee: string } },
  given: {
    readonly step: 'signIn' | 'scanDutyCode';
    readonly part: Part;
    readonly meeting: Meeting;
    readonly member: string;
    /** The member's. */
    readonly committee: string;
    readonly scanned: number;
    readonly input: MutationInput;
  },
): Promise<{ id: string }> {
  const { scope, actor } = context;
  const { step, part, meeting, member, committee, scanned, input } = given;
  const late = await assertInTime(context, meeting, part, scanned);
  if (step === 'scanDutyCode') await assertInOffice(context, [member], { day: shanghaiDay(scanned), path: ['code'] });
  await knowMyself(context);
  await scope.run(oneAtATime, { member });
  const all = await attendancesOf(scope, meeting.id, [member]);
  const own = all.find((one) => one.member === member);
  const seat = all.find(isSeated);
  const [before] = await scope.run(signedIn, { part: part.id, member });
  if (before?.signedIn && own) throw new RuleBroken('ALREADY_SIGNED_IN', { record: own.id });
  const held = seat?.status ?? (step === 'signIn' ? await otherSeat(scope, meeting.id) : null);
  if (meeting.places !== null && !(held !== null && seated.includes(held)))
    throw new RuleBroken('NOT_SIGNED_UP', own ? { record: own.id } : {});
  // Of a person who has a seat by another membership the database makes it the same.
  const { id } =
    own ??
    (await attendanceSteps.start(
      context,
      step,
      {
        ...audienceOf(meeting, committee, [member]),
        owner: actor.committee,
        consultation: meeting.id,
        organization: meeting.organization,
        member,
      },
      {},
    ));
  // Whoever comes on the spot comes within what the hosts agreed on too.
  if (!own) await assertWithinQuota(scope, meeting.id, actor.committee, step === 'signIn' ? 'code' : 'part');
  // Signed in already as somebody of another committee: listed for this one too, and counted once.
  if (before?.signedIn) return { id };
  const { visibility, parties, subjects } = await attendanceSteps.read(context, id, 'part');
  await signInSteps.start(
    context,
    step,
    {
      owner: actor.committee,
      visibility,
      parties,
      subjects,
      attendance: id,
      consultation: meeting.id,
      organization: meeting.organization,
      part: part.id,
      member,
      way: step === 'signIn' ? 'PART_CODE' : 'DUTY_CODE',
      scannedAt: new Date(scanned).toISOString(),
      receivedAt: new Date().toISOString(),
      late,
    },
    input,
  );
  return { id };
}

const longest = { code: 500, reason: 500 };

/** A member signs in for themselves by the code that a part shows. */
export async function signIn(input: SignInInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertLengths(input, longest);
  assertMayEver(signInMachine, 'signIn', actor);
  if (actor.kind !== 'MEMBER') throw new RuleBroken('NOT_YOURS', { details: { who: '参会委员' } });
  const scanned = Date.parse(input.scannedAt);
  const code = await reader(context).part(input.code, new Date(scanned));
  if (!code.ok) throw refused(code.reason);
  const part = await partOf(scope, code.part, 'code');
  const meeting = await meetingOf(scope, part.consultation, 'code');
  if (!hosts(meeting, actor.committee)) throw new RuleBroken('NOT_YOURS', { details: { who: '主办政协的委员' } });
  const { member, committee } = actor;
  return record({ ...context, actor }, { step: 'signIn', part, meeting, member, committee, scanned, input });
}

/** An office that hosts, or the convenor, signs a member in by their duty code: the one that leads everybody, another one its own. */
export async function scanDutyCode(input: ScanInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertLengths(input, longest);
  const part = await partOf(scope, input.part, 'part');
  assertMayEver(signInMachine, 'scanDutyCode', actor);
  const meeting = await meetingOf(scope, part.consultation, 'part');
  const side = sideOf(actor, meeting);
  if (!('committee' in actor)) throw new Error('whoever keeps a list acts for a committee');
  const scanned = Date.parse(input.scannedAt);
  const code = await reader(context).member(input.code, new Date(scanned));
  if (!code.ok) throw refused(code.reason);
  if (!hosts(meeting, code.committee)) throw new RuleBroken('CODE_INVALID', { path: ['code'] });
  if (side !== meeting.owner && side !== code.committee)
    throw new RuleBroken('NOT_YOURS', { path: ['code'], details: { who: '牵头政协或该委员所在政协的机关经办人员' } });
  const { member, committee } = code;
  return record({ ...context, actor }, { step: 'scanDutyCode', part, meeting, member, committee, scanned, input });
}

export interface Scan {
  /** Where a member's code was scanned; none where the code is a part's own. */
  readonly part?: string | null;
  readonly code: string;
  readonly scannedAt: string;
}
export interface RecordScansInput extends MutationInput {
  readonly scans: readonly Scan[];
}
/** What became of one scan. */
export interface ScanOutcome {
  readonly attendance: string | null;
  readonly error: { readonly code: UserErrorCode; readonly path: readonly string[]; readonly message: string } | null;
}

const mostScans = 200;

/** Takes in what a phone scanned while it was offline, each scan for itself: one that is refused costs no other. */
export async function recordScans(
  { scans }: RecordScansInput,
  context: FetchContext,
): Promise<{ id: string; outcomes: readonly ScanOutcome[] }> {
  const { actor, language, scope } = context;
  assertMayEver(signInMachine, actor.kind === 'STAFF' ? 'scanDutyCode' : 'signIn', actor);
  if (scans.length > mostScans)
    throw new RuleBroken('LIMIT_REACHED', { path: ['scans'], details: { maximum: mostScans } });
  const members = await Promise.all(
    scans.map(async ({ part, code, scannedAt }) => {
      const read = part == null ? undefined : await reader(context).member(code, new Date(scannedAt));
      return read?.ok ? read.member : '';
    }),
  );
  // In one order for all, so that phones that come back with the same people can't wait for one another.
  const order = scans.map((_, at) => at).sort((a, b) => (members[a] ?? '').localeCompare(members[b] ?? '') || a - b);
  const outcomes: ScanOutcome[] = scans.map(() => ({ attendance: null, error: null }));
  for (const at of order) {
    const { part, code, scannedAt } = scans[at] as Scan;
    outcomes[at] = await scope
      .attempt(() => {
        if (part != null) return scanDutyCode({ part, code, scannedAt }, context);
        // Only a member signs in for themselves.
        if (actor.kind === 'STAFF') throw new RuleBroken('REQUIRED', { path: ['part'], details: { field: 'part' } });
        return signIn({ code, scannedAt }, context);
      })
      .then(({ id }) => ({ attendance: id, error: null }))
      .catch((error: unknown) => {
        if (!(error instanceof RuleBroken)) throw error;
        const message = userSentence(error.code, language, error.details);
        const path = ['input', 'scans', String(at), ...error.path];
        return { attendance: error.record ?? null, error: { code: error.code, path, message } };
      });
  }
  return { id: '', outcomes };
}

export interface VoidSignInInput extends MutationInput {
  readonly signIn: string;
  readonly reason: string;
}

/** Voids a sign-in that was false; the member may sign in again. */
export async function voidSignIn(input: VoidSignInInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { row } = await signInSteps.take(context, 'voidSignIn', 'signIn', input, () => ({ reason: input.reason }));
  return { id: row['attendance'] as string };
}
