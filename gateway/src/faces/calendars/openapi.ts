import { errors, inPath, type Operation } from '../openapi/operation.ts';

export const calendarDescription: Operation = {
  operationId: 'readCalendar',
  summary: '日历订阅: a calendar feed (RFC 5545) by its secret address',
  parameters: [inPath('file', '地址: the secret, and `.ics`')],
  responses: {
    200: { description: '日历', content: { 'text/calendar': { schema: { type: 'string' } } } },
    304: { description: 'known by its `ETag`' },
    ...errors('NOT_FOUND', 'NOT_ACCEPTABLE', 'SUBGRAPH_UNAVAILABLE'),
  },
};
