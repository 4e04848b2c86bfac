import { machine } from '@hub/workflow';

/** 读书记录: what one member reads. */
export const bookReadingMachine = machine({
  record: 'BookReading',
  duty: 'meetings',
  zh: '读书记录',
  states: {
    READING: { zh: '在读', en: 'reading' },
    FINISHED: { zh: '已读', en: 'read' },
  },
  steps: {
    startReading: { from: [], to: 'READING', by: ['MEMBER'], zh: '开始阅读', en: 'start', asks: ['book'] },
    finishReading: { from: ['READING'], to: 'FINISHED', by: ['AUTHOR'], zh: '读完', en: 'finish', asks: [] },
    writeReadingNote: {
      from: ['READING', 'FINISHED'],
      to: 'FINISHED',
      by: ['AUTHOR'],
      zh: '写读书心得',
      en: 'write a note, having read it',
      asks: ['note'],
    },
  },
});
