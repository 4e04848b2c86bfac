/**
 * A gateway of Apollo's reads its supergraph for a second as it starts, and what comes of it follows from the text alone: the hubs
 * of one process share the reading, as they share the modules.
 */
import { Supergraph } from '@apollo/federation-internals';

const build = Supergraph.build.bind(Supergraph);
let latest: { readonly sdl: string; readonly asked: string; readonly supergraph: Supergraph } | undefined;

Supergraph.build = (sdl, options) => {
  if (typeof sdl !== 'string') return build(sdl, options);
  const asked = JSON.stringify(options);
  if (latest?.sdl === sdl && latest.asked === asked) return latest.supergraph;
  const supergraph = build(sdl, options);
  for (const schema of [supergraph.schema, supergraph.apiSchema()]) {
    const made = schema.toGraphQLJSSchema();
    const makeOther = schema.toGraphQLJSSchema.bind(schema);
    schema.toGraphQLJSSchema = (config) => (config ? makeOther(config) : made);
  }
  latest = { sdl, asked, supergraph };
  return supergraph;
};
