import { RuleBroken } from '@hub/errors';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { type MutationInput, mutation } from '@hub/workflow';
import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import { assertKeeps } from '../keeping.ts';
import { memberSettings } from './settings.ts';

interface ChangeInput extends MutationInput {
  readonly committee: string;
  readonly validFrom: string;
}

export const settingResolvers: Resolvers = {
  Committee: {
    memberSettings: ({ code }: Committee, { on }: { on?: string | null }, context: Context) =>
      memberSettings.of(context, currentCode(code), on ?? today()),
  },
  Mutation: {
    changeMemberSettings: mutation<ChangeInput, Context, { id: string }>(
      'committee',
      async ({ committee, validFrom, idempotencyKey: _, ...given }, { actor, scope }) => {
        const owner = currentCode(committee);
        assertKeeps(actor, owner);
        if (validFrom < today())
          throw new RuleBroken('INVALID', { path: ['validFrom'], details: { field: 'validFrom' } });
        await memberSettings.change(scope, owner, validFrom, given);
        return { id: owner };
      },
      committeeByCode,
    ),
  },
};
