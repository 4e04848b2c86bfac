// The three globals come from the browser builds that index.html loads before this module.
const { React, ReactDOM, GraphiQL } = window;
const { endpoint, tabs: tabsUrl } = document.body.dataset;
const select = document.getElementById('actor');
const actingAs = document.getElementById('acting');

// Demo tokens are short-lived and cheap: asking anew each minute spares the page from knowing when one ends.
const tokenLifetime = 60_000;

/** Who the next request is sent as; null is the public. */
let acting = null;

async function requestToken(label) {
  const response = await fetch('/explorer/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ actor: label }),
  });
  if (!response.ok) throw new Error(`没有取得令牌 No token for ${label}: HTTP ${response.status}`);
  return (await response.json()).token;
}

function actAs(label) {
  const actor = { label, since: Date.now(), token: requestToken(label) };
  acting = actor;
  actor.token.catch(() => {
    // A failed one counts as run out, so that the next request tries again.
    actor.since = 0;
  });
  return actor.token;
}

function show(state, text) {
  actingAs.dataset.state = state;
  actingAs.textContent = text;
}

function showActor() {
  if (acting) show('actor', acting.label);
  else show('public', '公众 (public)');
}

async function choose(label) {
  if (label === '') {
    acting = null;
    showActor();
    return;
  }
  show('pending', '…');
  const token = actAs(label);
  try {
    await token;
  } catch (error) {
    // Only if nobody else was chosen while this token was on its way.
    if (acting?.token !== token) return;
    acting = null;
    select.value = '';
    show('failed', `公众 (public) — ${error.message}`);
    return;
  }
  if (acting?.token === token) showActor();
}

/** Never falls back to the public: without its token a request fails, visibly. */
async function authorization() {
  if (!acting) return {};
  if (Date.now() - acting.since > tokenLifetime) return { authorization: `Bearer ${await actAs(acting.label)}` };
  return { authorization: `Bearer ${await acting.token}` };
}

// What is typed into the Headers pane wins over the choice above, and then the bar must say so.
function ownAuthorization(headers) {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
}

async function fetcher(request, { headers = {} } = {}) {
  const own = ownAuthorization(headers);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...(own ? {} : await authorization()),
      ...headers,
    },
    body: JSON.stringify(request),
  });
  if (own) show('actor', 'Headers: Authorization');
  else if (acting || actingAs.dataset.state === 'actor') showActor();
  if (!/json/.test(response.headers.get('content-type') ?? '')) {
    throw new Error(`HTTP ${response.status} ${response.statusText}`);
  }
  return response.json();
}

const tabs = (await (await fetch(tabsUrl)).json()).map(({ query, variables }) => ({
  query,
  variables: JSON.stringify(variables, null, 2),
}));

// GraphiQL opens default tabs only where it remembers none. The address carries the hash of the operations, so changed
// ones are opened afresh, and edited ones are still there on the next visit.
const storage = GraphiQL.createLocalStorage({ namespace: tabsUrl });
if (storage.getItem('graphiql:tabState') === null) {
  // It takes the first tab's editors from here and not from the default tabs: without this the variables stay empty.
  storage.setItem('graphiql:query', tabs[0].query);
  storage.setItem('graphiql:variables', tabs[0].variables);
}

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(
    GraphiQL,
    {
      fetcher,
      defaultTabs: tabs,
      storage,
      defaultEditorToolsVisibility: 'variables',
    },
    // In place of the logo, which links to another site.
    React.createElement(GraphiQL.Logo, null, 'GraphiQL'),
  ),
);

select?.addEventListener('change', () => choose(select.value));
