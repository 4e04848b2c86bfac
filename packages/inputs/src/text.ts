/** What PostgreSQL keeps in no text (NUL), and what is no character of any (halves of pairs, noncharacters): no format can carry it on. */
const unreadable = /[\0\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Whether a text is made of characters. */
export const isReadable = (text: string): boolean => !unreadable.test(text);

/**
 * What shows nothing: spaces, controls, what is ignored where it is shown (zero-width characters, marks of direction, variation
 * selectors, Hangul fillers, tags), the marks of ruby, and the two that are drawn as nothing.
 */
const unseen = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFB\u2800\u{1D159}]+/gu;

/** Controls, but for tabs and ends of lines, and what turns the direction of all that stands after it: by them a screen shows another text than the one that is there. */
const misleading = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** Ends of lines and pages as other programs write them. */
const lineEnds = /[\v\f\u0085\u2028\u2029]/g;

/** What ends a line or leaps to a column. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** A text of several lines as it is kept: without the spaces around it and what misleads who reads it, and empty where nothing of it can be seen. */
export function keptText(given: string): string {
  return given.replace(unseen, '') === '' ? '' : given.replace(lineEnds, '\n').replace(misleading, '').trim();
}

/** {@link keptText} of a text of one line: whatever breaks it is a space. */
export const keptLine = (given: string): string => keptText(given.replace(breaks, ' '));
