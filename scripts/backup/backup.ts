/**
 * `pnpm backup FILE`: writes all that the hub holds, as of one moment, into one file: every table, files and keys. On a hub
 * that runs, and by DATABASE_URL where that names its server; one that is stopped is started for as long as it takes.
 */
import { readFile } from 'node:fs/promises';
import { writeBackup } from '@hub/backup';
import { readSettings, SettingsError } from '@hub/config';
import { faultOf, reachServer } from '../data.ts';
import { finite, run } from '../run.ts';
import { subgraphs } from '../subgraphs.ts';
import { readKeptFiles } from './kept-files.ts';
import { sizeOf } from './size.ts';

run(async (interrupted) => {
  const [file] = process.argv.slice(2);
  if (!file) throw new SettingsError('Name the file to write: npx -y pnpm backup hub.zip');
  const settings = readSettings(undefined, { facesUsers: false });
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const server = await reachServer(settings);
  try {
    const { schemas, files, at } = await writeBackup({
      url: server.url,
      schemas: subgraphs.map(({ name }) => name),
      files: await readKeptFiles(settings, server.url),
      hub: version,
      file,
      signal: interrupted,
    });
    const tables = schemas.flatMap((schema) => schema.tables);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(
      `${file}: ${rows} rows of ${tables.length} tables and ${files.length} keys, as of ${at}, ${await sizeOf(file)}. It holds personal data and private keys: keep it as safe as the hub.`,
    );
  } catch (error) {
    throw faultOf(settings, server, error);
  } finally {
    await server.stop();
  }
  process.exit();
}, finite);
