/** The files of the data folder that a backup holds beside the database: keys without which what is restored can't be verified or read on. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Settings, writeKept } from '@hub/config';
import { withSharedSecrets } from '@hub/database';
import { keptKeys } from '../hub-keys.ts';

/** Names alone: what a backup calls its files is never a path. */
const kept = ['access-log.json', 'access-log-head.jws', 'duty-code.json'] as const;
const ofDevelopment = ['development-issuer.json'] as const;

const namesFor = ({ HUB_ENV }: Pick<Settings, 'HUB_ENV'>): readonly string[] =>
  HUB_ENV === 'development' ? [...kept, ...ofDevelopment] : kept;

type Folder = Pick<Settings, 'HUB_ENV' | 'HUB_DATA_DIR'>;

/** @param url where all gateways' keys lie too: whoever makes the backup may have a data folder without them */
export async function readKeptFiles(settings: Folder, url: string): Promise<{ name: string; content: string }[]> {
  const shared = await withSharedSecrets(url, async (secrets) => {
    const kept = new Map<string, { secret: string; isLatest: boolean }>();
    for (const name of Object.values(keptKeys)) {
      const { secret, isLatest = false } = (await secrets.read(name)) ?? {};
      if (secret) kept.set(`${name}.json`, { secret, isLatest });
    }
    return kept;
  });
  const read = await Promise.all(
    namesFor(settings).map(async (name) => {
      const { secret, isLatest } = shared.get(name) ?? {};
      return { name, content: isLatest ? secret : ((await contentOf(settings, name)) ?? secret) };
    }),
  );
  return read.flatMap(({ name, content }) => (content === undefined ? [] : [{ name, content }]));
}

/** Fails where files couldn't be put: before rows are, which stay. */
export async function mustTakeFiles({ HUB_DATA_DIR }: Folder): Promise<void> {
  const file = join(HUB_DATA_DIR, `.restore.${process.pid}`);
  await mkdir(HUB_DATA_DIR, { recursive: true });
  await writeFile(file, '', { mode: 0o600 });
  await rm(file);
}

/**
 * Puts files where none is, and leaves those that are there.
 * @returns the names of those that were put, and of those that another one was there for
 */
export async function putKeptFiles(
  settings: Folder,
  files: ReadonlyMap<string, string>,
): Promise<{ put: string[]; left: string[] }> {
  const [put, left]: [string[], string[]] = [[], []];
  for (const name of namesFor(settings)) {
    const content = files.get(name);
    if (content === undefined) continue;
    const there = await contentOf(settings, name);
    if (there === content) continue;
    if (there !== undefined) {
      left.push(name);
      continue;
    }
    await writeKept(join(settings.HUB_DATA_DIR, name), content);
    put.push(name);
  }
  return { put, left };
}

const contentOf = ({ HUB_DATA_DIR }: Folder, name: string): Promise<string | undefined> =>
  readFile(join(HUB_DATA_DIR, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
