/** A partner agency to try the hub as: registered, with a key, and with agreements of 松江 and 上饶 that two people of each signed. */
import { readFile } from 'node:fs/promises';
import type { DevelopmentIssuer } from '@hub/access';
import {
  type AgencyKey,
  type CatalogDataset,
  createAgencyKey,
  createHubClient,
  HubClientError,
  publicHalf,
} from '@hub/client';
import { writeKept } from '@hub/config';
import { today } from '@hub/working-days';

/** What the agency has to know to read the hub, as it lies in a file of its own. */
export interface DemoAgency {
  readonly url: string;
  readonly audience: string;
  readonly agency: string;
  /** The agreement of each committee, by its code: a token names one of them. */
  readonly agreements: Readonly<Record<string, string>>;
  readonly key: AgencyKey;
}

/** The two sides of the cooperation, the one that keeps its record first. */
const [songjiang, shangrao] = ['310117', '361100'] as const;
const name = '某省卫生健康委员会（演示）';
/** A made-up 统一社会信用代码, which its last character checks. */
const creditCode = '11360000MB00000011';
const datasets = ['cooperations', 'consultations', 'suggestions', 'consultation-outcomes'];

/** @returns what lies in the file then; where all is there already, nothing is changed */
export async function demoAgency(given: {
  readonly url: string;
  readonly audience: string;
  readonly issuer: Pick<DevelopmentIssuer, 'issue'>;
  readonly file: string;
}): Promise<DemoAgency> {
  const { url, audience, issuer, file } = given;
  const before = await readKept(file);
  const key = before?.key ?? (await createAgencyKey());
  // Kept before it is registered, so that a run that was cut off is gone on with.
  if (!before) await keep(file, { key });
  const officer = (committee: string, which: 'first' | 'second') =>
    issuer.issue(`sandbox-${which}-${committee}`, { role: 'staff', committee, duties: ['sharing'] }, '5m');
  const clerks = clerksOf(url);

  const agency =
    (await isRegistered(before)) ?? (await register(clerks, await officer(songjiang, 'first'), publicHalf(key)));
  const client = createHubClient({ url, audience, agency, key });
  let made: DemoAgency = { url, audience, agency, agreements: {}, key };
  for (const committee of [songjiang, shangrao]) {
    const known = before?.agreements?.[committee];
    const agreement =
      known !== undefined && (await isInForce(known)) ? known : await agree(committee, `${agency} ${known ?? ''}`);
    made = { ...made, agreements: { ...made.agreements, [committee]: agreement } };
    if (agreement !== known) await keep(file, made);
  }
  return made;

  async function isRegistered(kept: Partial<DemoAgency> | undefined): Promise<string | undefined> {
    if (kept?.agency === undefined) return undefined;
    const { partnerAgency } = await clerks<{ partnerAgency: { status: string } | null }>(
      'query ($id: ID!) { partnerAgency(id: $id) { status } }',
      { id: kept.agency },
      await officer(songjiang, 'first'),
    );
    // Not of another database.
    return partnerAgency?.status === 'REGISTERED' ? kept.agency : undefined;
  }

  async function isInForce(id: string): Promise<boolean> {
    const { sharingAgreement } = await client.query<{ sharingAgreement: { status: string } | null }>(
      'query ($id: ID!) { sharingAgreement(id: $id) { status } }',
      { id },
    );
    return sharingAgreement?.status === 'IN_FORCE';
  }

  /** Asked for by the agency, drafted by one person of the committee and approved by another. */
  async function agree(committee: string, idempotencyKey: string): Promise<string> {
    const { id } = await client.requestSharing({
      committee,
      datasets: (await client.catalog()).filter((dataset) => datasets.includes(dataset.name)).map(unpersonal),
      regions: [committee],
      purpose: '跟踪松江—上饶眼科医疗合作（演示）',
      legalBasis: '政务数据共享条例',
      validFrom: today(),
      validUntil: `${Number(today().slice(0, 4)) + 1}${today().slice(4).replace('-02-29', '-02-28')}`,
      requestsPerMinute: 600,
      idempotencyKey: `sandbox ${idempotencyKey} ${committee} ${today()}`,
    });
    const step = async (mutation: string, input: object, which: 'first' | 'second') =>
      clerks.mutate(
        mutation,
        { sharingAgreement: id, idempotencyKey: `sandbox ${mutation} ${id}`, ...input },
        await officer(committee, which),
      );
    await step('draftSharing', {}, 'first');
    await step('approveSharing', { version: 2 }, 'second');
    return id;
  }
}

/** All of a dataset that is shared and isn't personal. */
const unpersonal = ({ name: dataset, fields }: CatalogDataset) => ({
  dataset,
  fields: fields
    .filter(({ sharing, personal }) => sharing !== 'NOT_SHARED' && !personal)
    .map(({ type, field }) => `${type}.${field}`),
});

type Clerks = ReturnType<typeof clerksOf>;

async function register(clerks: Clerks, token: string, publicKey: string): Promise<string> {
  try {
    const input = { name, creditCode, publicKey };
    return (await clerks.mutate('registerAgency', input, token)) ?? '';
  } catch (error) {
    if (!(error instanceof HubClientError) || error.code !== 'AGENCY_REGISTERED') throw error;
  }
  // Its file is gone, or it was cut off before it knew: the agency goes on with the key that lies there now.
  const { committee } = await clerks<{
    committee: {
      partnerAgencies: {
        nodes: { id: string; creditCode: string; status: string; keys: { publicKey: string; status: string }[] }[];
      };
    };
  }>(
    'query ($code: ID!) { committee(code: $code) { partnerAgencies(first: 100) { nodes { id creditCode } } } }',
    { code: songjiang },
    token,
  );
  const found = committee.partnerAgencies.nodes.find((agency) => agency.creditCode === creditCode);
  if (!found) throw new Error('The agency is registered and can’t be found.');
  await clerks.mutate('addAgencyKey', { partnerAgency: found.id, publicKey }, token).catch((error: unknown) => {
    if (!(error instanceof HubClientError) || error.code !== 'KEY_REGISTERED') throw error;
  });
  return found.id;
}

/** Asks the graph as people of a committee do, with their tokens. */
function clerksOf(url: string) {
  const ask = async <Data>(query: string, variables: object, token: string): Promise<Data> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Data;
      errors?: [{ message: string; extensions: { code: string } }];
    };
    if (errors || !data) throw new HubClientError(errors?.[0].extensions.code ?? '', errors?.[0].message ?? '');
    return data;
  };
  const mutate = async (mutation: string, input: object, token: string): Promise<string | undefined> => {
    const record = { registerAgency: 'partnerAgency', addAgencyKey: 'agencyKey' }[mutation] ?? 'sharingAgreement';
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const { done } = await ask<{
      done: { record: { id: string } | null; userErrors: [{ code: string; message: string }?] };
    }>(
      `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { record: ${record} { id } userErrors { code message } } }`,
      { input },
      token,
    );
    const [broken] = done.userErrors;
    if (broken) throw new HubClientError(broken.code, `${mutation}: ${broken.message}`);
    return done.record?.id;
  };
  return Object.assign(ask, { mutate });
}

async function readKept(file: string): Promise<(Pick<DemoAgency, 'key'> & Partial<DemoAgency>) | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

function keep(file: string, content: object): Promise<void> {
  return writeKept(file, `${JSON.stringify(content, null, 2)}\n`);
}
