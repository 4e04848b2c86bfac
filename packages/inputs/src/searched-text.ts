/**
 * A text as it is searched: what people write in several ways is written in one. It stands as a function here, for what is searched in
 * memory, and as SQL, for what PostgreSQL searches; a test holds the two equal, character by character.
 */

/** Code points that show nothing where a text is shown: controls that end no line, and what Unicode ignores by default. */
const ignored: readonly (readonly [from: number, until: number])[] = [
  [0x01, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

/** Spaces and ends of lines that NFKC leaves as they are. */
const spaces: typeof ignored = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0x85, 0x85],
  [0x1680, 0x1680],
  [0x2028, 0x2029],
];

/** What Chinese is written with, after NFKC: radicals, ideographs, kana and the signs between them that are letters. */
const ideographs: typeof ignored = [
  [0x2e80, 0x2fd5],
  [0x3005, 0x3007],
  [0x3021, 0x3029],
  [0x3041, 0x30fa],
  [0x30fc, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x3ffff],
];

/**
 * Characters that are taken for one another, each with what is kept for it: dots between the parts of a name, dashes, quotation
 * marks, zeros, Latin letters as Cyrillic and Greek have them, and radicals that a PDF gives in place of the character
 * (Unicode's EquivalentUnifiedIdeograph; NFKC knows of the others).
 */
const lookAlikes: readonly (readonly [these: string, one: string])[] = [
  ['.•‧∙⋅・･。｡˙●⸱ꞏᐧ‣', '·'],
  ['‐‑‒–—―−﹘⁃', '-'],
  ['‘’‚‛′`´ʹʻʼ', "'"],
  ['“”„‟″«»「」『』', '"'],
  ['〜∼～', '~'],
  ['○◯', '〇'],
  ['АВЕКМНОРСТУХІЈЅ', 'ABEKMHOPCTYXIJS'],
  ['аеорсухіјѕ', 'aeopcyxijs'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
  ['ο', 'o'],
  [
    '⺁⺇⺌⺎⺓⺟⺠⺩⺫⺬⺰⺶⻁⻂⻄⻅⻆⻉⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳',
    '厂几小兀幺母民王目示纟羊虎衤西见角贝车长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟',
  ],
];

const [from, to] = lookAlikes.reduce(
  ([these, ones], [alike, one]) => {
    const characters = [...alike];
    const kept = [...one];
    return [
      [...these, ...characters],
      [...ones, ...characters.map((_, at) => kept[kept.length === 1 ? 0 : at] ?? '')],
    ];
  },
  [[], []] as [string[], string[]],
);
const oneFor = new Map(from.map((character, at) => [character, to[at] ?? '']));

type Ranges = typeof ignored;
const inJavaScript = (...sets: readonly Ranges[]) =>
  sets
    .flat()
    .map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`)
    .join('');
const inPostgres = (...sets: readonly Ranges[]) =>
  sets
    .flat()
    .map(([first, last]) => [first, last].map((code) => `\\U${code.toString(16).padStart(8, '0')}`).join('-'))
    .join('');

const shownNowhere = new RegExp(`[${inJavaScript(ignored)}]+`, 'gu');
const anySpaces = new RegExp(`[${inJavaScript(spaces)}]+`, 'gu');
const dotWithin = new RegExp(`(?<=[${inJavaScript(ideographs)}]) ?· ?(?=[${inJavaScript(ideographs)}])`, 'gu');
const spaceBeside = new RegExp(`(?<=[${inJavaScript(ideographs)}]) | (?=[${inJavaScript(ideographs)}])`, 'gu');

/**
 * A text as it is searched: NFKC without what shows nothing, look-alikes as one of them, in small letters (A to Z), each stretch of white
 * space as one space and none beside an ideograph, no dot between two of them. Empty where nothing is left.
 */
export function searchedText(given: string): string {
  return given
    .replace(shownNowhere, '')
    .normalize('NFKC')
    .replace(/./gsu, (character) => oneFor.get(character) ?? character)
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(anySpaces, ' ')
    .replace(dotWithin, '')
    .replace(spaceBeside, '')
    .replace(/^ +| +$/g, '');
}

/** What ends a word: ASCII's and Latin's signs, general punctuation, that of Chinese; of the text as it is searched. */
const signs: typeof ignored = [
  [0x01, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0xa9],
  [0xab, 0xb9],
  [0xbb, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2000, 0x206f],
  [0x3000, 0x3004],
  [0x3008, 0x3020],
  [0x3030, 0x3030],
  [0xfe30, 0xfe6f],
];
/** What a word that is being typed may begin or end with: the dot of a name, a comma of a list. */
const around = '^[ ·,、]+|[ ·,、]+$';

/** What is looked for in texts as they are searched: a name is there before its dot is typed, and after it. */
export const searchedWord = (given: string): string => searchedText(given).replace(new RegExp(around, 'gu'), '');

/** {@link searchedWord} of a text in SQL. */
export const searchedWordSql = (given: string): string =>
  `pg_catalog.regexp_replace(${searchedTextSql(given)}, ${literal(around)}, '', 'g')`;

/** {@link signs} as a class of characters in PostgreSQL's patterns. */
export const signsSql = `[${inPostgres(signs)}]`;

const signsAlone = new RegExp(`^[${inJavaScript(signs)}]+$`, 'u');

/** Whether something of a text can be looked for, or there is no text: signs alone stand in no index. */
export const isSearchable = (given: string): boolean => !signsAlone.test(searchedText(given));

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** {@link searchedText} of a text in SQL. */
export function searchedTextSql(given: string): string {
  const without = (text: string, pattern: string, by = '') =>
    `pg_catalog.regexp_replace(${text}, ${literal(pattern)}, ${literal(by)}, 'g')`;
  const shown = without(given, `[${inPostgres(ignored)}]+`);
  const one = `pg_catalog.translate(normalize(${shown}, nfkc), ${literal(from.join(''))}, ${literal(to.join(''))})`;
  const small = `pg_catalog.lower(${one} collate "C")`;
  const ideograph = `[${inPostgres(ideographs)}]`;
  const dotless = without(without(small, `[${inPostgres(spaces)}]+`, ' '), `(?<=${ideograph}) ?· ?(?=${ideograph})`);
  return `pg_catalog.btrim(${without(dotless, `(?<=${ideograph}) | (?=${ideograph})`)}, ' ')`;
}
