import { readdir, readFile } from 'node:fs/promises';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoActor, registerExplorer } from '../src/explorer/explorer.ts';
import { registerHeaders } from '../src/http/headers.ts';
import { registerRefusals } from '../src/http/refusals.ts';

const staff = actor('杭州市政协 工作人员 (staff, 330100)', 'token-of-staff');
const member = actor('政协委员 <"member">', 'token-of-member');

function actor(label: string, token: string): DemoActor {
  return { label, token: async () => token };
}

async function explorerWith(demoActors: readonly DemoActor[]): Promise<FastifyInstance> {
  const app = fastify();
  registerHeaders(app, { isPublicByTls: false });
  registerRefusals(app, async (_, error) => error);
  await registerExplorer(app, { endpoint: '/graphql', demoActors });
  return app;
}

/** Addresses that the browser loads by itself, as the page names them. */
function assetsOf(html: string): readonly string[] {
  return [...html.matchAll(/(?:(?:src|data-tabs)|<link[^>]*href)="([^"]+)"/g)].map(([, url = '']) => url);
}

let development: FastifyInstance;
let production: FastifyInstance;

beforeAll(async () => {
  development = await explorerWith([staff, member]);
  production = await explorerWith([]);
});

afterAll(async () => {
  await Promise.all([development.close(), production.close()]);
});

describe('the page', () => {
  it('answers at / and may load nothing but the hub’s own files', async () => {
    const response = await development.inject('/');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it('names only assets that answer with the right type and may be kept for good', async () => {
    const types = { css: 'text/css', js: 'text/javascript', json: 'application/json', svg: 'image/svg+xml' };
    const urls = assetsOf((await development.inject('/')).body);
    expect(urls).toHaveLength(8);
    for (const url of urls) {
      const response = await development.inject(url);
      const extension = /\.(css|js|json|svg)\?v=/.exec(url)?.[1] as keyof typeof types;
      expect(response.statusCode, url).toBe(200);
      expect(response.headers['content-type'], url).toContain(types[extension]);
      expect(response.headers['cache-control'], url).toContain('immutable');
      expect(response.headers['x-content-type-options'], url).toBe('nosniff');
      expect(response.rawPayload.length, url).toBeGreaterThan(100);
    }
  });

  it('runs the browser builds of React and GraphiQL', async () => {
    expect((await development.inject('/explorer/react.production.min.js')).body).toContain('18.3.1');
    expect((await development.inject('/explorer/graphiql.min.js')).body).toContain('createLocalStorage');
  });

  it('holds no address outside the hub, and neither do its style sheets', async () => {
    const own = ['/', '/explorer/page.js', '/explorer/page.css'];
    for (const url of own) expect((await development.inject(url)).body, url).not.toMatch(/(https?:)?\/\/[\w-]+\.\w/);
    const graphiql = (await development.inject('/explorer/graphiql.min.css')).body;
    expect(graphiql).not.toContain('@import');
    expect(graphiql).not.toMatch(/url\(["']?(?!["']?data:)/);
  });

  it('links to the schema and knows the endpoint', async () => {
    const { body } = await development.inject('/');
    expect(body).toContain('href="/schema.graphql"');
    expect(body).toContain('data-endpoint="/graphql"');
  });

  it('offers the demo actors, with their labels escaped', async () => {
    const { body } = await development.inject('/');
    expect(body).toContain(`<option value="${staff.label}">`);
    expect(body).toContain('政协委员 &#60;&#34;member&#34;&#62;');
    expect(body).not.toContain(member.label);
  });

  it('offers nobody to act as where there are no demo actors', async () => {
    expect((await production.inject('/')).body).not.toContain('<select');
  });
});

describe('assets', () => {
  it('are not sent again to a browser that has them', async () => {
    for (const url of ['/', '/explorer/graphiql.min.js']) {
      const { etag } = (await development.inject(url)).headers;
      const again = await development.inject({ url, headers: { 'if-none-match': String(etag) } });
      expect(again.statusCode, url).toBe(304);
      expect(again.body, url).toBe('');
    }
  });

  it('are not kept under the hash of another version', async () => {
    const { headers } = await development.inject('/explorer/page.js?v=older');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it.each(['index.html', 'package.json', '../package.json', '%2e%2e/package.json', '..%2fexplorer.ts', ''])(
    'are the listed files and no other: /explorer/%s is not found',
    async (name) => {
      expect((await development.inject(`/explorer/${name}`)).statusCode).toBe(404);
    },
  );
});

describe('ready tabs', () => {
  const folder = new URL('../operations/', import.meta.url);

  it('carry every operation as it stands in gateway/operations, three levels first', async () => {
    const tabs = (await development.inject('/explorer/tabs.json')).json<{ title: string; query: string }[]>();
    expect(tabs.map((tab) => tab.title)).toEqual(['ThreeLevels', 'CommitteesBelow', 'MemberHome', 'Pairing']);
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')));
    expect(tabs.map((tab) => tab.query).sort()).toEqual(files.sort());
  });

  it('carry the variables and the description of the first line', async () => {
    const tabs = (await development.inject('/explorer/tabs.json')).json();
    expect(tabs).toMatchObject([
      { variables: { code: '330000' }, description: '三级联动: one question, three levels, four subgraphs' },
      { variables: { within: '330100', level: 'COUNTY' } },
      { variables: { year: 2024 } },
      { variables: { text: '上饶' } },
    ]);
  });
});

describe('demo tokens', () => {
  function ask(request: InjectOptions = {}): InjectOptions {
    const headers = { host: 'localhost:4000', 'content-type': 'application/json', ...request.headers };
    return { method: 'POST', url: '/explorer/tokens', payload: { actor: staff.label }, ...request, headers };
  }

  it('are given by label or by index', async () => {
    expect((await development.inject(ask())).json()).toEqual({ token: 'token-of-staff' });
    expect((await development.inject(ask({ payload: { actor: 1 } }))).json()).toEqual({ token: 'token-of-member' });
  });

  it('are given to the explorer’s own page and never cached', async () => {
    const own = { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' };
    const response = await development.inject(ask({ headers: own }));
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it.each([
    { origin: 'https://elsewhere.example' },
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
    { 'x-forwarded-for': '192.0.2.1' },
    { forwarded: 'for=192.0.2.1' },
    { via: '1.1 proxy' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://localhost:4000' },
  ])('are refused to a foreign page: %o', async (headers) => {
    const response = await development.inject(ask({ headers }));
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'are refused to what a page may send without asking: %s',
    async (type) => {
      const payload = JSON.stringify({ actor: staff.label });
      expect((await development.inject(ask({ payload, headers: { 'content-type': type } }))).statusCode).toBe(415);
    },
  );

  it.each([{}, { actor: 'nobody' }, { actor: 2 }, { actor: -1 }, { actor: null }, []])(
    'are refused for an unknown actor: %o',
    async (payload) => {
      expect((await development.inject(ask({ payload }))).statusCode).toBe(400);
    },
  );

  it('have no route at all without demo actors', async () => {
    expect((await production.inject(ask())).statusCode).toBe(404);
  });

  it('need labels that tell the actors apart', async () => {
    await expect(explorerWith([staff, staff])).rejects.toThrow('labels of their own');
  });
});
