import { fileTypeDefs } from '@hub/files';
import { referringTypeDefs } from '@hub/references';
import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { agendaResolvers } from './agenda/resolvers.ts';
import { attendanceResolvers } from './attendance/resolvers.ts';
import { audienceResolvers } from './audiences/resolvers.ts';
import { bookResolvers } from './books/resolvers.ts';
import { calendarResolvers } from './calendar/resolvers.ts';
import { calendarFeedResolvers } from './calendar-feeds/resolvers.ts';
import { consultationResolvers } from './consultations/resolvers.ts';
import { createContext } from './context.ts';
import { cooperationAudienceResolvers } from './cooperation-audiences/resolvers.ts';
import { correctionResolvers } from './corrections/resolvers.ts';
import { discussionResolvers } from './discussions/resolvers.ts';
import { dutyFeedResolvers } from './duty-feed/resolvers.ts';
import { enteredResolvers } from './entered/resolvers.ts';
import { factsAsRows } from './facts.ts';
import { fileResolvers } from './files/resolvers.ts';
import { followUpResolvers } from './followups/resolvers.ts';
import { jointPlanResolvers } from './joint-plans/resolvers.ts';
import { linkedActionResolvers } from './linked-actions/resolvers.ts';
import { nomineeResolvers } from './nominees/resolvers.ts';
import { outcomeResolvers } from './outcomes/resolvers.ts';
import { paperResolvers } from './papers/resolvers.ts';
import { planResolvers } from './plans/resolvers.ts';
import { problemResolvers } from './problems/resolvers.ts';
import { referring } from './references/resolvers.ts';
import { referralResolvers } from './referrals/resolvers.ts';
import { settingResolvers } from './settings/resolvers.ts';
import { speechResolvers } from './speeches/resolvers.ts';
import { submissionResolvers } from './submissions/resolvers.ts';
import { suggestionResolvers } from './suggestions/resolvers.ts';
import * as tables from './tables.ts';
import { taskResolvers } from './tasks/resolvers.ts';

/** 协商与监督: annual plans, consultations of every kind, suggestions and what each side made of them. */
export const consultations = defineSubgraph({
  name: 'consultations',
  folder: import.meta.url,
  features: [
    'settings',
    'consultations',
    'agenda',
    'calendar',
    'joint-plans',
    'nominees',
    'attendance',
    'entered',
    'speeches',
    'suggestions',
    'outcomes',
    'followups',
    'audiences',
    'corrections',
    'plans',
    'submissions',
    'files',
    'papers',
    'books',
    'discussions',
    'linked-actions',
    'problems',
    'referrals',
    'tasks',
    'duty-feed',
    'calendar-feeds',
    'cooperation-audiences',
  ],
  typeDefs: [fileTypeDefs, referringTypeDefs],
  tables,
  upkeep: tables.upkeep,
  resolvers: mergeResolvers(
    settingResolvers,
    consultationResolvers,
    agendaResolvers,
    calendarResolvers,
    jointPlanResolvers,
    nomineeResolvers,
    attendanceResolvers,
    enteredResolvers,
    speechResolvers,
    suggestionResolvers,
    outcomeResolvers,
    followUpResolvers,
    audienceResolvers,
    correctionResolvers,
    planResolvers,
    submissionResolvers,
    fileResolvers,
    paperResolvers,
    bookResolvers,
    discussionResolvers,
    linkedActionResolvers,
    problemResolvers,
    referralResolvers,
    taskResolvers,
    dutyFeedResolvers,
    calendarFeedResolvers,
    cooperationAudienceResolvers,
    referring,
  ),
  createContext,
  factsAsRows,
});
