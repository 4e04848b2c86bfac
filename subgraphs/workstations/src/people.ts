/** Members and persons, whom another subgraph describes: what this one knows of them is their ids. */

interface Reference {
  readonly member: string | null;
  readonly person: string | null;
}
const named = (id: string | null) => (id === null ? null : { id });

/** Resolvers of a row that refers to a member or a person. */
export const reference = {
  member: ({ member }: Reference) => named(member),
  person: ({ person }: Reference) => named(person),
};

/** Resolvers of a type that this subgraph adds fields to. */
export const stub = { __resolveReference: ({ id }: { id: string }) => ({ id }) };
