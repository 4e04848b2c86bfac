import { machine } from '@hub/workflow';

/** 书目: a book on a committee's reading list (i读书). */
export const bookMachine = machine({
  record: 'Book',
  duty: 'meetings',
  zh: '书目',
  states: {
    PROPOSED: { zh: '委员荐书', en: 'proposed by a member' },
    LISTED: { zh: '在读书单', en: 'on the reading list' },
    DECLINED: { zh: '未采用', en: 'declined' },
    CLOSED: { zh: '已下架', en: 'no longer on the list' },
  },
  steps: {
    proposeBook: { from: [], to: 'PROPOSED', by: ['MEMBER'], zh: '荐书', en: 'propose a book', asks: ['title'] },
    listBook: { from: [], to: 'LISTED', by: ['STAFF'], zh: '列入书单', en: 'put on the list', asks: ['title'] },
    acceptBook: {
      from: ['PROPOSED'],
      to: 'LISTED',
      by: ['STAFF'],
      zh: '采用荐书',
      en: 'accept',
      asks: [],
      awaited: ['PROPOSED'],
    },
    declineBook: { from: ['PROPOSED'], to: 'DECLINED', by: ['STAFF'], zh: '不予采用', en: 'decline', asks: ['reason'] },
    closeBook: { from: ['LISTED'], to: 'CLOSED', by: ['STAFF'], zh: '下架', en: 'take off the list', asks: [] },
  },
});
