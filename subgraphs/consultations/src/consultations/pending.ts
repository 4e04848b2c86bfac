import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import { lastEnd } from './parts.ts';
import { consultationSteps } from './steps.ts';
import type { Consultation } from './store.ts';

/** What several agreed on is changed and called off in their plan. */
const ofThePlan: ReadonlySet<string> = new Set(['scheduleConsultation', 'cancelConsultation', 'setAgenda']);
const ofTheDay: ReadonlySet<string> = new Set(['recordConsultationHeld', 'recordConsultationNotHeld']);
/** What every host says of joint work, whoever leads. */
const ofAnyHost: ReadonlySet<string> = new Set([...ofTheDay, 'objectToConsultationRecord']);

/** The steps that the one who asks may take now: no more than is allowed, of joint work what a host may. */
export async function pendingOfConsultation(row: Consultation, _: unknown, context: Context) {
  const { actor, consultations, jointPlans } = context;
  const hosts = (await consultations.hostsOfConsultation.load(row.id)).map(({ committee }) => committee);
  const side = actor.kind === 'STAFF' && hosts.includes(actor.committee) ? actor.committee : row.owner;
  const open = (await consultationSteps.pending(context, { ...row, owner: side })).filter(
    ({ step }) => side === row.owner || ofAnyHost.has(step),
  );
  if (open.length === 0) return [];
  const [plan] = await jointPlans.planOfConsultation.load(row.id);
  const agreed = plan !== undefined && ['CONFIRMED', 'CONCLUDED'].includes(plan.status);
  const ends = lastEnd(await consultations.partsOfConsultation.load(row.id));
  const isOver = ends === null ? row.heldUntil <= today() : ends <= Date.now();
  return open.filter(({ step, due }) => {
    if (step === 'objectToConsultationRecord')
      return hosts.length > 1 && (row.recordedBy ?? row.owner) !== side && due !== null && due >= today();
    // What waits for its day is told with it; what is not to be recorded before is not offered.
    if (step === 'recordConsultationNotHeld' || (agreed && ofTheDay.has(step))) return isOver;
    return !(agreed && ofThePlan.has(step));
  });
}
