/**
 * `pnpm restore FILE`: puts a backup into an empty database, the hub's own in HUB_DATA_DIR or that of DATABASE_URL, and lays
 * what this version has beyond it. Whole or not at all.
 */
import { requireBackup, restoreBackup } from '@hub/backup';
import { readSettings, SettingsError } from '@hub/config';
import { migrateSchemas } from '@hub/database';
import { faultOf, reachServer } from '../data.ts';
import { finite, run } from '../run.ts';
import { subgraphs } from '../subgraphs.ts';
import { mustTakeFiles, putKeptFiles } from './kept-files.ts';
import { tellRestored } from './tell-restored.ts';

run(async (interrupted) => {
  const [file] = process.argv.slice(2);
  if (!file) throw new SettingsError('Name the backup to restore: npx -y pnpm restore hub.zip');
  const settings = readSettings(undefined, { facesUsers: false });
  const schemas = subgraphs.map(({ schema }) => schema);
  // Before a server is made for it.
  await requireBackup(file);
  await mustTakeFiles(settings);
  const server = await reachServer(settings);
  try {
    let kept: Awaited<ReturnType<typeof putKeptFiles>> = { put: [], left: [] };
    const { manifest } = await restoreBackup({
      url: server.url,
      schemas,
      file,
      keepFiles: async (files) => {
        kept = await putKeptFiles(settings, files);
      },
      signal: interrupted,
    });
    const { put, left } = kept;
    await migrateSchemas(server.url, schemas);
    // The rows are there whatever comes of it.
    const untold = await tellRestored(settings, server.url, console.error).catch((error: Error) => error);
    const tables = manifest.schemas.flatMap((schema) => schema.tables);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(
      `${rows} rows of ${tables.length} tables as of ${manifest.at}, written by ${manifest.hub}, are in ${server.place}${put.length > 0 ? `, and ${put.join(', ')} in ${settings.HUB_DATA_DIR}` : ''}.`,
    );
    if (untold)
      console.log(
        `The log of what agencies read doesn’t say so yet, since it couldn’t be written (${untold.message}): the next start writes it, and what had been signed since the backup stays a fault for pnpm audit:verify.`,
      );
    if (left.length > 0)
      console.log(
        `${left.join(', ')} in ${settings.HUB_DATA_DIR} differ from those of the backup and were left: what was signed with these is verified with the others only.`,
      );
  } catch (error) {
    throw faultOf(settings, server, error);
  } finally {
    await server.stop();
  }
  process.exit();
}, finite);
