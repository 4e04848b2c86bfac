import type { Actor } from '@hub/access';
import type { Doer, Machine } from '@hub/workflow';
import type { Answer } from './subgraph.ts';

/** How a machine is walked: who does what, and with which input. */
export interface Walk {
  readonly machine: Machine;
  ask(query: string, options?: { as?: Actor; variables?: Record<string, unknown> }): Promise<Answer>;
  /** Somebody right for each that the machine names. */
  readonly as: Readonly<Partial<Record<Doer, Actor>>>;
  /** Actors that may take no step at all, whatever the record. */
  readonly strangers: readonly Actor[];
  /** Who reads a record whatever its state. */
  readonly reader: Actor;
  /** The input of each step; `record` is the id of the record that it is taken on. */
  readonly inputs: Readonly<
    Record<string, (record: string) => Record<string, unknown> | Promise<Record<string, unknown>>>
  >;
  /** Fields beside the record in which a payload gives the id of what was made. */
  readonly made?: string;
}

const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const camel = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}`;

/**
 * Takes every step from every state: those that the machine allows, as the right actors and as wrong ones, and those that
 * it doesn't. A record is brought into each state by steps alone.
 * @returns what went otherwise than the machine says, in sentences; and how many steps were tried
 */
export async function walk(given: Walk): Promise<{ faults: string[]; tried: number }> {
  const { machine, ask, as, strangers, reader, inputs, made } = given;
  const faults: string[] = [];
  let tried = 0;
  const field = camel(machine.record);
  // What the hub does by itself nobody asks for, unless somebody here stands for what makes it.
  const steps = Object.entries(machine.steps).filter(([, { by }]) => as.HUB !== undefined || by.join() !== 'HUB');

  const take = async (name: string, record: string, actor: Actor) => {
    const input = await inputs[name]?.(record);
    if (!input) throw new Error(`walk: give the input of ${name}`);
    tried += 1;
    const query = `mutation ($input: ${pascal(name)}Input!) { ${name}(input: $input) { ${made ? `${made} ` : ''}${field} { id } userErrors { code } } }`;
    const { data, errors } = await ask(query, { as: actor, variables: { input } });
    const payload = data?.[name];
    const code = errors[0] ?? payload?.userErrors[0]?.code ?? null;
    return { code, id: payload?.[field]?.id ?? (made ? payload?.[made] : undefined) } as {
      code: string | null;
      id: string;
    };
  };
  const stateOf = async (id: string) => {
    const { data } = await ask(`query ($id: ID!) { ${field}(id: $id) { status events { step to } } }`, {
      as: reader,
      variables: { id },
    });
    return {
      status: data?.[field]?.status as string,
      events: (data?.[field]?.events ?? []) as { step: string; to: string }[],
    };
  };
  const rightActor = (by: readonly Doer[]) => {
    const actor = by.map((doer) => as[doer]).find(Boolean);
    if (!actor) throw new Error(`walk: give somebody who is ${by.join(' or ')}`);
    return actor;
  };

  /** The shortest way into each state. */
  const ways = new Map<string, string[]>();
  const queue: [string | null, string[]][] = [[null, []]];
  for (let at = queue.shift(); at; at = queue.shift()) {
    const [state, way] = at;
    for (const [name, step] of steps) {
      const starts = step.from.length === 0;
      if ((state === null) !== starts || (state !== null && !step.from.includes(state))) continue;
      if (step.to === null || ways.has(step.to)) continue;
      ways.set(step.to, [...way, name]);
      queue.push([step.to, [...way, name]]);
    }
  }
  const bring = async (state: string): Promise<string> => {
    let id = '';
    for (const name of ways.get(state) ?? []) {
      const done = await take(name, id, rightActor(machine.steps[name]?.by ?? []));
      if (done.code) throw new Error(`walk: ${name} on the way to ${state} ends in ${done.code}`);
      id = id || done.id;
    }
    return id;
  };

  for (const state of Object.keys(machine.states)) {
    if (!ways.has(state)) {
      faults.push(`${state} can't be reached`);
      continue;
    }
    const id = await bring(state);
    const before = await stateOf(id);
    if (before.status !== state) faults.push(`the way to ${state} ends in ${before.status}`);
    if (before.events.at(-1)?.to !== state) faults.push(`the last event on the way to ${state} is another`);
    for (const [name, step] of steps) {
      if (step.from.length === 0) continue;
      const allowed = step.from.includes(state);
      if (!allowed) {
        const { code } = await take(name, id, rightActor(step.by));
        if (code !== 'STEP_NOT_ALLOWED' && code !== 'NOT_FOUND' && code !== 'NOT_YOURS')
          faults.push(`${name} in ${state} ends in ${code} and not in STEP_NOT_ALLOWED`);
        continue;
      }
      const others = step.by.includes('PUBLIC')
        ? []
        : [
            ...strangers,
            ...Object.entries(as).flatMap(([doer, actor]) => (step.by.includes(doer as Doer) ? [] : [actor])),
          ];
      for (const actor of others) {
        if (Object.entries(as).some(([doer, right]) => right === actor && step.by.includes(doer as Doer))) continue;
        const { code } = await take(name, id, actor);
        if (!['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'].includes(code ?? ''))
          faults.push(`${name} in ${state} by ${JSON.stringify(actor)} ends in ${code}`);
      }
      const untouched = await stateOf(id);
      if (untouched.status !== state || untouched.events.length !== before.events.length)
        faults.push(`${name} in ${state} was refused and yet left a trace`);
      for (const doer of step.by) {
        const actor = as[doer];
        if (!actor) throw new Error(`walk: give somebody who is ${doer}`);
        const fresh = await bring(state);
        const { code } = await take(name, fresh, actor);
        const after = await stateOf(fresh);
        if (code !== null) faults.push(`${name} in ${state} by ${doer} ends in ${code}`);
        else if (after.status !== (step.to ?? state) || after.events.at(-1)?.step !== name)
          faults.push(`${name} in ${state} leads to ${after.status} and not to ${step.to ?? state}`);
      }
    }
  }
  return { faults, tried };
}
