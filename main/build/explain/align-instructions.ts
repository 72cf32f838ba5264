import { commonSequence, type ReadsSame } from './common-sequence.ts';
import { byStage, pairStages, readsSameIn, type StagePairs } from './pair-stages.ts';
import type { Instruction } from './read-instructions.ts';

export type Alignment = {
  /** The instruction of the build before that stands in the same place; none for a new one. */
  before: ReadonlyMap<Instruction, Instruction>;
  /** Instructions that are gone, by the one that now stands where they were. */
  removedAbove: ReadonlyMap<Instruction, Instruction[]>;
  /** Stages, each with what it was called in the build before. */
  stages: StagePairs;
  readsSame: ReadsSame;
};

/** Lays two versions of a Dockerfile side by side, stage by stage: first what reads the same, then what lies between. */
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

/** What stands between two equal instructions: one of the same kind was changed. Gives back what has no partner. */
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
