import { HubError } from '@hub/errors';
import { fileTypeFromBuffer } from 'file-type';
import { chunkBytes } from './store.ts';
import { entryNames } from './zip-directory.ts';

const pdf = 'application/pdf';
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const presentation = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

/** What may be uploaded: endings of names, and the media type that the content has to have. */
const mediaTypes = new Map([
  ['pdf', pdf],
  ['docx', word],
  ['xlsx', sheet],
  ['pptx', presentation],
  ['odt', 'application/vnd.oasis.opendocument.text'],
  ['ods', 'application/vnd.oasis.opendocument.spreadsheet'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['txt', 'text/plain'],
  ['csv', 'text/csv'],
]);

/** Where each kind of Office Open XML keeps its main part. */
const mainParts = new Map([
  [word, 'word/document.xml'],
  [sheet, 'xl/workbook.xml'],
  [presentation, 'ppt/presentation.xml'],
]);

// All but tab, line feed, form feed and carriage return.
const controls = /[^\P{Cc}\t\n\f\r]/u;

function refuse(): never {
  throw new HubError('UNSUPPORTED_FILE_TYPE', { accepted: [...mediaTypes.keys()].join(', ') });
}

/**
 * Holds a file, chunk by chunk, to the type that the ending of its name tells; the client's own word on it counts for
 * nothing. Throws UNSUPPORTED_FILE_TYPE as soon as the content is something else. Only after `end` is it certain.
 */
export class ContentCheck {
  readonly mediaType: string;
  #begun = false;
  readonly #text: InstanceType<typeof TextDecoder> | undefined;
  /** The last bytes of an office document whose beginning doesn't tell which it is. */
  #tail: Buffer | undefined;

  constructor(name: string) {
    this.mediaType = mediaTypes.get(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '') ?? refuse();
    if (this.mediaType.startsWith('text/')) this.#text = new TextDecoder('utf-8', { fatal: true });
  }

  async add(chunk: Buffer): Promise<void> {
    if (!this.#begun) await this.#begin(chunk);
    if (this.#text) this.#readText(chunk);
    if (this.#tail) this.#tail = Buffer.concat([this.#tail.subarray(-chunkBytes), chunk]);
  }

  end(): void {
    if (this.#text) this.#readText();
    if (this.#tail) this.#readDirectory(this.#tail);
  }

  async #begin(head: Buffer): Promise<void> {
    this.#begun = true;
    const found = (await fileTypeFromBuffer(head))?.mime;
    if (this.#text) {
      // Two letters of a text may be the mark of some other format, so only what is itself accepted counts against it.
      if (found !== undefined && [...mediaTypes.values()].includes(found)) refuse();
    } else if (mainParts.has(this.mediaType) && isArchive(head, found)) {
      // WPS and LibreOffice write the list of content types last, behind all pictures.
      this.#tail = Buffer.alloc(0);
    } else if (found !== this.mediaType && !(this.mediaType === pdf && isLatePdf(head, found))) refuse();
  }

  #readText(chunk?: Buffer): void {
    let text = '';
    try {
      text = this.#text?.decode(chunk, { stream: chunk !== undefined }) ?? '';
    } catch {
      refuse();
    }
    if (controls.test(text)) refuse();
  }

  #readDirectory(tail: Buffer): void {
    const names = entryNames(tail);
    const needed = ['[Content_Types].xml', mainParts.get(this.mediaType) ?? ''];
    const holdsMacros = names.some((name) => name.endsWith('/vbaProject.bin'));
    if (!needed.every((name) => names.includes(name)) || holdsMacros) refuse();
  }
}

/**
 * Whether a PDF begins with some blanks before its header, as old scanners and mail programs leave them there and all
 * readers pass over. Anything else before it makes it another format too, for whoever guesses.
 */
function isLatePdf(head: Buffer, found: string | undefined): boolean {
  return found === undefined && /^(?:\xef\xbb\xbf)?[\0\t\n\f\r ]{0,1024}%PDF-/.test(head.toString('latin1', 0, 1024));
}

/** Whether it begins as a zip archive of which nothing more is known. */
function isArchive(head: Buffer, found: string | undefined): boolean {
  return (found === undefined || found === 'application/zip') && head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'));
}
