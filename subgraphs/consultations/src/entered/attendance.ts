import { RuleBroken } from '@hub/errors';
import { assertInOffice } from '@hub/references';
import { assertNoMoreThan, assertOnce, type FetchContext } from '@hub/workflow';
import { audienceOf, type Meeting, partsOf } from '../attendance/meeting.ts';
import { oneAtATime, signInSteps } from '../attendance/sign-in.ts';
import { attendanceSteps, attendancesOf, lockPlaces, signedIn } from '../attendance/steps.ts';
import { givenId } from '../given.ts';

const most = 500;

/** How it came to be entered: with its consultation, of which whoever was there is told once, or later. */
export type EnteredBy = 'enterHeldConsultation' | 'recordConsultationHeldAfterwards' | 'enterAttendance';

/**
 * Enters members of the committee who were at a consultation that was entered afterwards: as signed in, at its parts or at one.
 * Who is entered there already, by whatever membership, stays so and is counted once.
 */
export async function enterThere(
  context: FetchContext,
  step: EnteredBy,
  meeting: Meeting,
  members: readonly string[],
  { path, part }: { readonly path: 'attended' | 'members'; readonly part?: string | null },
): Promise<void> {
  const { scope } = context;
  assertNoMoreThan(most, members, [path]);
  for (const [at, member] of members.entries()) givenId(member, path, [path, String(at)]);
  assertOnce(members, [path]);
  const all = await partsOf(scope, meeting);
  const parts = part == null ? all : all.filter(({ id }) => id === part);
  // A consultation whose day alone is known has no part that anybody could have been at.
  if (parts.length === 0)
    throw part == null
      ? new RuleBroken('REQUIRED', { path: ['parts'], details: { field: 'parts' } })
      : new RuleBroken('NOT_FOUND', { path: ['part'] });
  // Whoever left since was in office on the day itself.
  for (const [at, member] of members.entries())
    await assertInOffice(context, [member], { day: meeting.heldFrom, path: [path, String(at)] });
  await lockPlaces(scope, meeting.id);
  const known = await attendancesOf(scope, meeting.id, members);
  for (const member of members) {
    await scope.run(oneAtATime, { member });
    const own = known.find((one) => one.member === member);
    const { id } =
      own ??
      (await attendanceSteps.start(
        context,
        step,
        {
          ...audienceOf(meeting, meeting.owner, [member]),
          consultation: meeting.id,
          organization: meeting.organization,
          member,
        },
        {},
      ));
    const { owner, visibility, parties, subjects } = await attendanceSteps.read(context, id, path);
    for (const at of parts) {
      if ((await scope.run(signedIn, { part: at.id, member }))[0]?.signedIn) continue;
      await signInSteps.start(
        context,
        step,
        {
          owner,
          visibility,
          parties,
          subjects,
          attendance: id,
          consultation: meeting.id,
          organization: meeting.organization,
          part: at.id,
          member,
          way: 'ENTERED',
          scannedAt: at.starts,
          receivedAt: new Date().toISOString(),
          late: false,
        },
        {},
      );
    }
  }
}
