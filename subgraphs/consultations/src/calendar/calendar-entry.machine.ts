import { machine } from '@hub/workflow';

/** 日程: what the office enters by hand. Entries of consultations and joint plans follow those by themselves. */
export const calendarEntryMachine = machine({
  record: 'CalendarEntry',
  duty: 'meetings',
  zh: '日程',
  states: {
    CONFIRMED: { zh: '已确定', en: 'stands' },
    CANCELLED: { zh: '已取消', en: 'cancelled' },
  },
  steps: {
    addCalendarEntry: {
      from: [],
      to: 'CONFIRMED',
      by: ['STAFF'],
      zh: '登记日程',
      en: 'enter a time by hand',
      asks: ['title', 'starts', 'ends'],
    },
    changeCalendarEntry: {
      from: ['CONFIRMED'],
      to: null,
      by: ['STAFF'],
      zh: '修改日程',
      en: 'change it, or whether it blocks',
      asks: [],
    },
    cancelCalendarEntry: {
      from: ['CONFIRMED'],
      to: 'CANCELLED',
      by: ['STAFF'],
      zh: '取消日程',
      en: 'cancel',
      asks: [],
    },
  },
});
