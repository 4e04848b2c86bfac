import { machine } from '@hub/workflow';

/** 签到: that a member was there at a part of a consultation. */
export const signInMachine = machine({
  record: 'SignIn',
  duty: 'meetings',
  zh: '签到',
  states: {
    SIGNED_IN: { zh: '已签到', en: 'signed in' },
    VOIDED: { zh: '已作废', en: 'found to be false, with a reason' },
  },
  steps: {
    signIn: {
      from: [],
      to: 'SIGNED_IN',
      by: ['MEMBER'],
      zh: '扫会议码签到',
      en: 'sign in by the code of the part',
      asks: [],
    },
    scanDutyCode: {
      from: [],
      to: 'SIGNED_IN',
      by: ['STAFF', 'CONVENOR'],
      zh: '扫履职码签到',
      en: 'sign a member in by their duty code',
      asks: [],
    },
    enterHeldConsultation: {
      from: [],
      to: 'SIGNED_IN',
      by: ['STAFF'],
      zh: '随补录活动登记到会',
      en: 'be entered with a consultation that took place',
      asks: [],
    },
    recordConsultationHeldAfterwards: {
      from: [],
      to: 'SIGNED_IN',
      by: ['STAFF'],
      zh: '随补登已举办登记到会',
      en: 'be entered with a planned consultation that took place',
      asks: [],
    },
    enterAttendance: { from: [], to: 'SIGNED_IN', by: ['STAFF'], zh: '补录到会', en: 'be entered later', asks: [] },
    voidSignIn: {
      from: ['SIGNED_IN'],
      to: 'VOIDED',
      by: ['STAFF'],
      zh: '签到作废',
      en: 'void a false sign-in',
      asks: ['reason'],
    },
  },
});
