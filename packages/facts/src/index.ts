import { readdirSync, readFileSync } from 'node:fs';
import { committee, region } from '@hub/regions';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  type FactsFile,
  factsFile,
  type LedgerLine,
  ledgerLine,
  type SourceDocument,
  sourceDocument,
} from './schema.ts';

export { recordId, recordRow } from './rows.ts';
export type * from './schema.ts';

const root = new URL('../', import.meta.url);

type Lists = Omit<FactsFile, 'source' | 'waiting'>;
/** Every list of records over all documents, each record with its `source`. */
export type Facts = { [list in keyof Lists]: (Lists[list][number] & { source: string })[] } & {
  waiting: FactsFile['waiting'];
};

function read<T>(path: string, shape: z.ZodType<T>): T {
  const checked = shape.safeParse(parse(readFileSync(new URL(path, root), 'utf8')));
  if (!checked.success) throw new Error(`packages/facts/${path}: ${z.prettifyError(checked.error)}`);
  return checked.data;
}

/** The documents that the records are from. */
export function readSources(): SourceDocument[] {
  return read('sources.yaml', z.array(sourceDocument));
}

/** The ledger of one document: a line for each of its figures, dates and names. */
export function readLedger(document: string): LedgerLine[] {
  return read(`ledger/${document}.yaml`, z.array(ledgerLine));
}

/** All records, validated, with every reference resolved to a record or code that exists. Throws with the file and the place. */
export function readFacts(): Facts {
  const facts = { waiting: { proposals: [], honours: [] } } as unknown as Facts;
  for (const list of Object.keys(factsFile.shape))
    if (list !== 'source' && list !== 'waiting') Object.assign(facts, { [list]: [] });
  const sources = new Set(readSources().map((source) => source.id));
  for (const document of readdirSync(new URL('data/', root)).sort()) {
    for (const name of readdirSync(new URL(`data/${document}/`, root)).sort()) {
      const path = `data/${document}/${name}`;
      const { source, waiting, ...lists } = read(path, factsFile);
      for (const [list, records] of Object.entries(lists)) {
        for (const record of records) {
          const cited = { ...record, source: record.source ?? source };
          if (!sources.has(cited.source))
            throw new Error(`packages/facts/${path}: ${record.key} cites unknown source ${cited.source}`);
          (facts[list as keyof Lists] as unknown[]).push(cited);
        }
      }
      facts.waiting.proposals.push(...waiting.proposals);
      facts.waiting.honours.push(...waiting.honours);
    }
  }
  checkReferences(facts);
  return facts;
}

/** Fields that hold the key of another record, whatever record they stand in. */
const references = new Set([
  'person',
  'member',
  'sector',
  'organization',
  'parent',
  'workstation',
  'programme',
  'cooperation',
  'consultation',
  'follows',
  'decidedAt',
  'givenAt',
  'waits',
  'authors',
  'laureates',
]);

function checkReferences(facts: Facts): void {
  const known = new Set<string>();
  const faults: string[] = [];
  const walk = (value: unknown, visit: (field: string, text: string) => void, field = ''): void => {
    if (typeof value === 'string') visit(field, value);
    else if (Array.isArray(value)) for (const item of value) walk(item, visit, field);
    else if (value && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, visit, name);
  };
  walk(facts, (field, text) => {
    if (field !== 'key') return;
    if (known.has(text)) faults.push(`${text} stands twice`);
    known.add(text);
  });
  walk(facts, (field, text) => {
    if (references.has(field) && !known.has(text)) faults.push(`${field}: ${text} names no record`);
    if (field === 'committee' && !committee(text)) faults.push(`committee: ${text} is no committee`);
    if (field === 'region' && !region(text)) faults.push(`region: ${text} is no region`);
  });
  if (faults.length > 0) throw new Error(`packages/facts: ${faults.join('; ')}`);
}
