export { isDay, isInstant, isPartialDate } from './calendar.ts';
export { isId } from './id.ts';
export { webAddress } from './link.ts';
export {
  isSearchable,
  searchedText,
  searchedTextSql,
  searchedWord,
  searchedWordSql,
  signsSql,
} from './searched-text.ts';
export { isReadable, keptLine, keptText } from './text.ts';
