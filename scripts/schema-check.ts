/**
 * Fails where gateway/schema.graphql breaks what was released (gateway/schema.released.graphql), or where an operation that
 * front ends send no longer fits it. A field goes only after two releases as @deprecated (CONTRIBUTING.md).
 * `--release` makes today's schema the released one, if nothing breaks.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { apiSchemaFile } from '@hub/gateway';
import { buildSchema, parse, validate } from 'graphql';

const released = new URL('../gateway/schema.released.graphql', import.meta.url);
const operations = new URL('../gateway/operations/', import.meta.url);

const text = readFileSync(apiSchemaFile, 'utf8');
const schema = buildSchema(text);
const changes = await diff(buildSchema(readFileSync(released, 'utf8')), schema);
const faults = changes
  .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
  .map(({ message }) => `breaking: ${message}`);
for (const file of readdirSync(operations)) {
  const document = parse(readFileSync(new URL(file, operations), 'utf8'));
  faults.push(...validate(schema, document).map(({ message }) => `gateway/operations/${file}: ${message}`));
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
if (process.argv.includes('--release')) writeFileSync(released, text);
