import type { Actor } from '@hub/access';
import { staff, type TestSubgraph } from '@hub/testkit';
import { expect } from 'vitest';

/** A time some days ahead, at an hour of Asia/Shanghai. */
export const ahead = (days: number, hour = 9): string => {
  const day = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`).toISOString();
};

export const shownPlan = `id title status revision sequence reason callOffBy
  initiator { code } consultation { id status title held { start } hosts { role name committee { code } } parts { starts ends } }
  parties { id committee { code } status required number hosts reason callsOff hostName slots { starts } quota events { step role } pendingSteps { step due } }
  proposal { number basedOn answerBy comment committee { code } changes { field before after } title place durationMinutes topics { title committee { code } }
    slots { starts ends suitsAll free } }
  locked { number title } slot { starts ends } events { step role from to } pendingSteps { step }`;

/** What a test does with joint plans: each step as the staff of a committee, by its code. */
export function planning(hub: TestSubgraph) {
  const actorOf = (who: string | Actor) => (typeof who === 'string' ? staff(who) : who);
  const step = async (name: string, input: object, who: string | Actor) => {
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { jointPlan { ${shownPlan} } userErrors { code path message } } }`,
      { as: actorOf(who), variables: { input } },
    );
    const answer = data?.[name];
    return {
      plan: answer?.jointPlan,
      code: (errors[0] ?? answer?.userErrors[0]?.code ?? null) as string | null,
      path: answer?.userErrors[0]?.path as string[] | undefined,
    };
  };
  const done = async (name: string, input: object, who: string | Actor) => {
    const { plan, code, path } = await step(name, input, who);
    expect({ name, code, path }).toEqual({ name, code: null, path: undefined });
    return plan;
  };
  return {
    step,
    done,
    /** Starts a plan and gives it as its initiator sees it. */
    start: (initiator: string, parties: readonly string[], input: object = {}) =>
      done(
        'startJointPlan',
        {
          committee: initiator,
          parties: parties.map((committee) => ({ committee })),
          title: '眼科医联体协商',
          kind: 'TOPICAL',
          place: '松江区政协',
          durationMinutes: 120,
          starts: [ahead(60), ahead(61)],
          topics: ['双向转诊'],
          ...input,
        },
        initiator,
      ),
    see: async (id: string, who: string | Actor) =>
      (
        await hub.ask(`query ($id: ID!) { jointPlan(id: $id) { ${shownPlan} } }`, {
          as: actorOf(who),
          variables: { id },
        })
      ).data.jointPlan,
  };
}

/** A party of a plan by its code. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
export const partyIn = (plan: any, code: string): any =>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  plan.parties.find((party: any) => party.committee.code === code);
