/**
 * Draws docs/machines.md from the state machines (`subgraphs/<name>/src/<feature>/<record>.machine.ts`): a diagram and a table of steps each.
 * `--check` writes nothing and fails where the committed file differs.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { doers, type Machine, type Step, type StepDeadline } from '@hub/workflow';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/machines.md');

export interface FoundMachine {
  readonly subgraph: string;
  /** From the project's folder. */
  readonly path: string;
  readonly machine: Machine;
}

/** Every machine of every subgraph, in the order of their files. */
export async function findMachines(): Promise<FoundMachine[]> {
  const found: FoundMachine[] = [];
  for (const subgraph of readdirSync(join(root, 'subgraphs')).sort()) {
    const source = join(root, 'subgraphs', subgraph, 'src');
    const paths = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.machine.ts'))
      .sort();
    for (const path of paths) {
      const exported = Object.values((await import(join(source, path))) as Record<string, Machine>);
      for (const machine of exported)
        if ('states' in machine) found.push({ subgraph, path: relative(root, join(source, path)), machine });
    }
  }
  return found;
}

const units = { WORKING_DAYS: '工作日', DAYS: '天', MONTHS: '个月' };
function deadlineText(deadline: StepDeadline): string {
  if ('on' in deadline) return `\`${deadline.on}\` 当日`;
  const { setting, unit, counts } = deadline;
  const from =
    counts === 'AFTER_ENTERING'
      ? '进入该状态后'
      : 'before' in counts
        ? `\`${counts.before}\` 之前`
        : `\`${counts.after}\` 之后`;
  return `${from} \`${setting}\` ${units[unit]}`;
}

function drawing({ machine }: FoundMachine): string {
  const steps = Object.entries(machine.steps) as [string, Step<string>][];
  const arrows = steps.flatMap(([name, step]) =>
    (step.from.length === 0 ? ['[*]'] : step.from).map((from) => `  ${from} --> ${step.to ?? from} : ${name}`),
  );
  const names = Object.entries(machine.states).map(([state, { zh }]) => `  ${state} : ${zh} ${state}`);
  return ['```mermaid', 'stateDiagram-v2', ...names, ...arrows, '```'].join('\n');
}

const awaits = (step: Step<string>, state: string) => step.awaited?.includes(state) === true;

function stepLines({ machine }: FoundMachine): string {
  const lines = (Object.entries(machine.steps) as [string, Step<string>][]).map(([name, step]) =>
    [
      `\`${name}\` ${step.zh}`,
      step.from.length === 0
        ? '—'
        : step.from.map((state) => (awaits(step, state) ? `**${state}**` : state)).join(', '),
      step.to ?? '=',
      step.by.map((doer) => doers[doer].zh).join('、'),
      step.asks.map((field) => `\`${field}\``).join(', ') || '—',
      step.deadline ? deadlineText(step.deadline) : '—',
    ].join(' | '),
  );
  return [
    '| Step 步骤 | From 自 | To 至 | By whom 办理人 | Asks for 佐证 | Deadline 期限 |',
    '|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

function page(machines: readonly FoundMachine[]): string {
  const parts = machines.map((found) =>
    [
      `## ${found.machine.zh} ${found.machine.record}`,
      `[${found.path}](../${found.path})`,
      drawing(found),
      stepLines(found),
    ].join('\n\n'),
  );
  return `${[
    '# State machines 状态机',
    'Drawn by `pnpm machines` from the files that the code enforces.',
    'A state in **bold** waits for the step: it is a task (待办) of those who may take it.',
    ...parts,
  ].join('\n\n')}\n`;
}

if (import.meta.filename === process.argv[1]) {
  const text = page(await findMachines());
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${join('docs', 'machines.md')} isn't what the machines say: run pnpm machines and commit it.`);
    process.exitCode = 1;
  }
}
