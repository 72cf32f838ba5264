import { commonSequence, type ReadsSame } from '../../../foundation/dockerfile/common-sequence.ts';
import { byStage, pairStages, readsSameIn, type StagePairs } from '../../../foundation/dockerfile/pair-stages.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';

export type Alignment = {
  /** The earlier build's instruction in the same place; a new instruction has none. */
  before: ReadonlyMap<Instruction, Instruction>;
  /** Removed instructions, by the one that is now in their place. */
  removedAbove: ReadonlyMap<Instruction, Instruction[]>;
  /** Stages, each with its name in the earlier build. */
  stages: StagePairs;
  readsSame: ReadsSame;
};

/** Lays two versions of a Dockerfile side by side, stage by stage: first what reads the same, then what is in between. */
export function alignInstructions(before: readonly Instruction[], after: readonly Instruction[]): Alignment {
  const pairs = new Map<Instruction, Instruction>();
  const removedAbove = new Map<Instruction, Instruction[]>();
  const stages = pairStages(before, after);
  const readsSame = readsSameIn(before, after, stages);
  const old = byStage(before);
  for (const [stage, mine] of byStage(after)) {
    const was = stages.get(stage);
    const theirs = (was !== undefined && old.get(was)) || [];
    let mineAt = 0;
    let theirsAt = 0;
    const close = (mineEnd: number, theirsEnd: number) => {
      const gone = pairWithin(theirs.slice(theirsAt, theirsEnd), mine.slice(mineAt, mineEnd), pairs);
      const next = mine[mineEnd];
      if (next && gone.length > 0) removedAbove.set(next, gone);
    };
    for (const [theirsPlace, minePlace] of commonSequence(theirs, mine, readsSame)) {
      close(minePlace, theirsPlace);
      pairs.set(mine[minePlace] as Instruction, theirs[theirsPlace] as Instruction);
      mineAt = minePlace + 1;
      theirsAt = theirsPlace + 1;
    }
    close(mine.length, theirs.length);
  }
  return { before: pairs, removedAbove, stages, readsSame };
}

/** Pairs what is between two equal instructions: one of the same kind counts as changed. Returns those without a partner. */
function pairWithin(theirs: Instruction[], mine: Instruction[], pairs: Map<Instruction, Instruction>): Instruction[] {
  const rest = [...theirs];
  for (const one of mine) {
    const place = rest.findIndex(({ keyword }) => keyword === one.keyword);
    if (place < 0) continue;
    pairs.set(one, rest[place] as Instruction);
    rest.splice(place, 1);
  }
  return rest;
}
