import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { recordAgendaItemResult, recordDecision, setAgenda } from './steps.ts';
import type { AgendaItem, Decision } from './store.ts';

interface Stub {
  readonly id: string;
}
const consultationOf = ({ consultation }: AgendaItem | Decision, _: unknown, { consultations }: Context) =>
  consultations.consultations.load(consultation);
const read = (id: string, { consultations }: Context) => consultations.consultations.load(id);

export const agendaResolvers: Resolvers = {
  Consultation: {
    agenda: ({ id }: Stub, _, { agenda }: Context) => agenda.itemsOfConsultation.load(id),
    decisions: ({ id }: Stub, _, { agenda }: Context) => agenda.decisionsOfConsultation.load(id),
  },
  AgendaItem: {
    __resolveReference: ({ id }: Stub, { agenda }: Context) => agenda.items.load(id),
    consultation: consultationOf,
    presentingMember: async ({ id }: AgendaItem, _, { agenda }: Context) => {
      const [presenter] = await agenda.presenterOfItem.load(id);
      return presenter ? { id: presenter.member } : null;
    },
    decisions: ({ id }: AgendaItem, _, { agenda }: Context) => agenda.decisionsOfItem.load(id),
  },
  Decision: {
    __resolveReference: ({ id }: Stub, { agenda }: Context) => agenda.decisions.load(id),
    consultation: consultationOf,
    agendaItem: ({ agendaItem }: Decision, _, { agenda }: Context) =>
      agendaItem === null ? null : agenda.items.load(agendaItem),
    vote: ({ votesFor, votesAgainst, abstentions }: Decision) =>
      votesFor === null ? null : { for: votesFor, against: votesAgainst, abstained: abstentions },
  },
  Mutation: {
    setAgenda: mutation('consultation', setAgenda, read),
    recordAgendaItemResult: mutation('consultation', recordAgendaItemResult, read),
    recordDecision: mutation('consultation', recordDecision, read),
  },
};
