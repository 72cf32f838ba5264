import type { BuildStep } from '../../../contract/build.ts';
import type { BuildExplanation, StepCause, StepExplanation } from '../../../contract/explanation.ts';
import { isSecretive } from '../../../contract/secretive.ts';
import type { Selection } from '../record/compare-contexts.ts';
import { type Alignment, alignInstructions } from './align-instructions.ts';
import { asAbove, changedLines, linesOf, notIn } from './lines-above.ts';
import type { Evidence, MadeBuild } from './made-build.ts';
import { matchSteps, upstreamSteps } from './match-steps.ts';
import { type Instruction, readInstructions } from './read-instructions.ts';

/** A build laid beside the one before; the same for finding out what to compare and for explaining. */
export class BuildComparison {
  readonly #before: MadeBuild;
  readonly #after: MadeBuild;
  readonly #matched: Map<string, Instruction>;
  readonly #upstream: Map<string, string[]>;
  readonly #alignment: Alignment;
  readonly #beforeSteps: Map<Instruction, BuildStep>;
  readonly #instructions: Instruction[];
  readonly #rebuilt: BuildStep[];

  constructor(before: MadeBuild, after: MadeBuild) {
    this.#before = before;
    this.#after = after;
    const old = readInstructions(before.dockerfile, argsOf(before), before.progress.builder);
    this.#instructions = readInstructions(after.dockerfile, argsOf(after), after.progress.builder);
    this.#matched = matchSteps(after.progress, this.#instructions);
    this.#upstream = upstreamSteps(after.progress, this.#matched);
    this.#alignment = alignInstructions(old, this.#instructions);
    const steps = new Map(before.progress.steps.map((step) => [step.id, step]));
    this.#beforeSteps = new Map([...matchSteps(before.progress, old)].map(([id, one]) => [one, steps.get(id) as BuildStep]));
    this.#rebuilt = after.progress.steps.filter(isRebuilt);
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
      const causes: StepCause[] = follows.length > 0 ? [] : [{ kind: 'unknown', reason: 'it could not be found in the Dockerfile' }];
      return { step: step.id, causes, follows };
    }
    const own = [
      ...this.#changedInstruction(instruction),
      ...this.#changedSurroundings(instruction, told),
      ...this.#changedFiles(step, evidence),
      ...this.#movedBases(instruction, follows),
    ];
    const isFirst = follows.length === 0;
    // where a step above it came from the cache, that cache could be used; then it is a cause only if there is no other
    const maker = isFirst && (own.length === 0 || !this.#standsOnCached(step)) ? this.#otherMaker(instruction) : [];
    const causes = [...maker, ...own];
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

  #otherMaker(instruction: Instruction): StepCause[] {
    if (this.#before.engine !== this.#after.engine) return [{ kind: 'other-engine' }];
    const [before, after] = [this.#before.progress.builder, this.#after.progress.builder];
    return before === after ? this.#changedOptions(instruction) : [{ kind: 'other-builder', before, after }];
  }

  #changedOptions({ keyword }: Instruction): StepCause[] {
    // only BuildKit looks at it, and only a RUN uses it
    const isOfNetwork = keyword === 'RUN' && this.#after.progress.builder === 'buildkit';
    return (isOfNetwork ? (['platform', 'network'] as const) : (['platform'] as const)).flatMap((option): StepCause[] => {
      const [before, after] = [this.#before.inputs[option], this.#after.inputs[option]];
      if ((before ?? 'default') === (after ?? 'default')) return [];
      return [{ kind: 'option-changed', option, ...(before && { before }), ...(after && { after }) }];
    });
  }

  #changedInstruction(instruction: Instruction): StepCause[] {
    const before = this.#alignment.before.get(instruction);
    const removed = this.#removedAbove(instruction).map(({ text }): StepCause => ({ kind: 'instruction-removed', before: text }));
    if (!before) return [{ kind: 'instruction-new' }, ...removed];
    if (before.text !== instruction.text)
      return [{ kind: 'instruction-changed', before: before.text, after: instruction.text }, ...removed];
    if (before.expanded === instruction.expanded) return removed;
    const args = this.#changedArgs(before, instruction).filter(({ name }) => instruction.usedArgs.includes(name));
    if (args.length > 0) return args;
    // what it uses may also come from an ENV above
    const [gone, come] = [notIn(before.surroundings, instruction.surroundings), notIn(instruction.surroundings, before.surroundings)];
    const lines = changedLines(gone, come, false).filter((line) =>
      instruction.usedArgs.some((name) => (line.before + line.after).includes(name)),
    );
    return lines.length > 0 ? lines : [{ kind: 'instruction-changed', before: before.expanded, after: instruction.expanded }];
  }

  /** Steps that stood between this one and the one before it. */
  #removedAbove(instruction: Instruction): Instruction[] {
    const place = this.#instructions.indexOf(instruction);
    const isOwn = (one: Instruction) => this.#after.progress.builder === 'classic' || one.stepNumber !== undefined;
    const since = this.#instructions.findLastIndex((one, index) => index < place && (isOwn(one) || one.stage !== instruction.stage));
    return this.#instructions.slice(since + 1, place + 1).flatMap((one) => (this.#alignment.removedAbove.get(one) ?? []).filter(isOwn));
  }

  // A RUN sees every argument and variable above it, whether it uses them or not; what was told of an earlier one is not told again.
  #changedSurroundings(instruction: Instruction, told: Set<string>): StepCause[] {
    const before = this.#alignment.before.get(instruction);
    if (instruction.keyword !== 'RUN' || !before) return [];
    const gone = notIn(before.surroundings, instruction.surroundings);
    const come = notIn(instruction.surroundings, before.surroundings);
    // what hides an argument may get its value from it
    const isSeen = (name: string) => !instruction.hiddenArgs.includes(name) || come.some(({ usedArgs }) => usedArgs.includes(name));
    const args = this.#changedArgs(before, instruction).filter(({ name }) => isSeen(name));
    // the classic builder has a step for each line, which says it itself
    const lines = this.#after.progress.builder === 'classic' ? [] : changedLines(gone, come, args.length > 0);
    return [...args, ...lines].filter((cause) => isNews(told, `${instruction.stage} ${JSON.stringify(cause)}`));
  }

  #changedArgs(before: Instruction, after: Instruction) {
    const names = [...new Set([...before.args.keys(), ...after.args.keys()])];
    return names.flatMap((name): (StepCause & { kind: 'arg-changed' })[] => {
      const [was, is] = [before.args.get(name), after.args.get(name)];
      if (was === is) return [];
      if (isSecretive(name)) return [{ kind: 'arg-changed', name }];
      return [{ kind: 'arg-changed', name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
    });
  }

  #changedFiles({ id }: BuildStep, { compare }: Evidence): StepCause[] {
    const comparison = compare(id);
    if (!comparison || comparison.total === 0) return [];
    return [{ kind: 'files-changed', changes: comparison.changes, total: comparison.total }];
  }

  #movedBases(instruction: Instruction, follows: string[]): StepCause[] {
    const from = this.#instructions.find(({ keyword, stage }) => keyword === 'FROM' && stage === instruction.stage);
    // only the first rebuilt step of a stage sees the base itself; COPY --from and RUN --mount see what they name
    const ofStage = follows.some((id) => this.#matched.get(id)?.stage === instruction.stage) ? undefined : from;
    const own = instruction.keyword === 'FROM' ? undefined : instruction;
    return [ofStage, own].flatMap((one): StepCause[] => {
      const was = one && this.#alignment.before.get(one);
      if (!one?.from || !was?.from) return [];
      if (one === from && withoutName(was) !== withoutName(one))
        return [{ kind: 'instruction-changed', before: was.expanded, after: one.expanded }];
      const [before, after] = [this.#before.bases[was.from], this.#after.bases[one.from]];
      // an id and a digest of the same image differ, too
      if (!before || !after || before === after || before.startsWith('@') !== after.startsWith('@')) return [];
      return [{ kind: 'base-moved', reference: one.from, before: before.replace('@', ''), after: after.replace('@', '') }];
    });
  }

  /** Nothing that was recorded changed: then the engine did not have the result, unless something else is not known. */
  #whatIsLeft(step: BuildStep, instruction: Instruction, evidence: Evidence): StepCause {
    const before = this.#alignment.before.get(instruction);
    if (!before || !this.#wasMade(before)) return { kind: 'not-finished-before' };
    if (before.exact !== instruction.exact) return { kind: 'instruction-changed', before: before.exact, after: instruction.exact };
    const [was, is] = [linesOf(before), linesOf(instruction)];
    if (was !== is) return { kind: 'instruction-changed', before: was, after: is, isAbove: true };
    if (instruction.isRemote) return { kind: 'unknown', reason: 'it gets something from the internet, which may have changed there' };
    if (instruction.sources.length > 0) {
      const comparison = evidence.compare(step.id);
      if (!comparison) return { kind: 'unknown', reason: 'the files of the build before were not recorded' };
      if (comparison.uncertain > 0) return { kind: 'unknown', reason: 'files changed while they were being recorded' };
    }
    // the classic builder then looks nowhere else
    if (String(this.#before.inputs.cacheFrom ?? '') !== String(this.#after.inputs.cacheFrom ?? ''))
      return { kind: 'unknown', reason: 'steps may be taken from other images than the last time' };
    if (evidence.prunedAt !== undefined) return { kind: 'cache-gone', evidence: 'pruned', at: evidence.prunedAt };
    return { kind: 'cache-gone', evidence: evidence.imageRemoved ? 'image-removed' : 'nothing-changed' };
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
