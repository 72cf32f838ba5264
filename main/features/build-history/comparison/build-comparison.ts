import type { BuildStep } from '../../../../contract/build.ts';
import type { SamePlace } from '../../../../contract/build-record.ts';
import type { BuildExplanation, StepCause, StepExplanation } from '../../../../contract/explanation.ts';
import type { Selection } from '../../../foundation/context/record/compare-contexts.ts';
import { matchSteps, upstreamSteps } from '../../../foundation/dockerfile/match-steps.ts';
import { type Instruction, readInstructions } from '../../../foundation/dockerfile/read-instructions.ts';
import { type Alignment, alignInstructions } from './align-instructions.ts';
import { changedProxies } from './changed-args.ts';
import { changedBase, movedImage } from './changed-base.ts';
import { labelsCause, makerCauses } from './changed-options.ts';
import { LineChanges } from './line-changes.ts';
import { asAbove } from './lines-above.ts';
import type { Evidence, MadeBuild } from './made-build.ts';
import { remainingCause } from './remaining-cause.ts';
import { type StepScope, stepsToExplain } from './steps-to-explain.ts';

/** A build laid beside the one before: says which files to compare, and then explains the differences. */
export class BuildComparison {
  readonly #before: MadeBuild;
  readonly #after: MadeBuild;
  readonly #matched: Map<string, Instruction>;
  readonly #upstream: Map<string, string[]>;
  readonly #alignment: Alignment;
  readonly #beforeSteps: Map<Instruction, BuildStep>;
  readonly #instructions: Instruction[];
  readonly #lines: LineChanges;
  /** The steps that are explained. */
  readonly #told: BuildStep[];
  readonly #which: StepScope;

  /** `all` also explains how steps from the cache differ, and gives no cause for steps that do not differ. */
  constructor(before: MadeBuild, after: MadeBuild, which: StepScope = 'rebuilt') {
    this.#before = before;
    this.#after = after;
    const old = readInstructions(before.dockerfile, argsOf(before), before.progress.builder);
    this.#instructions = readInstructions(after.dockerfile, argsOf(after), after.progress.builder);
    this.#matched = matchSteps(after.progress, this.#instructions);
    this.#upstream = upstreamSteps(after.progress, this.#matched);
    this.#alignment = alignInstructions(old, this.#instructions);
    const { builder } = after.progress;
    this.#lines = new LineChanges({ alignment: this.#alignment, instructions: this.#instructions, beforeInstructions: old, builder });
    const steps = new Map(before.progress.steps.map((step) => [step.id, step]));
    this.#beforeSteps = new Map([...matchSteps(before.progress, old)].map(([id, one]) => [one, steps.get(id) as BuildStep]));
    this.#which = which;
    this.#told = stepsToExplain(after.progress, which);
  }

  get #builds() {
    return { before: this.#before, after: this.#after };
  }

  /** BuildKit keeps none of a build that failed, where another tool asked for it. */
  get #hasDockerfiles(): boolean {
    return this.#before.dockerfile !== '' && this.#after.dockerfile !== '';
  }

  /** Steps from the same place in the two Dockerfiles; steps whose line is uncertain are left out. */
  get samePlaces(): SamePlace[] {
    return [...this.#matched].flatMap(([id, instruction]): SamePlace[] => {
      const before = this.#alignment.before.get(instruction);
      const step = before && this.#beforeSteps.get(before);
      return step ? [[step.id, id]] : [];
    });
  }

  /** What steps read from the context, for steps that read the same places in the build before. */
  get selections(): Map<string, Selection> {
    // a cached step can still differ from the build before: it may be an older result
    const own = this.#told.length > 0 ? [...this.#matched.keys()] : [];
    const found = own.flatMap((id): [string, Selection][] => {
      const instruction = this.#matched.get(id);
      if (!instruction || instruction.sources.length === 0 || !this.#hadSame(instruction)) return [];
      return [[id, { sources: instruction.sources, excludes: instruction.excludes }]];
    });
    return new Map(found);
  }

  // with other sources, or if the build did not get that far, other files were recorded
  #hadSame(instruction: Instruction): boolean {
    const before = this.#alignment.before.get(instruction);
    return before?.sources.join('\0') === instruction.sources.join('\0') && this.#wasMade(before);
  }

  #wasMade(before: Instruction | undefined): boolean {
    const step = before && this.#beforeSteps.get(before);
    // BuildKit need not even look up the steps below one that came from the cache
    return step !== undefined && (this.#before.hasSucceeded || step.state === 'built' || step.state === 'cached');
  }

  /** The steps that were built again, each with what changed for it and what it follows. Says nothing that is not known. */
  explain(evidence: Evidence): BuildExplanation {
    const told = new Set<string>();
    const steps = this.#told.map((step) => this.#explainStep(step, evidence, told));
    return { comparedWith: { id: this.#before.id, at: this.#before.at }, steps };
  }

  #explainStep(step: BuildStep, evidence: Evidence, told: Set<string>): StepExplanation {
    if (this.#after.inputs.noCache && this.#which === 'rebuilt') return { step: step.id, causes: [{ kind: 'no-cache' }], follows: [] };
    const follows = (this.#upstream.get(step.id) ?? []).filter((id) => this.#told.some((other) => other.id === id));
    const instruction = this.#matched.get(step.id);
    if (!instruction) {
      const labels = labelsCause(step, this.#before, this.#after);
      if (labels.length > 0 || follows.length > 0 || this.#which === 'all') return { step: step.id, causes: labels, follows };
      return {
        step: step.id,
        causes: [{ kind: 'unknown', reason: this.#hasDockerfiles ? unclearLine : noDockerfile }],
        follows,
      };
    }
    const own = [
      ...this.#lines.changed(instruction),
      ...this.#lines.changedAround(instruction, told),
      ...changedProxies(this.#before, this.#after, instruction),
      ...this.#changedFiles(step, evidence),
      ...this.#movedSources(instruction),
    ];
    const isFirst = follows.length === 0;
    // if a step above came from the cache, the cache was usable; then engine or builder is a cause only if nothing else is
    const isOpen = own.length === 0 || !this.#standsOnCached(step);
    const maker = isFirst && isOpen ? makerCauses(this.#before, this.#after, instruction) : [];
    const causes = [...maker, ...own, ...(isOpen ? this.#movedBase(instruction, follows) : [])];
    if (causes.length > 0 || !isFirst || this.#which === 'all') return { step: step.id, causes, follows };
    const above = this.#changedAbove(step, evidence);
    return { step: step.id, causes: above.length > 0 ? above : [this.#remainingCause(step, instruction, evidence)], follows };
  }

  /** What changed for the nearest steps above that still came from the cache, because an older build had made them that way. */
  #changedAbove({ id }: BuildStep, evidence: Evidence): StepCause[] {
    return (this.#upstream.get(id) ?? []).flatMap((one) => {
      const [step, instruction] = [this.#after.progress.steps.find((other) => other.id === one), this.#matched.get(one)];
      if (!step || !instruction) return [];
      const isBase = instruction.keyword === 'FROM';
      const own = isBase ? [] : [...this.#lines.changed(instruction), ...this.#changedFiles(step, evidence)];
      return own.length > 0 ? own.map((cause) => asAbove(cause, instruction)) : this.#changedAbove(step, evidence);
    });
  }

  #standsOnCached({ id }: BuildStep): boolean {
    const above = (this.#upstream.get(id) ?? []).map((one) => this.#after.progress.steps.find((step) => step.id === one));
    return above.some((step) => step?.state === 'cached' && !/^FROM\b/i.test(step.instruction));
  }

  #changedFiles({ id }: BuildStep, { compare }: Evidence): StepCause[] {
    const comparison = compare(id);
    if (!comparison || comparison.total === 0) return [];
    return [{ kind: 'files-changed', changes: comparison.changes, total: comparison.total }];
  }

  /** Whether its stage's base image changed: only the first rebuilt step of a stage depends on it directly. */
  #movedBase(instruction: Instruction, follows: string[]): StepCause[] {
    if (follows.some((id) => this.#matched.get(id)?.stage === instruction.stage)) return [];
    const from = this.#instructions.find(({ keyword, stage }) => keyword === 'FROM' && stage === instruction.stage);
    const was = from && this.#alignment.before.get(from);
    if (!from || !was) return [];
    return changedBase(this.#builds, was, from, this.#alignment.readsSame);
  }

  /** The images named by COPY --from and RUN --mount. */
  #movedSources(instruction: Instruction): StepCause[] {
    const was = this.#alignment.before.get(instruction);
    return was && instruction.keyword !== 'FROM' ? movedImage(this.#builds, was, instruction) : [];
  }

  /** Whether the classic builder rebuilt steps that a base adds: it does so inside FROM, and neither files nor lines are recorded. */
  #hasNewTriggers({ stage }: Instruction): boolean {
    const from = [...this.#matched].find(([, one]) => one.keyword === 'FROM' && one.stage === stage)?.[0];
    return this.#after.progress.steps.some(({ id, triggers, state }) => id === from && triggers !== undefined && state === 'built');
  }

  #remainingCause(step: BuildStep, instruction: Instruction, evidence: Evidence): StepCause {
    const before = this.#alignment.before.get(instruction);
    if (!before || !this.#wasMade(before)) return { kind: 'not-finished-before' };
    if (this.#hasNewTriggers(instruction)) return { kind: 'unknown', reason: 'steps that its base image adds (ONBUILD) were built again' };
    return remainingCause({ builds: this.#builds, step, before, after: instruction, evidence });
  }
}

// digests stand for values that are not stored: they differ if the values do
const argsOf = ({ inputs, argDigests }: MadeBuild): Record<string, string> => ({ ...inputs.args, ...argDigests });

const unclearLine = 'it isn’t certain which line of the Dockerfile it comes from, if any';
const noDockerfile = 'no Dockerfile was kept of one of the builds';
