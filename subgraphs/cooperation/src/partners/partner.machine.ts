import { machine } from '@hub/workflow';

/** 合作方: from being invited to having left. The initiator takes part from the beginning and is asked nothing. */
export const partnerMachine = machine({
  record: 'CooperationPartner',
  duty: 'meetings',
  zh: '合作方',
  states: {
    INVITED: { zh: '已邀请', en: 'asked, and has not answered' },
    ACCEPTED: { zh: '已参加', en: 'takes part' },
    DECLINED: { zh: '已谢绝', en: 'declined' },
    LEFT: { zh: '已退出', en: 'took part, and left' },
    WITHDRAWN: { zh: '邀请已撤回', en: 'the invitation was withdrawn' },
  },
  steps: {
    inviteCooperationPartner: {
      from: [],
      to: 'INVITED',
      by: ['STAFF'],
      zh: '邀请合作方',
      en: 'invite',
      asks: ['committee', 'role'],
    },
    acceptCooperation: {
      from: ['INVITED'],
      to: 'ACCEPTED',
      by: ['PARTNER'],
      zh: '接受邀请',
      en: 'accept',
      asks: [],
      awaited: ['INVITED'],
    },
    declineCooperation: {
      from: ['INVITED'],
      to: 'DECLINED',
      by: ['PARTNER'],
      zh: '谢绝邀请',
      en: 'decline',
      asks: ['reason'],
    },
    leaveCooperation: {
      from: ['ACCEPTED'],
      to: 'LEFT',
      by: ['PARTNER'],
      zh: '退出合作',
      en: 'leave',
      asks: ['reason'],
    },
    withdrawCooperationInvitation: {
      from: ['INVITED'],
      to: 'WITHDRAWN',
      by: ['STAFF'],
      zh: '撤回邀请',
      en: 'withdraw the invitation',
      asks: ['reason'],
    },
  },
});
