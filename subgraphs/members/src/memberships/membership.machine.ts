import { machine } from '@hub/workflow';

/** 委员资格: a member in one term, from the nomination until it ends. */
export const membershipMachine = machine({
  record: 'Membership',
  duty: 'members',
  zh: '委员资格（按届）',
  states: {
    NOMINATED: { zh: '已提名', en: 'nominated' },
    APPROVED: { zh: '已协商通过', en: 'agreed by the standing committee' },
    DECLINED: { zh: '未通过', en: 'not agreed' },
    SUSPENDED: { zh: '暂停履职', en: 'suspended' },
    ENDED: { zh: '资格终止', en: 'ended' },
  },
  steps: {
    nominateMember: { from: [], to: 'NOMINATED', by: ['STAFF'], zh: '提名', en: 'nominate', asks: [] },
    appointMember: {
      from: [],
      to: 'APPROVED',
      by: ['STAFF'],
      zh: '增补委员',
      en: 'appoint at once, in mid-term',
      asks: ['decision', 'decided'],
    },
    approveMembership: {
      from: ['NOMINATED'],
      to: 'APPROVED',
      by: ['STAFF'],
      zh: '协商通过',
      en: 'record that the standing committee agreed',
      asks: ['decision', 'decided'],
    },
    declineMembership: {
      from: ['NOMINATED'],
      to: 'DECLINED',
      by: ['STAFF'],
      zh: '未予通过',
      en: 'record that it was not agreed',
      asks: ['reason'],
    },
    suspendMembership: {
      from: ['APPROVED'],
      to: 'SUSPENDED',
      by: ['STAFF'],
      zh: '暂停履职',
      en: 'suspend',
      asks: [],
    },
    resumeMembership: {
      from: ['SUSPENDED'],
      to: 'APPROVED',
      by: ['STAFF'],
      zh: '恢复履职',
      en: 'take up again',
      asks: [],
    },
    endMembership: {
      from: ['APPROVED', 'SUSPENDED'],
      to: 'ENDED',
      by: ['STAFF'],
      zh: '终止委员资格',
      en: 'end it, by resignation, removal, death or transfer',
      asks: ['kind'],
    },
  },
});
