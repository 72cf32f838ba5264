import type { Instruction } from './read-instructions.ts';

export type Alignment = {
  /** The instruction of the build before that stands in the same place; none for a new one. */
  before: ReadonlyMap<Instruction, Instruction>;
  /** Instructions that are gone, by the one that now stands where they were. */
  removedAbove: ReadonlyMap<Instruction, Instruction[]>;
};

/** Lays two versions of a Dockerfile side by side, stage by stage: first what reads the same, then what lies between. */
export function alignInstructions(before: readonly Instruction[], after: readonly Instruction[]): Alignment {
  const pairs = new Map<Instruction, Instruction>();
  const removedAbove = new Map<Instruction, Instruction[]>();
  for (const [theirs, mine] of pairStages(byStage(before), byStage(after))) {
    let mineAt = 0;
    let theirsAt = 0;
    const close = (mineEnd: number, theirsEnd: number) => {
      const gone = pairWithin(theirs.slice(theirsAt, theirsEnd), mine.slice(mineAt, mineEnd), pairs);
      const next = mine[mineEnd];
      if (next && gone.length > 0) removedAbove.set(next, gone);
    };
    for (const [theirsPlace, minePlace] of commonSequence(theirs, mine)) {
      close(minePlace, theirsPlace);
      pairs.set(mine[minePlace] as Instruction, theirs[theirsPlace] as Instruction);
      mineAt = minePlace + 1;
      theirsAt = theirsPlace + 1;
    }
    close(mine.length, theirs.length);
  }
  return { before: pairs, removedAbove };
}

const byStage = (all: readonly Instruction[]): Map<string, Instruction[]> => Map.groupBy(all, ({ stage }) => stage);

/** Stages of the same name belong together; of those that are left, the ones with the most lines that read the same. */
function pairStages(before: Map<string, Instruction[]>, after: Map<string, Instruction[]>): [Instruction[], Instruction[]][] {
  const isNamed = (stage: string) => !/^stage-\d+$/.test(stage);
  const left = new Map([...before].filter(([stage]) => !(isNamed(stage) && after.has(stage))));
  return [...after].map(([stage, mine]) => {
    const same = isNamed(stage) ? before.get(stage) : undefined;
    if (same) return [same, mine];
    const alike = [...left].map(([other, theirs]) => ({ other, theirs, count: commonSequence(theirs, mine).length }));
    const best = alike.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)[0] ?? alike.find(({ other }) => other === stage);
    if (best) left.delete(best.other);
    return [best?.theirs ?? [], mine];
  });
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

/** Longest common subsequence of the texts, as pairs of places. Dockerfiles are short: the plain table will do. */
function commonSequence(a: Instruction[], b: Instruction[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i] as Uint32Array;
      row[j] = a[i]?.text === b[j]?.text ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]?.text === b[j]?.text) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
