import { keptText } from '@hub/inputs';

/** Characters of a name. */
const longest = 200;

// Besides what is no character and controls, those that turn the direction of writing: by them fdp.exe reads as exe.pdf.
const unwanted = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A file's name as it may be kept: without invisible characters, and not too long; its ending stays.
 * @param given without folders: the parser of forms leaves them out
 */
export function cleanFileName(given: string): string {
  const cleaned = given.replace(unwanted, '').normalize('NFC').trim();
  const type = /\.[^.]{1,20}$/.exec(cleaned)?.[0] ?? '';
  // Nobody would see what it is called.
  const name = keptText(cleaned.slice(0, cleaned.length - type.length)) === '' ? `file${type}` : cleaned;
  const characters = [...name];
  if (characters.length <= longest) return name;
  const ending = [...(/\.[^.]{1,20}$/.exec(name)?.[0] ?? '')];
  return [...characters.slice(0, longest - ending.length), ...ending].join('');
}

/**
 * `Content-Disposition` of a file that is to be kept and not shown (RFC 6266): its name as in RFC 8187, and for what reads no
 * such the same in ASCII, with `_` for what has no place there.
 */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const plain = name.replace(/[^ -~]|["\\%/]/gu, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
