import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { confirmTag, endorseTag, removeTag, type Tag, tagMember } from './store.ts';

const read = (id: string, { tags }: Context) => tags.tags.load(id);

export const tagResolvers: Resolvers = {
  Member: {
    tagWall: ({ id }: { id: string }, _, { tags }: Context) => tags.tagsOfMember.load(id),
  },
  Tag: {
    __resolveReference: ({ id }: Tag, context: Context) => read(id, context),
    tag: ({ text }: Tag) => text,
    member: ({ member }: Tag, _, { people }: Context) => people.members.load(member),
    by: ({ author }: Tag, _, { people }: Context) => people.members.load(author),
    confirmed: ({ confirmedOn }: Tag) => confirmedOn !== null,
  },
  Mutation: {
    tagMember: mutation('tag', tagMember, read),
    endorseTag: mutation('tag', endorseTag, read),
    confirmTag: mutation('tag', confirmTag, read),
    removeTag: mutation('member', removeTag, (id: string, { people }: Context) => people.members.load(id)),
  },
};
