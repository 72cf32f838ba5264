import type { BuildStep } from '../../../contract/build.ts';
import type { SamePlace } from '../../../contract/build-record.ts';
import type { BuildExplanation, StepCause, StepExplanation } from '../../../contract/explanation.ts';
import type { Selection } from '../record/compare-contexts.ts';
import { type Alignment, alignInstructions } from './align-instructions.ts';
import { changedArgs, changedProxies } from './changed-args.ts';
import { labelsCause, makerCauses } from './changed-options.ts';
import { asAbove, changedLines, notIn } from './lines-above.ts';
import type { Evidence, MadeBuild } from './made-build.ts';
import { matchSteps, upstreamSteps } from './match-steps.ts';
import { stageMeant } from './pair-stages.ts';
import { type Instruction, readInstructions } from './read-instructions.ts';
import { whatIsLeft } from './what-is-left.ts';

/** A build laid beside the one before; the same for finding out what to compare and for explaining. */
export class BuildComparison {
  readonly #before: MadeBuild;
  readonly #after: MadeBuild;
  readonly #matched: Map<string, Instruction>;
  readonly #upstream: Map<string, string[]>;
  readonly #alignment: Alignment;
  readonly #beforeSteps: Map<Instruction, BuildStep>;
  readonly #instructions: Instruction[];
  readonly #beforeInstructions: Instruction[];
  readonly #rebuilt: BuildStep[];

  constructor(before: MadeBuild, after: MadeBuild) {
    this.#before = before;
    this.#after = after;
    const old = readInstructions(before.dockerfile, argsOf(before), before.progress.builder);
    this.#instructions = readInstructions(after.dockerfile, argsOf(after), after.progress.builder);
    this.#matched = matchSteps(after.progress, this.#instructions);
    this.#beforeInstructions = old;
    this.#upstream = upstreamSteps(after.progress, this.#matched);
    this.#alignment = alignInstructions(old, this.#instructions);
    const steps = new Map(before.progress.steps.map((step) => [step.id, step]));
    this.#beforeSteps = new Map([...matchSteps(before.progress, old)].map(([id, one]) => [one, steps.get(id) as BuildStep]));
    this.#rebuilt = after.progress.steps.filter(isRebuilt);
  }

  /** Steps that come from the same place of the two Dockerfiles; of those whose line is not certain, nothing is said. */
  get samePlaces(): SamePlace[] {
    return [...this.#matched].flatMap(([id, instruction]): SamePlace[] => {
      const before = this.#alignment.before.get(instruction);
      const step = before && this.#beforeSteps.get(before);
      return step ? [[step.id, id]] : [];
    });
  }

  /** What steps read of the context, where the build before read the same places. */
  get selections(): Map<string, Selection> {
    // what came from the cache can still be other than it was: an older result
    const own = this.#rebuilt.length > 0 ? [...this.#matched.keys()] : [];
    const found = own.flatMap((id): [string, Selection][] => {
      const instruction = this.#matched.get(id);
      if (!instruction || instruction.sources.length === 0 || !this.#hadSame(instruction)) return [];
      return [[id, { sources: instruction.sources, excludes: instruction.excludes }]];
    });
    return new Map(found);
  }

  // of a build with other sources, or one that did not get so far, other files were recorded
  #hadSame(instruction: Instruction): boolean {
    const before = this.#alignment.before.get(instruction);
    return before?.sources.join('\0') === instruction.sources.join('\0') && this.#wasMade(before);
  }

  #wasMade(before: Instruction | undefined): boolean {
    const step = before && this.#beforeSteps.get(before);
    // what stands under a step that came from the cache, BuildKit need not even look up
    return step !== undefined && (this.#before.hasSucceeded || step.state === 'built' || step.state === 'cached');
  }

  /** The steps that were built again, each with what changed for it and what it follows. Nothing is said that is not known. */
  explain(evidence: Evidence): BuildExplanation {
    const told = new Set<string>();
    const steps = this.#rebuilt.map((step) => this.#explainStep(step, evidence, told));
    return { comparedWith: { id: this.#before.id, at: this.#before.at }, steps };
  }

  #explainStep(step: BuildStep, evidence: Evidence, told: Set<string>): StepExplanation {
    if (this.#after.inputs.noCache) return { step: step.id, causes: [{ kind: 'no-cache' }], follows: [] };
    const follows = (this.#upstream.get(step.id) ?? []).filter((id) => this.#rebuilt.some((other) => other.id === id));
    const instruction = this.#matched.get(step.id);
    if (!instruction) {
      const labels = labelsCause(step, this.#before, this.#after);
      if (labels.length > 0 || follows.length > 0) return { step: step.id, causes: labels, follows };
      return { step: step.id, causes: [{ kind: 'unknown', reason: 'it could not be found in the Dockerfile' }], follows };
    }
    const own = [
      ...this.#changedInstruction(instruction),
      ...this.#changedSurroundings(instruction, told),
      ...changedProxies(this.#before, this.#after, instruction),
      ...this.#changedFiles(step, evidence),
      ...this.#movedSources(instruction),
    ];
    const isFirst = follows.length === 0;
    // where a step above it came from the cache, that cache could be used; then it is a cause only if there is no other
    const isOpen = own.length === 0 || !this.#standsOnCached(step);
    const maker = isFirst && isOpen ? makerCauses(this.#before, this.#after, instruction) : [];
    const causes = [...maker, ...own, ...(isOpen ? this.#movedBase(instruction, follows) : [])];
    if (causes.length > 0 || !isFirst) return { step: step.id, causes, follows };
    const above = this.#changedAbove(step, evidence);
    return { step: step.id, causes: above.length > 0 ? above : [this.#whatIsLeft(step, instruction, evidence)], follows };
  }

  /** What changed for the nearest steps above that came from the cache all the same, as an older build had made them so. */
  #changedAbove({ id }: BuildStep, evidence: Evidence): StepCause[] {
    return (this.#upstream.get(id) ?? []).flatMap((one) => {
      const [step, instruction] = [this.#after.progress.steps.find((other) => other.id === one), this.#matched.get(one)];
      if (!step || !instruction) return [];
      const isBase = instruction.keyword === 'FROM';
      const own = isBase ? [] : [...this.#changedInstruction(instruction), ...this.#changedFiles(step, evidence)];
      return own.length > 0 ? own.map((cause) => asAbove(cause, instruction)) : this.#changedAbove(step, evidence);
    });
  }

  #standsOnCached({ id }: BuildStep): boolean {
    const above = (this.#upstream.get(id) ?? []).map((one) => this.#after.progress.steps.find((step) => step.id === one));
    return above.some((step) => step?.state === 'cached' && !/^FROM\b/i.test(step.instruction));
  }

  #changedInstruction(instruction: Instruction): StepCause[] {
    const before = this.#alignment.before.get(instruction);
    const removed = this.#removedAbove(instruction).map(({ text }): StepCause => ({ kind: 'instruction-removed', before: text }));
    if (!before) return [{ kind: 'instruction-new' }, ...removed];
    const { text: was } = before;
    const { text: is } = instruction;
    if (!this.#alignment.readsSame(before, instruction)) return [{ kind: 'instruction-changed', before: was, after: is }, ...removed];
    const around = [...removed, ...this.#changedArgLines(instruction), ...this.#otherStage(before, instruction)];
    // where stages are counted otherwise, the texts differ and the lines do not
    if (before.expanded === instruction.expanded || was !== is) return around;
    const args = changedArgs(before, instruction).filter(({ name }) => instruction.usedArgs.includes(name));
    if (args.length > 0) return args;
    // what it uses may also come from an ENV above
    const [gone, come] = [notIn(before.surroundings, instruction.surroundings), notIn(instruction.surroundings, before.surroundings)];
    const lines = changedLines(gone, come, false).filter((line) =>
      instruction.usedArgs.some((name) => (line.before + line.after).includes(name)),
    );
    return lines.length > 0 ? lines : [{ kind: 'instruction-changed', before: before.expanded, after: instruction.expanded }];
  }

  /** A line that reads as it did, but takes files from another stage: stages above it are counted otherwise. */
  #otherStage(before: Instruction, instruction: Instruction): StepCause[] {
    const was = stageMeant(before, this.#beforeInstructions);
    const is = stageMeant(instruction, this.#instructions);
    // an image is meant where no stage is
    const isSame = is === undefined ? was === undefined : this.#alignment.stages.get(is) === was;
    if (instruction.keyword === 'FROM' || isSame) return [];
    return [{ kind: 'other-stage', from: instruction.from ?? '' }];
  }

  /** For the classic builder an ARG is a step like any other, that shows nothing: what comes after it says that it changed. */
  #changedArgLines(instruction: Instruction): StepCause[] {
    if (this.#after.progress.builder !== 'classic') return [];
    const place = this.#instructions.indexOf(instruction);
    const since = this.#instructions.findLastIndex((one, index) => index < place && one.keyword !== 'ARG');
    return this.#instructions.slice(since + 1, place).flatMap((one): StepCause[] => {
      const was = one.stage === instruction.stage ? this.#alignment.before.get(one) : one;
      if (was?.expanded === one.expanded) return [];
      return [{ kind: 'instruction-changed', before: was?.text ?? '', after: one.text, isAbove: true }];
    });
  }

  /** Steps that stood between this one and the one before it. */
  #removedAbove(instruction: Instruction): Instruction[] {
    const place = this.#instructions.indexOf(instruction);
    const isOwn = (one: Instruction) => this.#after.progress.builder === 'classic' || one.stepNumber !== undefined;
    const since = this.#instructions.findLastIndex((one, index) => index < place && (isOwn(one) || one.stage !== instruction.stage));
    const gone = this.#instructions.slice(since + 1, place + 1).flatMap((one) => this.#alignment.removedAbove.get(one) ?? []);
    // what was moved up is still there
    const isMoved = ({ text }: Instruction) =>
      this.#instructions
        .slice(0, place)
        .some((one) => one.stage === instruction.stage && one.text === text && !this.#alignment.before.has(one));
    return gone.filter((one) => isOwn(one) && !isMoved(one));
  }

  // A RUN sees every argument and variable above it, whether it uses them or not; what was told of an earlier one is not told again.
  #changedSurroundings(instruction: Instruction, told: Set<string>): StepCause[] {
    const before = this.#alignment.before.get(instruction);
    if (instruction.keyword !== 'RUN' || !before) return [];
    const gone = notIn(before.surroundings, instruction.surroundings);
    const come = notIn(instruction.surroundings, before.surroundings);
    // what hides an argument may get its value from it
    const isSeen = (name: string) => !instruction.hiddenArgs.includes(name) || come.some(({ usedArgs }) => usedArgs.includes(name));
    const args = changedArgs(before, instruction).filter(({ name }) => isSeen(name));
    // the classic builder has a step for each line, which says it itself
    const lines = this.#after.progress.builder === 'classic' ? [] : changedLines(gone, come, args.length > 0);
    return [...args, ...lines].filter((cause) => isNews(told, `${instruction.stage} ${JSON.stringify(cause)}`));
  }

  #changedFiles({ id }: BuildStep, { compare }: Evidence): StepCause[] {
    const comparison = compare(id);
    if (!comparison || comparison.total === 0) return [];
    return [{ kind: 'files-changed', changes: comparison.changes, total: comparison.total }];
  }

  /** The image that its stage begins with: only the first step of a stage that was built again sees it itself. */
  #movedBase(instruction: Instruction, follows: string[]): StepCause[] {
    if (follows.some((id) => this.#matched.get(id)?.stage === instruction.stage)) return [];
    const from = this.#instructions.find(({ keyword, stage }) => keyword === 'FROM' && stage === instruction.stage);
    const was = from && this.#alignment.before.get(from);
    if (!from || !was) return [];
    if (withoutName(was) === withoutName(from) || this.#alignment.readsSame(was, from)) return this.#movedImage(was, from);
    const isAbove = instruction === from ? {} : ({ isAbove: true } as const);
    return [{ kind: 'instruction-changed', before: was.expanded, after: from.expanded, ...isAbove }];
  }

  /** Images that COPY --from and RUN --mount name. */
  #movedSources(instruction: Instruction): StepCause[] {
    const was = this.#alignment.before.get(instruction);
    return was && instruction.keyword !== 'FROM' ? this.#movedImage(was, instruction) : [];
  }

  #movedImage(was: Instruction, is: Instruction): StepCause[] {
    if (!is.from || !was.from) return [];
    const [before, after] = [this.#before.bases[was.from], this.#after.bases[is.from]];
    // an id and a digest of the same image differ, too
    if (!before || !after || before === after || before.startsWith('@') !== after.startsWith('@')) return [];
    return [{ kind: 'base-moved', reference: is.from, before: before.replace('@', ''), after: after.replace('@', '') }];
  }

  #whatIsLeft(step: BuildStep, instruction: Instruction, evidence: Evidence): StepCause {
    const before = this.#alignment.before.get(instruction);
    if (!before || !this.#wasMade(before)) return { kind: 'not-finished-before' };
    const builds = { before: this.#before, after: this.#after };
    return whatIsLeft({ builds, step, before, after: instruction, evidence });
  }
}

// The Dockerfile's own steps that the builder really took; that a base is looked up is none.
const isRebuilt = ({ number, instruction, state }: BuildStep): boolean =>
  number !== undefined && !/^(?:FROM|ARG)\b/i.test(instruction) && (state === 'built' || state === 'failed' || state === 'running');

// digests stand for the values that are not kept: they differ where the values do
const argsOf = ({ inputs, argDigests }: MadeBuild): Record<string, string> => ({ ...inputs.args, ...argDigests });

// what a stage is called decides nothing
const withoutName = ({ expanded }: Instruction): string => expanded.replace(/\s+AS\s+\S+$/i, '');

function isNews(told: Set<string>, key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}
