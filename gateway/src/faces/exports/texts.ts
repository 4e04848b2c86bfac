/** What each format has no plain way for in a text, written so that its readers find the same text again. */

/** What anybody takes for the end of a line, whatever a format says. */
const ending = '\\n\\v\\f\\r\\u001c-\\u001e\\u0085\\u2028\\u2029';
/** What spreadsheets run, or take for the start of a number, in each width that Unicode has of it. */
const start = '=+\\-@⁺⁼₊₌−﹢﹣﹦﹫＋－＝＠';
const formulas = new RegExp(`(^|[${ending}])(?='*[\\t\\p{Zs}\\p{Cf}]*[${start}])|^(?=[\\t\\r\\n])`, 'gu');

/**
 * A text in which no line would be run, however a program cuts it into lines: an apostrophe stands before each that would, and
 * before each that has such apostrophes already, so that one of them can be taken away again.
 * @see csv-stringify's `escape_formulas`, which looks at the first character of a cell alone
 */
export const withoutFormulas = (text: string): string => text.replace(formulas, "$1'");

/** JSON in one line for whoever cuts lines as Unicode has them. */
export const inOneLine = (json: string): string => json.replace(/[\u0085\u2028\u2029]/g, escapedInJson);
const escapedInJson = (character: string) => `\\u${hexadecimal(character)}`;

/** What XML has no character for, or reads as another one; by ECMA-376 (ST_Xstring) it is `_xHHHH_`. */
const notInXml = '\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff\\p{Cs}';
const likeEscapes = new RegExp(`_(?=x[\\da-fA-F]{4}[_${notInXml}])`, 'gu');
const unwritable = new RegExp(`[${notInXml}]`, 'gu');
const escapedInCell = (character: string) => `_x${hexadecimal(character).toUpperCase()}_`;

/** UTF-16 units that a cell holds. */
const cellUnits = 32_767;

/** A text as a cell of a workbook holds it: as far as there is room, which is then told at its end. */
export function inCell(text: string): string {
  return cut(text).replace(likeEscapes, '_x005F_').replace(unwritable, escapedInCell);
}

function cut(text: string): string {
  if (text.length <= cellUnits) return text;
  const told = `……【共 ${text.length} 个字符，单元格容不下，全文见 jsonl 或 csv 格式 · cut: all ${text.length} characters are in jsonl and csv】`;
  const kept = text.slice(0, cellUnits - told.length);
  return `${kept.replace(/[\ud800-\udbff]$/, '')}${told}`;
}

const hexadecimal = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0');
