import { readFileSync } from 'node:fs';
import { userErrorKinds } from '@hub/errors';

export { changeGaps } from './change-places.ts';
export {
  type Connection,
  codeConnection,
  connection,
  connectionResolvers,
  searchedConnectionResolvers,
} from './connection.ts';
export { type DutyFactKind, dutyFeed } from './duty-feed.ts';
export { rowById, rowsByKey } from './keyed.ts';
export { type Conditions, type Filter, filterBy, type List, ListReader, list, noFilter, type RowOf } from './list.ts';
export { maximumPage, type PageArguments } from './page.ts';
export { type CodeRange, frequent, rangedList } from './ranged.ts';
export { type RecordType, recordChanges, recordTypes } from './record-changes.ts';

const userErrorCodes = Object.entries(userErrorKinds).map(([code, { zh, en }]) => `  "${zh} ${en}"\n  ${code}`);

/** The one copy of the types that every subgraph shares. */
export const sharedTypeDefs = `${readFileSync(new URL('../shared.graphql', import.meta.url), 'utf8')}
"业务错误代码: a business rule that a request breaks; braces stand for what the message fills in."
enum UserErrorCode {
${userErrorCodes.join('\n')}
}
`;
