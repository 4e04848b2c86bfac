import { readFile } from 'node:fs/promises';
import { catalogFields, catalogOf, classesOf, datasets } from '@hub/sharing';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerAgency } from '../../tests/hub/agency.ts';
import { type Hub, send, startHub } from '../../tests/hub/hub.ts';
import { createGateway, type GatewayConfig, supergraphFile } from '../src/index.ts';

const supergraph = await readFile(supergraphFile, 'utf8');
const [dcat, dct, europe] = [
  'http://www.w3.org/ns/dcat#',
  'http://purl.org/dc/terms/',
  'http://publications.europa.eu/resource/authority/',
];

let hub: Hub;
beforeAll(async () => {
  // Statements are counted: the hub's followers make some of their own.
  hub = await startHub('in process', { config: { follow: false } });
});
afterAll(() => hub.stop());
const get = (headers: Record<string, string> = {}, method = 'GET') => fetch(`${hub.url}/catalog`, { headers, method });

type Node = Readonly<Record<string, readonly { '@id'?: string; '@value'?: string; '@language'?: string }[]>>;
/** The catalogue as a reader of JSON-LD knows it, which may fetch nothing. */
async function expanded(): Promise<ReadonlyMap<string, Node>> {
  const document = (await (await get()).json()) as jsonld.JsonLdDocument;
  const graph = (await jsonld.flatten(document, undefined, {
    base: `${hub.url}/catalog`,
    documentLoader: async (url) => {
      throw new Error(`nothing is fetched, and ${url} was to be`);
    },
  })) as unknown as (Node & { '@id': string })[];
  return new Map(graph.map((node) => [node['@id'], node]));
}

describe('as DCAT 3, read by a reader of JSON-LD', () => {
  let graph: ReadonlyMap<string, Node>;
  beforeAll(async () => {
    graph = await expanded();
  });
  const node = (id: string) => {
    const found = graph.get(id);
    if (!found) throw new Error(`${id} isn’t there`);
    return found;
  };
  const datasetNode = (name: string) => node(`${hub.url}/catalog#${name}`);
  const ids = (of: Node, property: string) => (of[property] ?? []).map((one) => one['@id'] ?? '');
  const said = (of: Node, property: string) =>
    Object.fromEntries((of[property] ?? []).map((one) => [one['@language'] ?? '', one['@value']]));

  test('it is a catalogue of every dataset of the graph, with a service that serves those that are shared', () => {
    const catalog = node(`${hub.url}/catalog`);
    expect(catalog['@type']).toEqual([`${dcat}Catalog`]);
    expect(ids(catalog, `${dcat}dataset`).sort()).toEqual(
      classesOf(supergraph).datasets.map((name) => `${hub.url}/catalog#${name}`),
    );
    const [service = ''] = ids(catalog, `${dcat}service`);
    expect(node(service)['@type']).toEqual([`${dcat}DataService`]);
    expect(ids(node(service), `${dcat}endpointURL`)).toEqual([`${hub.url}/graphql`]);
    expect(ids(node(service), `${dcat}endpointDescription`)).toEqual([`${hub.url}/schema.graphql`]);
    expect(ids(node(service), `${dcat}servesDataset`)).toHaveLength(
      datasets.filter(({ sharing }) => sharing !== 'NOT_SHARED').length,
    );
  });

  test.each(datasets)('$name says what it is, whose, how often it is written and how it is shared', (dataset) => {
    const found = datasetNode(dataset.name);
    expect(found['@type']).toEqual([`${dcat}Dataset`]);
    expect(said(found, `${dct}title`)).toEqual(dataset.title);
    expect(said(found, `${dct}description`)).toEqual(dataset.description);
    expect(found[`${dct}identifier`]).toEqual([{ '@value': dataset.name }]);
    expect(ids(found, `${dct}accrualPeriodicity`)).toEqual([`${europe}frequency/${dataset.updateFrequency}`]);
    expect(ids(found, `${dct}accessRights`)).toEqual([
      `${europe}access-right/${{ UNCONDITIONAL: 'PUBLIC', CONDITIONAL: 'RESTRICTED', NOT_SHARED: 'NON_PUBLIC' }[dataset.sharing]}`,
    ]);
    expect(ids(found, `${dcat}theme`)).toEqual(dataset.themes.map((theme) => `${europe}data-theme/${theme}`));
    expect((found[`${dcat}keyword`] ?? []).map((one) => one['@value']).sort()).toEqual(
      [...dataset.keywords.zh, ...dataset.keywords.en].sort(),
    );
    const [publisher = ''] = ids(found, `${dct}publisher`);
    expect(node(publisher)['@type']).toEqual(['http://xmlns.com/foaf/0.1/Agent']);
    const [licence = ''] = ids(found, `${dct}license`);
    expect(said(node(licence), `${dct}title`)).toEqual(dataset.licence);
  });

  const distributionsOf = (name: string) => ids(datasetNode(name), `${dcat}distribution`);

  test('what is shared can be had by GraphQL, with a sample query, and what isn’t shared can’t be had', () => {
    for (const dataset of datasets) {
      const distributions = distributionsOf(dataset.name).filter(
        (id) => dataset.sharing === 'NOT_SHARED' || id.endsWith('-graphql'),
      );
      expect(distributions, dataset.name).toHaveLength(dataset.sharing === 'NOT_SHARED' ? 0 : 1);
      for (const id of distributions) {
        expect(ids(node(id), `${dcat}accessURL`)).toEqual([`${hub.url}/graphql`]);
        expect(ids(node(id), `${dcat}accessService`)).toEqual([`${hub.url}/catalog#graphql`]);
        expect(node(id)['https://hub.cppcc.example/sharing/v1.0#sampleQuery']).toEqual([
          { '@value': dataset.sampleQuery },
        ]);
      }
    }
  });

  test('a dataset that can be downloaded as a whole says where, in each format, and another doesn’t', () => {
    const downloads = (name: string) =>
      distributionsOf(name)
        .filter((id) => !id.endsWith('-graphql'))
        .map((id) => ids(node(id), `${dcat}accessURL`));
    expect(downloads('cooperations')).toEqual(
      ['jsonl', 'csv', 'xlsx'].map((format) => [`${hub.url}/export/cooperations?format=${format}`]),
    );
    expect(downloads('directory')).toContainEqual([`${hub.url}/export/directory?format=csv&list=regions`]);
    expect(downloads('sharing')).toEqual([]);
  });

  test('what each property is of has the class that DCAT-AP 3.0.1 wants of it', () => {
    const skos = 'http://www.w3.org/2004/02/skos/core#';
    const ranges: Readonly<Record<string, string>> = {
      [`${dcat}mediaType`]: `${dct}MediaType`,
      [`${dct}format`]: `${dct}MediaTypeOrExtent`,
      [`${dct}conformsTo`]: `${dct}Standard`,
      [`${dct}license`]: `${dct}LicenseDocument`,
      [`${dct}rights`]: `${dct}RightsStatement`,
      [`${dct}publisher`]: 'http://xmlns.com/foaf/0.1/Agent',
      [`${dct}type`]: `${skos}Concept`,
      [`${dct}spatial`]: `${dct}Location`,
      [`${dcat}themeTaxonomy`]: `${skos}ConceptScheme`,
      [`${dcat}contactPoint`]: 'http://www.w3.org/2006/vcard/ns#Organization',
      [`${dcat}accessService`]: `${dcat}DataService`,
      [`${dcat}servesDataset`]: `${dcat}Dataset`,
      [`${dcat}distribution`]: `${dcat}Distribution`,
      'http://xmlns.com/foaf/0.1/homepage': 'http://xmlns.com/foaf/0.1/Document',
    };
    const types = (id: string) => node(id)['@type'] as unknown as readonly string[];
    const met = new Set<string>();
    for (const [id, found] of graph)
      for (const [property, type] of Object.entries(ranges))
        for (const of of ids(found, property)) {
          expect(types(of), `${property} of ${id}`).toContain(type);
          met.add(property);
        }
    expect([...met].sort()).toEqual(Object.keys(ranges).sort());
    const wanted: Readonly<Record<string, readonly string[]>> = {
      [`${dcat}Catalog`]: [`${dct}license`, `${dct}issued`, `${dct}language`, `${dct}spatial`, `${dcat}themeTaxonomy`],
      [`${dcat}DataService`]: [`${dcat}contactPoint`, `${dct}publisher`, `${dcat}theme`, `${dcat}keyword`],
      [`${dcat}Dataset`]: [`${dcat}contactPoint`, `${dct}publisher`, `${dct}spatial`, `${dcat}theme`, `${dcat}keyword`],
      [`${dcat}Distribution`]: [
        `${dct}description`,
        `${dct}format`,
        `${dct}license`,
        'http://data.europa.eu/r5r/availability',
      ],
      [`${dct}LicenseDocument`]: [`${dct}type`],
      'http://xmlns.com/foaf/0.1/Agent': [`${dct}type`, 'http://xmlns.com/foaf/0.1/name'],
      [`${skos}Concept`]: [`${skos}prefLabel`],
    };
    for (const [id, found] of graph)
      for (const property of (found['@type'] as unknown as readonly string[] | undefined)?.flatMap(
        (type) => wanted[type] ?? [],
      ) ?? [])
        expect(found[property], `${property} of ${id}`).not.toBeUndefined();
  });

  test('every word of it has a meaning: nothing is lost to who reads it as JSON-LD', async () => {
    const document = (await (await get()).json()) as jsonld.JsonLdDocument;
    await expect(
      jsonld.expand(document, { base: `${hub.url}/catalog`, safe: true } as jsonld.Options.Expand),
    ).resolves.toHaveLength(1);
  });
});

describe('over HTTP', () => {
  test('it is there for everybody, also for who holds the same already', async () => {
    const first = await get();
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('application/ld+json');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('it comes as JSON for who wants that, under a tag of its own, and as nothing else', async () => {
    const [linked, plain] = [await get(), await get({ accept: 'application/json' })];
    expect(plain.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await plain.text()).toBe(await linked.text());
    expect(plain.headers.get('etag')).not.toBe(linked.headers.get('etag'));
    expect(plain.headers.get('vary')).toMatch(/accept/i);
  });

  test('what isn’t there in any type that is accepted is 406, with those that there are, wherever it is', async () => {
    for (const [path, types] of [
      ['/catalog', ['application/ld+json', 'application/json']],
      ['/openapi.json', ['application/json']],
      ['/schema.graphql', ['text/plain']],
      ['/calendars/nobody.ics', ['text/calendar']],
    ] as const) {
      for (const accept of ['text/turtle', 'image/png', `${types[0]};q=0`, 'x']) {
        const refused = await fetch(`${hub.url}${path}`, { headers: { accept } });
        const { errors } = (await refused.json()) as { errors: [{ extensions: object }] };
        expect([refused.status, errors[0].extensions], `${path} ${accept}`).toEqual([
          406,
          { code: 'NOT_ACCEPTABLE', accepted: types },
        ]);
      }
      for (const accept of ['*/*', `text/turtle, ${types[0]};q=0.1`, `${types[0]?.split('/')[0]}/*`])
        expect((await fetch(`${hub.url}${path}`, { headers: { accept } })).status, `${path} ${accept}`).toBe(
          path.startsWith('/calendars/') ? 404 : 200,
        );
    }
  });

  test('HEAD tells of it without sending it', async () => {
    const [head, whole] = [await get({}, 'HEAD'), await get()];
    expect(await head.text()).toBe('');
    for (const name of ['etag', 'content-type', 'content-length'])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name));
    expect(Number(head.headers.get('content-length'))).toBe(Buffer.byteLength(await whole.text()));
  });

  test('each sample query that needs no particular record is answered', async () => {
    for (const { name, sampleQuery } of datasets) {
      if (!sampleQuery || sampleQuery.includes('$')) continue;
      const { status, errors } = await hub.ask(sampleQuery);
      expect([status, errors], name).toEqual([200, []]);
    }
  });
});

test('the graph tells the same, field by field, to everybody and in the reader’s language', async () => {
  const query = `{
    datasets { name title description sharing publisher updateFrequency licence keywords conditions legalGround sampleQuery }
    dataset(name: "service-requests") { fields { type field returns sharing personal description } }
    nothing: dataset(name: "lamps") { name }
  }`;
  for (const [language, header] of [
    ['zh', 'zh-CN'],
    ['en', 'en'],
  ] as const) {
    const { data, errors } = await hub.ask(query, { headers: { 'accept-language': header } });
    expect(errors).toEqual([]);
    expect(data.nothing).toBeNull();
    expect(data.datasets).toEqual(
      datasets.map((dataset) => ({
        name: dataset.name,
        title: dataset.title[language],
        description: dataset.description[language],
        sharing: dataset.sharing,
        publisher: dataset.publisher,
        updateFrequency: dataset.updateFrequency,
        licence: dataset.licence[language],
        keywords: dataset.keywords[language],
        conditions: dataset.conditions?.[language] ?? null,
        legalGround: dataset.legalGround?.[language] ?? null,
        sampleQuery: dataset.sampleQuery ?? null,
      })),
    );
    expect(data.dataset.fields).toContainEqual({
      type: 'ServiceRequest',
      field: 'filedAs',
      returns: 'String',
      sharing: 'CONDITIONAL',
      personal: true,
      description: expect.stringMatching(/\p{Script=Han}/u),
    });
    expect(data.dataset.fields).toContainEqual({
      type: 'ServiceRequest',
      field: 'kind',
      returns: 'ServiceRequestKind!',
      sharing: 'CONDITIONAL',
      personal: false,
      description: expect.any(String),
    });
  }
});

test('it is told from memory, without a statement', async () => {
  const statements = async () => {
    const before = hub.statements();
    await hub.ask('{ datasets { name fields { type field } } }');
    return hub.statements() - before;
  };
  // What a gateway asks of allowances every ten seconds may fall into one of them.
  expect(Math.min(await statements(), await statements())).toBe(0);
});

describe('a supergraph with a field that is added', () => {
  const withField = (field: string) => {
    const changed = supergraph.replace(/^(type Consultation implements Node\n(?:.*\n)*?\{\n)/m, `$1  ${field}\n`);
    expect(changed).not.toBe(supergraph);
    return changed;
  };
  const weather = 'weather: String @join__field(graph: CONSULTATIONS)';

  test('and says nothing of sharing is served: the field is no agency’s to read, and stands in no catalogue', async () => {
    const undecided = withField(weather);
    const agency = await registerAgency(hub, '330100');
    const agreement = await agency.agree({
      committee: '330100',
      regions: ['330100'],
      datasets: [
        { dataset: 'consultations', fields: ['Query.consultations', 'Consultation.title', 'Consultation.held'] },
      ],
    });
    const gateway = await hub.anotherGateway({ supergraph: undecided });
    try {
      const ask = async (query: string, token?: string) =>
        send(gateway.url, { query, variables: {}, headers: {}, ...(token !== undefined && { token }) });
      const { data } = await ask('{ __type(name: "Consultation") { fields { name } } }');
      expect(data.__type.fields).toContainEqual({ name: 'weather' });
      const asAgency = async (field: string) =>
        ask(`{ consultations(first: 1) { nodes { ${field} } } }`, await agency.token(agreement));
      expect(await asAgency('title')).toMatchObject({ status: 200, errors: [] });
      const { errors } = await asAgency('title weather');
      expect(errors[0]?.extensions).toMatchObject({ code: 'OUTSIDE_AGREEMENT', fields: ['Consultation.weather'] });
      expect(await (await fetch(`${gateway.url}/catalog`)).text()).not.toContain('weather');
    } finally {
      await gateway.stop();
    }
    // Whom an agreement names makes no difference: of what has no class nothing is shared.
    expect(classesOf(undecided).field('Consultation', 'weather')).toBeUndefined();
    expect(catalogOf(undecided)).toEqual(catalogFields);
  });

  test('and says something that contradicts the rest stops the start', async () => {
    const contradictory = withField(`${weather} @dataset(sharing: UNCONDITIONAL)`);
    await expect(createGateway({ supergraph: contradictory } as GatewayConfig)).rejects.toThrow(
      'Consultation.weather: UNCONDITIONAL, wider than its type, which is CONDITIONAL',
    );
  });
});
