import { machine } from '@hub/workflow';

/** 联名邀请: of a topic's author to a member, who is a co-author once they accept. */
export const coAuthorMachine = machine({
  record: 'CoAuthor',
  duty: 'meetings',
  zh: '联名邀请',
  states: {
    INVITED: { zh: '待答复', en: 'asked to write along' },
    ACCEPTED: { zh: '已同意', en: 'writes along' },
    DECLINED: { zh: '已谢绝', en: 'declined' },
    WITHDRAWN: { zh: '已撤回', en: 'no longer asked' },
  },
  steps: {
    inviteCoAuthor: { from: [], to: 'INVITED', by: ['AUTHOR'], zh: '邀请联名', en: 'ask', asks: ['member'] },
    acceptCoAuthorInvitation: {
      from: ['INVITED'],
      to: 'ACCEPTED',
      by: ['MEMBER'],
      zh: '同意联名',
      en: 'accept, as the member who was asked',
      asks: [],
      awaited: ['INVITED'],
    },
    declineCoAuthorInvitation: {
      from: ['INVITED'],
      to: 'DECLINED',
      by: ['MEMBER'],
      zh: '谢绝联名',
      en: 'decline, as the member who was asked',
      asks: [],
    },
    withdrawCoAuthorInvitation: {
      from: ['INVITED'],
      to: 'WITHDRAWN',
      by: ['AUTHOR'],
      zh: '撤回联名邀请',
      en: 'withdraw while it isn’t answered',
      asks: [],
    },
  },
});
