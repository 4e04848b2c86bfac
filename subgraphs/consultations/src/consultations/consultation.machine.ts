import { type Doer, type Machine, machine } from '@hub/workflow';

/** 协商活动: from the plan, or a convenor's proposal, to being held or not. */
export const consultationMachine = machine({
  record: 'Consultation',
  duty: 'meetings',
  zh: '协商活动',
  states: {
    PROPOSED: { zh: '待审定', en: 'proposed by a convenor' },
    DECLINED: { zh: '未采用', en: 'a proposal that was declined' },
    PLANNED: { zh: '已列计划', en: 'planned and no more' },
    SCHEDULED: { zh: '已排期', en: 'with a date to come' },
    HELD: { zh: '已举办', en: 'held' },
    NOT_HELD: { zh: '未举办', en: 'planned, and not held' },
    CANCELLED: { zh: '已取消', en: 'cancelled' },
  },
  steps: {
    proposeConsultation: {
      from: [],
      to: 'PROPOSED',
      by: ['CONVENOR'],
      zh: '召集人提出活动',
      en: 'propose, as the convenor of a sector or group',
      // Not its organization: events are read by those who may not see that.
      asks: ['title'],
    },
    planConsultation: { from: [], to: 'PLANNED', by: ['STAFF'], zh: '列入计划', en: 'plan', asks: ['title'] },
    acceptConsultation: {
      from: ['PROPOSED'],
      to: 'PLANNED',
      by: ['STAFF'],
      zh: '审定采用',
      en: 'accept a proposal',
      asks: [],
      awaited: ['PROPOSED'],
    },
    declineConsultation: {
      from: ['PROPOSED'],
      to: 'DECLINED',
      by: ['STAFF'],
      zh: '不予采用',
      en: 'decline a proposal',
      asks: ['reason'],
    },
    scheduleConsultation: {
      from: ['PLANNED', 'SCHEDULED'],
      to: 'SCHEDULED',
      by: ['STAFF', 'CONVENOR'],
      zh: '排期或改期',
      en: 'set or change date, place and parts',
      asks: ['parts'],
      awaited: ['PLANNED'],
    },
    announceConsultation: {
      from: ['SCHEDULED'],
      to: 'SCHEDULED',
      by: ['STAFF', 'CONVENOR'],
      zh: '发出通知',
      en: 'send the notice and open the sign-up',
      asks: [],
      awaited: ['SCHEDULED'],
      deadline: { setting: 'noticeWorkingDays', unit: 'WORKING_DAYS', counts: { before: 'heldFrom' } },
    },
    recordConsultationHeld: {
      from: ['SCHEDULED'],
      to: 'HELD',
      by: ['STAFF', 'CONVENOR'],
      zh: '登记已举办',
      en: 'record that it was held',
      asks: [],
      awaited: ['SCHEDULED'],
    },
    setOnlineMeeting: {
      from: ['SCHEDULED'],
      to: 'SCHEDULED',
      by: ['STAFF', 'CONVENOR'],
      zh: '设置线上会议室',
      en: 'set the room of an online meeting',
      // The link is for those who take part, and events are read by whoever sees the consultation.
      asks: [],
    },
    recordAgendaItemResult: {
      from: ['HELD'],
      to: 'HELD',
      by: ['STAFF', 'CONVENOR'],
      zh: '登记议程结果',
      en: 'record how an agenda item ended',
      asks: ['agendaItem', 'result'],
    },
    recordDecision: {
      from: ['HELD'],
      to: 'HELD',
      by: ['STAFF'],
      zh: '登记决定、决议',
      en: 'record a decision or resolution',
      asks: ['title'],
    },
    recordConsultationNotHeld: {
      from: ['PLANNED', 'SCHEDULED'],
      to: 'NOT_HELD',
      by: ['STAFF'],
      zh: '登记未举办',
      en: 'record that it was not held',
      asks: ['reason'],
    },
    cancelConsultation: {
      from: ['PROPOSED', 'PLANNED', 'SCHEDULED'],
      to: 'CANCELLED',
      by: ['STAFF'],
      zh: '取消',
      en: 'cancel',
      asks: ['reason'],
    },
  },
});

export type ConsultationState = keyof typeof consultationMachine.states;

/** Steps that leave a consultation in its state, whichever of theirs it is. */
const staying: Readonly<
  Record<
    string,
    {
      readonly from: readonly ConsultationState[];
      readonly by: readonly Doer[];
      readonly zh: string;
      readonly en: string;
      readonly asks: readonly string[];
    }
  >
> = {
  updateConsultation: {
    from: ['PROPOSED', 'PLANNED', 'SCHEDULED', 'HELD', 'NOT_HELD', 'CANCELLED'],
    by: ['STAFF', 'CONVENOR'],
    zh: '修改基本信息',
    en: 'change its title, topics, place or who may see it',
    asks: [],
  },
  setAgenda: {
    from: ['PLANNED', 'SCHEDULED', 'HELD'],
    by: ['STAFF', 'CONVENOR'],
    zh: '安排议程',
    en: 'set the agenda',
    // Not its items: they name members whom not everybody may see.
    asks: [],
  },
};

/** The machine as it is for a consultation in a state: with the steps that leave it there. */
export function consultationMachineIn(state: ConsultationState): Machine {
  const here = Object.entries(staying).map(([name, step]) => [
    name,
    { ...step, from: step.from.includes(state) ? [state] : step.from, to: state },
  ]);
  return { ...consultationMachine, steps: { ...consultationMachine.steps, ...Object.fromEntries(here) } };
}
