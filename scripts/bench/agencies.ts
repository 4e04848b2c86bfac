/**
 * What it costs to be a partner agency: the list that a front end shows, twenty records with six fields, asked by an agency and
 * by staff of the committee that shares, in turns of one run. Each request of the agency has a token of its own, signed
 * before the clock starts, and an entry in the access log. Part of `pnpm bench`; alone by --agencies.
 */
import { openDevelopmentIssuer } from '@hub/access';
import autocannon from 'autocannon';
import postgres from 'postgres';
import { type Partner, partner } from './partner.ts';

export const committee = '330000';
const clients = 32;
const goal = 0.8;
const fields = ['id', 'title', 'kind', 'status', 'place', 'held'];
const query = `query Consultations($first: Int!) {
  consultations(within: "330000", orderBy: HELD_DESC, first: $first) { nodes { id title kind status place held { start } } }
}`;
const body = JSON.stringify({ query, variables: { first: 20 } });

/** Tokens for a run of so many seconds: more than can be used. */
const tokensASecond = 1_500;

/** Measures both and prints the ratio of their rates. */
export async function compareAgency(given: {
  readonly url: string;
  readonly databaseUrl: string;
  readonly directory: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly interrupted: AbortSignal;
}): Promise<void> {
  const { url, databaseUrl, directory, seconds, rounds, interrupted } = given;
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  // The agency of the run before, on data that are kept, gives its code up: an agency is registered once.
  await admin`update cooperation.partner_agency set credit_code = id::text`;
  const agency = await partner({
    directory,
    url,
    admin,
    committee,
    dataset: 'consultations',
    fields: [
      'Query.consultations',
      'Consultation.hosts',
      'ConsultationHost.committee',
      ...fields.map((name) => `Consultation.${name}`),
    ],
  });
  const issuer = await openDevelopmentIssuer(directory, { issuer: 'urn:cppcc-hub:development', audience: 'cppcc-hub' });
  const staff = await issuer.issue('staff-330000', { role: 'staff', committee, duties: ['meetings'] });
  await sameRows(url, staff, agency);
  const [entriesBefore] =
    await admin`select count(*)::integer as entries from cooperation.access_entry where outcome = 'READ'`;
  let told = 0;
  const answered = { staff: 0, agency: 0 };
  const spent = { staff: 0, agency: 0 };
  const latencies = { staff: [] as number[], agency: [] as number[] };
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1)
    for (const who of round % 2 === 0 ? (['staff', 'agency'] as const) : (['agency', 'staff'] as const)) {
      interrupted.throwIfAborted();
      const tokens =
        who === 'staff'
          ? undefined
          : await Promise.all(Array.from({ length: seconds * tokensASecond }, () => agency.token()));
      const { requests, milliseconds, took } = await load(url, () => tokens?.pop() ?? staff, seconds);
      if (who === 'agency') told += requests;
      if (round === 0) continue;
      answered[who] += requests;
      spent[who] += milliseconds;
      latencies[who].push(...took);
    }
  const [entriesAfter] =
    await admin`select count(*)::integer as entries from cooperation.access_entry where outcome = 'READ'`;
  const logged = entriesAfter?.['entries'] - entriesBefore?.['entries'];
  // Those that were on their way when the clock stopped were logged as well.
  if (logged < told) throw new Error(`${told} answers were told and ${logged} logged`);
  await admin.end();
  const rateOf = (who: 'staff' | 'agency') => (answered[who] / spent[who]) * 1000;
  const percentile = (numbers: readonly number[], share: number) =>
    Number(([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)] ?? 0).toFixed(1));
  console.log(`\nA list of 20 records with ${fields.length} fields, ${clients} clients`);
  console.table(
    Object.fromEntries(
      (['staff', 'agency'] as const).map((who) => [
        who,
        {
          'requests/s': Number(rateOf(who).toFixed(1)),
          'p50 ms': percentile(latencies[who], 0.5),
          'p99 ms': percentile(latencies[who], 0.99),
        },
      ]),
    ),
  );
  const ratio = rateOf('agency') / rateOf('staff');
  console.log(
    `an agency is answered at ${ratio.toFixed(2)} of the rate of staff (goal ${goal.toFixed(2)}), ${logged} reads logged`,
  );
}

/** Both are told the same, or the ratio means nothing. */
async function sameRows(url: string, staff: string, agency: Partner): Promise<void> {
  const [one, other] = await Promise.all(
    [staff, await agency.token()].map(async (token) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body,
      });
      return response.text();
    }),
  );
  if (one !== other || !one?.includes('"nodes":[{')) throw new Error(`not told the same:\n${one}\n${other}`);
}

async function load(url: string, token: () => string, seconds: number) {
  const took: number[] = [];
  const started = performance.now();
  const result = await autocannon({
    url,
    connections: clients,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body,
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${token()}` },
        }),
      },
    ],
  }).on('response', (_client, _status, _bytes, milliseconds) => took.push(milliseconds));
  if (result.errors + result.timeouts + result.non2xx > 0)
    throw new Error(`${result.errors} errors, ${result.timeouts} timeouts, ${result.non2xx} refusals`);
  const { total: requests } = result.requests;
  return { requests, milliseconds: performance.now() - started, took };
}
