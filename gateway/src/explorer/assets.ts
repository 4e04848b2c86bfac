import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOperationTabs } from './operation-tabs.ts';

/** A file below `/explorer/`, held in memory. */
export interface Asset {
  readonly body: Buffer;
  readonly type: string;
  /** Of the content: archives from npm give every file the same date, so date and size can't tell two versions apart. */
  readonly hash: string;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const require = createRequire(import.meta.url);

// Through package.json, because the packages don't list their browser builds in `exports`.
function fromPackage(name: string, path: string): string {
  return join(dirname(require.resolve(`${name}/package.json`)), path);
}

function fromPage(name: string): string {
  return fileURLToPath(new URL(`page/${name}`, import.meta.url));
}

// All that is ever served: a request is looked up by name and never becomes a path on disk.
const files: Readonly<Record<string, string>> = {
  'react.production.min.js': fromPackage('react', 'umd/react.production.min.js'),
  'react-dom.production.min.js': fromPackage('react-dom', 'umd/react-dom.production.min.js'),
  'graphiql.min.js': fromPackage('graphiql', 'graphiql.min.js'),
  'graphiql.min.css': fromPackage('graphiql', 'graphiql.min.css'),
  'page.js': fromPage('page.js'),
  'page.css': fromPage('page.css'),
  'icon.svg': fromPage('icon.svg'),
};

/** Name below `/explorer/` → asset; `tabs.json` is made from those of `gateway/operations` that the graph has. */
export async function readAssets(rootFields?: ReadonlySet<string>): Promise<ReadonlyMap<string, Asset>> {
  const read = Object.entries(files).map(async ([name, path]) => [name, asset(name, await readFile(path))] as const);
  const tabs = Buffer.from(JSON.stringify(await readOperationTabs(rootFields)));
  return new Map([...(await Promise.all(read)), ['tabs.json', asset('tabs.json', tabs)]]);
}

export function contentHash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}

function asset(name: string, body: Buffer): Asset {
  const type = types[extname(name)];
  if (type === undefined) throw new Error(`explorer asset ${name}: no content type is known for it`);
  return { body, type, hash: contentHash(body) };
}
