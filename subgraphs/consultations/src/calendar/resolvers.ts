import type { Actor } from '@hub/access';
import { connectionResolvers, type PageArguments } from '@hub/connections';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { commonFreeSlots, daysBetween, type FreeSlotsRequest, freeBusy } from './free-times.ts';
import { addCalendarEntry, calendarEntrySteps, cancelCalendarEntry, changeCalendarEntry } from './steps.ts';
import type { CalendarEntry } from './store.ts';

interface Stub {
  readonly id: string;
}
/** Whoever plans meetings with other committees. */
const plansMeetings = (actor: Actor) => actor.kind === 'STAFF' && actor.duties.includes('meetings');
const read = (id: string, { calendar }: Context) => calendar.entries.load(id);

export const calendarResolvers: Resolvers = {
  Query: {
    calendarEntry: (_, { id }: Stub, context: Context) => read(id, context),
    freeBusy: (_, args: { committees: readonly string[]; from: string; until: string }, { actor, scope }: Context) =>
      plansMeetings(actor) ? freeBusy(scope, args) : null,
    commonFreeSlots: (_, args: FreeSlotsRequest, context: Context) =>
      plansMeetings(context.actor) ? commonFreeSlots(context, args) : null,
  },
  Committee: {
    calendar: (
      { code }: Committee,
      { from, until, ...page }: PageArguments & { from: string; until: string },
      { calendar }: Context,
    ) => {
      const last = daysBetween(from, until).at(-1) ?? until;
      const end = new Date(Date.parse(`${last}T00:00:00+08:00`) + 86_400_000).toISOString();
      return calendar.ofCommittee(currentCode(code), `${from}T00:00:00+08:00`, end, page);
    },
  },
  CalendarEntry: {
    __resolveReference: ({ id }: Stub, context: Context) => read(id, context),
    committee: ({ owner }: CalendarEntry) => committeeByCode(owner),
    consultation: ({ consultation }: CalendarEntry, _, { consultations }: Context) =>
      consultation === null ? null : consultations.consultations.load(consultation),
    part: ({ part }: CalendarEntry, _, { consultations }: Context) =>
      part === null ? null : consultations.parts.load(part),
    events: calendarEntrySteps.fields.events,
    pendingSteps: (entry: CalendarEntry, _, context: Context) =>
      entry.kind === 'BLOCK' ? calendarEntrySteps.pending(context, entry) : [],
  },
  FreeBusy: {
    committee: ({ committee }: { committee: string }) => committeeByCode(committee),
  },
  CalendarEntryConnection: connectionResolvers,
  Mutation: {
    addCalendarEntry: mutation('calendarEntry', addCalendarEntry, read),
    changeCalendarEntry: mutation('calendarEntry', changeCalendarEntry, read),
    cancelCalendarEntry: mutation('calendarEntry', cancelCalendarEntry, read),
  },
};
