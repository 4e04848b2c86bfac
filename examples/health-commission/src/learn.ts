import { readFile } from 'node:fs/promises';
import { type AgencyKey, type Change, createHubClient, type HubClient, isCursorVoid } from '@hub/client';
import { type Notebook, openNotebook, type Place } from './notebook.ts';

/** What the hub's operators gave the commission, and the key that it made itself. */
interface Credentials {
  readonly url: string;
  readonly audience: string;
  readonly agency: string;
  /** One of each committee, by its code: what 上饶 keeps of the cooperation is 上饶's to share. */
  readonly agreements: Readonly<Record<string, string>>;
  readonly key: AgencyKey;
}

interface Milestone {
  readonly id: string;
  readonly title: string;
  readonly stage: string;
  readonly status: string;
  readonly date: { readonly start: string | null } | null;
}
interface Cooperation {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly milestones: readonly Milestone[];
}

const milestone = 'id title stage status date { start } plannedFor { start } committee { code name }';
const cooperation = `id title field status description partners { committee { code name } } milestones { ${milestone} }`;

const cooperationsDocument = `query ($after: String) {
  cooperations(first: 50, after: $after) { nodes { ${cooperation} } pageInfo { hasNextPage endCursor } }
}`;
interface Cooperations {
  readonly cooperations: {
    readonly nodes: readonly Cooperation[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}

const exportedDatasets = ['cooperations', 'consultations'];

/** How a record that changed is read as it is now; of the other types only that they changed is written down. */
const records: Readonly<Record<string, string>> = {
  Cooperation: `query ($id: ID!) { record: cooperation(id: $id) { ${cooperation} } }`,
  Milestone: `query ($id: ID!) { record: milestone(id: $id) { ${milestone} cooperation { id title } } }`,
  Consultation: 'query ($id: ID!) { record: consultation(id: $id) { id title kind status held { start } } }',
};

/**
 * Reads what is new to the commission: everything, or what changed since the last run.
 * @returns how many lines were written down
 * @throws HubClientError
 */
export async function learn(given: {
  /** The file of what the hub's operators gave it. */
  readonly credentials: string;
  readonly folder: string;
  /** Whether to wait for what is still to come, until the signal. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}): Promise<{ readonly lines: number }> {
  const { agreements, ...known } = JSON.parse(await readFile(given.credentials, 'utf8')) as Credentials;
  const notebook = await openNotebook(given.folder);
  const isFirst = Object.values(agreements).every((agreement) => !notebook.place(agreement));
  if (isFirst) await readCatalogue(createHubClient(known), notebook);
  const failed = new AbortController();
  const signal = AbortSignal.any([given.signal, failed.signal]);
  // One agreement is in a token, so each is followed for itself; where one fails the others end too.
  const following = Object.entries(agreements).map(async ([committee, agreement]) => {
    const reading = { hub: createHubClient({ ...known, agreement }), notebook, committee, agreement, signal };
    const read = async () => readChanges(reading, await readExports(reading, await begin(reading)), given.follow);
    try {
      await read().catch(async (error) => {
        if (!isCursorVoid(error)) throw error;
        // Changes are gone which it never read, since it wasn't run for so long or the hub was restored: it reads everything once more.
        await notebook.forget(agreement);
        await read();
      });
    } catch (error) {
      if (signal.aborted) return;
      failed.abort();
      throw error;
    }
  });
  const ended = await Promise.allSettled(following);
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return { lines: notebook.lines };
}

/** One agreement as it is read. */
interface Reading {
  readonly hub: HubClient;
  readonly notebook: Notebook;
  readonly committee: string;
  readonly agreement: string;
  readonly signal: AbortSignal;
}

async function readCatalogue(hub: HubClient, notebook: Notebook): Promise<void> {
  for (const { name, title, sharing, updateFrequency, fields } of await hub.catalog())
    await notebook.write({ learned: 'dataset', name, title, sharing, updateFrequency, fields: fields.length });
}

/** Takes where changes begin before anything is read, so that what changes meanwhile comes with them; then the cooperation. */
async function begin({ hub, notebook, committee, agreement, signal }: Reading): Promise<Place> {
  const known = notebook.place(agreement);
  if (known) return known;
  let changes: string | undefined;
  for await (const { cursor } of hub.changes({ follow: false, signal })) changes = cursor;
  if (changes === undefined) throw new Error('The hub gave no cursor to begin with.');
  const found = hub.pages<Cooperations, Cooperation>(cooperationsDocument, {}, (data) => data.cooperations);
  for await (const record of found) await notebook.write({ learned: 'cooperation', committee, record });
  const place: Place = { changes, exports: {} };
  await notebook.keep(agreement, place);
  return place;
}

/** Every record that the agreement shares. A run that ended in the middle is gone on with by the next. */
async function readExports({ hub, notebook, committee, agreement, signal }: Reading, begun: Place): Promise<Place> {
  let place = begun;
  const keep = (dataset: string, at: string | true) => {
    place = { ...place, exports: { ...place.exports, [dataset]: at } };
    return notebook.keep(agreement, place);
  };
  for (const dataset of exportedDatasets) {
    const at = place.exports[dataset];
    if (at === true) continue;
    for await (const { cursor, record } of hub.exported(dataset, { after: at, signal })) {
      await notebook.write({ learned: 'record', committee, dataset, record });
      await keep(dataset, cursor);
    }
    await keep(dataset, true);
  }
  return place;
}

async function readChanges(
  { hub, notebook, committee, agreement, signal }: Reading,
  place: Place,
  follow: boolean,
): Promise<void> {
  for await (const { changes, cursor } of hub.changes({ after: place.changes, follow, signal })) {
    for (const change of changes)
      await notebook.write({ learned: 'change', committee, ...change, record: await recordOf(hub, change) });
    await notebook.keep(agreement, { ...place, changes: cursor });
  }
}

/** The record as it is now; null for what is gone, and for types that are followed by their changes alone. */
async function recordOf(hub: HubClient, { type, id, operation }: Change): Promise<unknown> {
  const document = operation === 'DELETE' ? undefined : records[type];
  return document ? (await hub.query<{ record: unknown }>(document, { id })).record : null;
}
