import { readFile } from 'node:fs/promises';
import type { Asset } from './assets.ts';

interface PageContent {
  readonly endpoint: string;
  /** Labels to choose from; none means that no token can be had here. */
  readonly actors: readonly string[];
  readonly assets: ReadonlyMap<string, Asset>;
}

/** The page at `/`. Every asset is named with the hash of its content, so that browsers may keep it for good. */
export async function renderPage({ endpoint, actors, assets }: PageContent): Promise<string> {
  const template = await readFile(new URL('page/index.html', import.meta.url), 'utf8');
  return template
    .replaceAll(/\/explorer\/([\w.-]+)/g, (path, name: string) => {
      const asset = assets.get(name);
      if (!asset) throw new Error(`index.html names ${path}, which is no asset of the explorer`);
      return `${path}?v=${asset.hash}`;
    })
    .replace('{{endpoint}}', () => escapeHtml(endpoint))
    .replace('{{actors}}', () => (actors.length > 0 ? actorSelect(actors) : ownToken));
}

// Chosen by label and not by number: after a restart with other actors, a number would mean someone else.
// Without autocomplete="off" browsers restore a choice on reload that the script knows nothing of.
function actorSelect(labels: readonly string[]): string {
  const options = labels.map((label) => `<option value="${escapeHtml(label)}">${escapeHtml(label)}</option>`);
  return `<label>切换身份 Act as
      <select id="actor" autocomplete="off"><option value="">公众 (public)</option>${options.join('')}</select></label>`;
}

const ownToken =
  '<p>使用自己的令牌：在 Headers 中填写 Authorization · Own token: set Authorization in the Headers pane</p>';

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
