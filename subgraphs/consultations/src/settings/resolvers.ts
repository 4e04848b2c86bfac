import { HubError, RuleBroken } from '@hub/errors';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { type MutationInput, mutation } from '@hub/workflow';
import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import { consultationSettings } from './settings.ts';

interface ChangeInput extends MutationInput {
  readonly committee: string;
  readonly validFrom: string;
}

export const settingResolvers: Resolvers = {
  Committee: {
    consultationSettings: ({ code }: Committee, { on }: { on?: string | null }, context: Context) =>
      consultationSettings.of(context, currentCode(code), on ?? today()),
  },
  Mutation: {
    changeConsultationSettings: mutation<ChangeInput, Context, { id: string }>(
      'committee',
      async ({ committee, validFrom, idempotencyKey: _, ...given }, { actor, scope }) => {
        if (actor.kind !== 'STAFF' || !actor.duties.includes('meetings')) throw new HubError('FORBIDDEN');
        const owner = currentCode(committee);
        if (actor.committee !== owner) throw new RuleBroken('NOT_YOURS', { details: { who: '该政协机关经办人员' } });
        if (validFrom < today())
          throw new RuleBroken('INVALID', { path: ['validFrom'], details: { field: 'validFrom' } });
        await consultationSettings.change(scope, owner, validFrom, given);
        return { id: owner };
      },
      committeeByCode,
    ),
  },
};
