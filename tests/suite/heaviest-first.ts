/** The order of test files: a heavy one that came last would run alone, beside an idle core. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Seconds that files took; those that aren't named took few. Written by `tsx scripts/suite/summary.ts REPORT --weights`. */
const weights: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(new URL('weights.json', import.meta.url), 'utf8'),
);

export class HeaviestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const nameOf = ({ moduleId }: TestSpecification) => relative(this.ctx.config.root, moduleId);
    const weightOf = (file: TestSpecification) => weights[nameOf(file)] ?? 0;
    // A fork is used again by the files of its own lane alone.
    return [...files].sort(
      (one, other) =>
        one.project.name.localeCompare(other.project.name) ||
        weightOf(other) - weightOf(one) ||
        nameOf(one).localeCompare(nameOf(other)),
    );
  }
}
