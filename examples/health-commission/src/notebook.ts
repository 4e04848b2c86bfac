import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far the commission is with one agreement. */
export interface Place {
  /** Of the changes. */
  readonly changes: string;
  /** Of each dataset's export: the last record that is written down; true once all are. */
  readonly exports: Readonly<Record<string, string | true>>;
}

/** What was learned, and how far that goes: both outlive a run. One that dies between the two writes some lines again. */
export interface Notebook {
  /** That this run wrote. */
  readonly lines: number;
  place(agreement: string): Place | undefined;
  write(line: { readonly learned: string } & Readonly<Record<string, unknown>>): Promise<void>;
  /** To be called when what comes before it is written. */
  keep(agreement: string, place: Place): Promise<void>;
  /** To begin anew with an agreement. */
  forget(agreement: string): Promise<void>;
}

export async function openNotebook(folder: string): Promise<Notebook> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'cursors.json');
  const places: Record<string, Place> = await readFile(file, 'utf8').then(JSON.parse, (error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return {};
  });
  let lines = 0;
  // Several agreements are followed at once, and written down one after the other.
  let writing: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    writing = writing.then(work);
    return writing;
  };
  const save = async () => {
    await writeFile(`${file}.part`, `${JSON.stringify(places, null, 2)}\n`);
    await rename(`${file}.part`, file);
  };
  return {
    get lines() {
      return lines;
    },
    place: (agreement) => places[agreement],
    write: (line) =>
      inTurn(async () => {
        await appendFile(join(folder, 'learned.jsonl'), `${JSON.stringify(line)}\n`);
        lines += 1;
      }),
    keep: (agreement, place) =>
      inTurn(async () => {
        places[agreement] = place;
        await save();
      }),
    forget: (agreement) =>
      inTurn(async () => {
        delete places[agreement];
        await save();
      }),
  };
}
