/** The subgraph that the gateway itself is: it finds what an id names. */
export const nodeSubgraph = { name: 'graph', url: 'urn:cppcc-hub:graph' } as const;

/** How many ids one field may name. */
const mostNodes = 100;

/**
 * The SDL of `node` and `nodes`, as composition reads it. Whoever keeps a type says nothing of it: what stands here is enough for the
 * gateway to go on to them, and nobody comes here for a type, so that no other operation is planned otherwise.
 * @param types those that have an id, with the directory's two
 */
export function nodeTypeDefs(types: readonly string[]): string {
  const byCode = ['Committee', 'Region'];
  return `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective"])
  @link(url: "https://hub.cppcc.example/sharing/v1.0", import: ["@dataset"])
  @link(url: "https://hub.cppcc.example/inputs/v1.0", import: ["@ceiling"])
  @composeDirective(name: "@dataset")
  @composeDirective(name: "@ceiling")

directive @dataset(name: String, sharing: Sharing!, personal: Boolean) on OBJECT | INTERFACE | FIELD_DEFINITION
directive @ceiling(values: Int, characters: Int, least: Int, most: Int) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
enum Sharing { UNCONDITIONAL CONDITIONAL NOT_SHARED }

"记录: whatever has an id, which names nothing else in the graph."
interface Node @dataset(name: "internal", sharing: NOT_SHARED) {
  "编号"
  id: ID! @dataset(sharing: NOT_SHARED)
}

type Query {
  "按编号查: the record that an id names; null where there is none, or none that the asker may see"
  node("编号" id: ID!): Node @dataset(name: "internal", sharing: NOT_SHARED)
  "按编号查多条: the records that ids name, each in its place, or null there"
  nodes("编号" ids: [ID!]! @ceiling(values: ${mostNodes})): [Node] @dataset(name: "internal", sharing: NOT_SHARED)
}
${types
  .map((type) =>
    byCode.includes(type)
      ? `type ${type} implements Node @key(fields: "code", resolvable: false) { code: ID! id: ID! @shareable @dataset(sharing: UNCONDITIONAL) }`
      : `type ${type} implements Node @key(fields: "id", resolvable: false) { id: ID! }`,
  )
  .join('\n')}
`;
}
