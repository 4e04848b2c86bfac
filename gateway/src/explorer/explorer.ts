import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeJson } from '../http/body.ts';
import { httpLimits } from '../http/limits.ts';
import { contentHash, readAssets } from './assets.ts';
import { renderPage } from './page.ts';

/** Someone whom a visitor of the explorer may act as while developing. */
export interface DemoActor {
  /** Unique, as the visitor reads it: 杭州市政协 工作人员 (staff, 330100). */
  readonly label: string;
  token(): Promise<string>;
}

export interface ExplorerOptions {
  /** Path of the GraphQL endpoint on this server: `/graphql`. */
  readonly endpoint: string;
  /** None in production: then there is no token route at all. */
  readonly demoActors: readonly DemoActor[];
  /** What the graph can be asked for, as `Query.field`; operations that ask for anything else get no tab. */
  readonly rootFields?: ReadonlySet<string>;
}

// Nothing but the hub's own files and its own endpoint. Fonts and pictures stand in GraphiQL's style sheet as data.
// GraphiQL's dialogs write a style element while they are open, hence 'unsafe-inline' for styles; scripts need nothing.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const oneYear = 'public, max-age=31536000, immutable';

/** Serves `/`, `/explorer/*` and, with demo actors, `POST /explorer/tokens`. All files are read now, once. */
export async function registerExplorer(app: FastifyInstance, options: ExplorerOptions): Promise<void> {
  const { endpoint, demoActors, rootFields } = options;
  const labels = demoActors.map((actor) => actor.label);
  if (new Set(labels).size < labels.length)
    throw new Error(`demo actors need labels of their own: ${labels.join(', ')}`);

  const assets = await readAssets(rootFields);
  const page = await renderPage({ endpoint, actors: labels, assets });
  const pageHash = contentHash(page);

  // A scope of its own: hooks and parsers below are the explorer's and touch no other route.
  await app.register(async (explorer) => {
    explorer.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'content-security-policy': contentSecurityPolicy,
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'same-origin',
      });
    });

    explorer.get('/', async (request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
      return answerUnlessKnown(request, reply, pageHash, page);
    });

    for (const [name, { body, type, hash }] of assets) {
      explorer.get<{ Querystring: { v?: string } }>(`/explorer/${name}`, async (request, reply) => {
        // Asked for by another hash (a page from before an update), the content must not be kept under that name.
        reply.type(type).header('cache-control', request.query.v === hash ? oneYear : 'no-cache');
        return answerUnlessKnown(request, reply, hash, body);
      });
    }

    if (demoActors.length > 0) registerTokens(explorer, demoActors);
  });
}

function answerUnlessKnown(request: FastifyRequest, reply: FastifyReply, hash: string, body: string | Buffer) {
  reply.header('etag', `"${hash}"`);
  return request.headers['if-none-match']?.includes(hash) ? reply.code(304).send() : reply.send(body);
}

/** Development only: `{ actor: label or index }` → `{ token }`, for our own page and for tools outside a browser. */
function registerTokens(explorer: FastifyInstance, actors: readonly DemoActor[]): void {
  // Forms and plain-text requests of a foreign page are sent without asking us first; JSON alone is not.
  takeJson(explorer, { maximumBytes: 1024, deadlineMs: httpLimits.bodyMs, arrivingBytes: httpLimits.arrivingBytes });

  explorer.post('/explorer/tokens', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    // CORS may let other front ends ask the graph; none of them is to choose who its visitor is.
    if (!isSameOrigin(request)) throw new HubError('FORBIDDEN');
    const actor = findActor(actors, request.body);
    if (!actor) throw new HubError('BAD_USER_INPUT', { field: 'actor' });
    return { token: await actor.token() };
  });
}

// Browsers send Origin with every POST; its absence means that no web page is asking.
function isSameOrigin({ headers, host, hostname }: FastifyRequest): boolean {
  // Another name that leads here is a foreign page's way around its origin (DNS rebinding).
  if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return false;
  // What a proxy passes on comes from another machine, whatever host the proxy names.
  if (['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some((name) => name in headers))
    return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}

function findActor(actors: readonly DemoActor[], body: unknown): DemoActor | undefined {
  const chosen = typeof body === 'object' && body !== null && 'actor' in body ? body.actor : undefined;
  return actors.find((actor, index) => chosen === actor.label || chosen === index);
}
