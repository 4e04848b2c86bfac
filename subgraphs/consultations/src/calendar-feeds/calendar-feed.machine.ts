import { machine } from '@hub/workflow';

/** 日历订阅: an address that calendars subscribe to, until it is ended. */
export const calendarFeedMachine = machine({
  record: 'CalendarFeed',
  duty: 'meetings',
  zh: '日历订阅',
  states: {
    OPEN: { zh: '使用中', en: 'its address is good' },
    ENDED: { zh: '已停用', en: 'its address is good no more' },
  },
  steps: {
    openCalendarFeed: {
      from: [],
      to: 'OPEN',
      by: ['STAFF', 'MEMBER'],
      zh: '开通日历订阅',
      en: 'open, and be told its address once',
      asks: ['label'],
    },
    renewCalendarFeed: {
      from: ['OPEN'],
      to: null,
      by: ['STAFF', 'AUTHOR'],
      zh: '更换订阅地址',
      en: 'take another address in place of the one that is known to too many, or to nobody any more',
      asks: [],
    },
    endCalendarFeed: { from: ['OPEN'], to: 'ENDED', by: ['STAFF', 'AUTHOR'], zh: '停用日历订阅', en: 'end', asks: [] },
  },
});
