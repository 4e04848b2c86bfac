/**
 * Imports go one way (ARCHITECTURE.md, "Rooms"): fails on one that goes the other way, on a relative path out of
 * its room, and on an import of a package that its package.json doesn't name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
/** Each room may import those before it in its line and nothing else of the hub. */
const order = [
  'errors',
  'inputs',
  'config',
  'lifecycle',
  'sharing',
  'regions',
  'working-days',
  'duty-code',
  'access',
  'facts',
  'database',
  'backup',
  'connections',
  'references',
  'workflow',
  'subgraph-server',
  'files',
  'testkit',
];
const subgraphNames = readdirSync(join(root, 'subgraphs'));

interface Room {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: ReadonlySet<string>;
}

function room(folder: string): Room {
  const { name, dependencies = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
  };
  return { name, folder, dependencies: new Set(Object.keys(dependencies)) };
}

const rooms = [
  ...order.map((name) => room(`packages/${name}`)),
  ...subgraphNames.map((name) => room(`subgraphs/${name}`)),
  room('gateway'),
  // What partners have: nothing of the hub itself.
  room('packages/client'),
  room('examples/health-commission'),
];
const faults: string[] = [];

/** What a room may import of the hub, by its place. */
function allowed(of: Room): ReadonlySet<string> {
  const short = of.name.replace('@hub/', '');
  const place = order.indexOf(short);
  const packages = order.filter((name) => name !== 'testkit').map((name) => `@hub/${name}`);
  if (place >= 0) return new Set(packages.slice(0, place));
  if (of.folder === 'packages/client') return new Set();
  if (of.folder.startsWith('examples/')) return new Set(['@hub/client']);
  if (of.folder === 'gateway')
    return new Set(
      ['errors', 'inputs', 'config', 'lifecycle', 'sharing', 'access', 'facts', 'subgraph-server'].map(
        (name) => `@hub/${name}`,
      ),
    );
  return new Set(packages);
}

const importPattern = /^(?:import|export)\b[^;'=]*?\bfrom '([^'\n]+)';|^import '([^'\n]+)';|\bimport\('([^'\n]+)'\)/gm;

for (const of of rooms) {
  const may = allowed(of);
  for (const dependency of of.dependencies)
    if (dependency.startsWith('@hub/') && !may.has(dependency))
      faults.push(`${of.folder}/package.json: ${of.name} may not depend on ${dependency}`);
  for (const file of sources(join(root, of.folder))) {
    const shown = relative(root, file);
    const isTest = /(^|\/)test\//.test(relative(join(root, of.folder), file)) || file.endsWith('.config.ts');
    for (const [, named, bare, dynamic] of readFileSync(file, 'utf8').matchAll(importPattern)) {
      const specifier = named ?? bare ?? dynamic ?? '';
      if (specifier.startsWith('.')) {
        const target = relative(root, resolve(dirname(file), specifier));
        if (!isTest && !target.startsWith(`${of.folder}/`)) faults.push(`${shown}: ${specifier} leads out of its room`);
      } else if (!specifier.startsWith('node:')) {
        const name = specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
        if (isTest || name === of.name) continue;
        if (!of.dependencies.has(name)) faults.push(`${shown}: ${name} is not among the dependencies of ${of.name}`);
        else if (name.startsWith('@hub/') && !may.has(name)) faults.push(`${shown}: ${of.name} may not import ${name}`);
      }
    }
  }
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'migrations' || entry.name === 'data') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
