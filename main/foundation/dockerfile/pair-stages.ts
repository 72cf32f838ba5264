import { commonSequence } from './common-sequence.ts';
import type { Instruction } from './read-instructions.ts';

/** Stage names in the new Dockerfile, each with its counterpart in the old one. */
export type StagePairs = ReadonlyMap<string, string>;

export const byStage = (all: readonly Instruction[]): Map<string, Instruction[]> => Map.groupBy(all, ({ stage }) => stage);

/** Pairs stages with the same name; then, among the rest, those that are most alike. */
export function pairStages(before: readonly Instruction[], after: readonly Instruction[]): StagePairs {
  const [old, now] = [byStage(before), byStage(after)];
  const pairs = new Map([...now.keys()].filter((stage) => isNamed(stage) && old.has(stage)).map((stage) => [stage, stage]));
  const readsSame = readsSameIn(before, after, pairs);
  const rest = [...now].filter(([stage]) => !pairs.has(stage));
  const candidates = rest.flatMap(([stage, mine]) =>
    [...old]
      .filter(([other]) => !pairs.has(other))
      .map(([other, theirs]) => ({ stage, other, isAlike: likeness(theirs, mine, commonSequence(theirs, mine, readsSame)) })),
  );
  const taken = new Set<string>();
  const pair = ({ stage, other }: { stage: string; other: string }) => {
    if (pairs.has(stage) || taken.has(other)) return;
    pairs.set(stage, other);
    taken.add(other);
  };
  for (const one of candidates.filter(({ isAlike }) => isAlike > 0).sort((a, b) => b.isAlike - a.isAlike)) pair(one);
  // a stage whose every line changed is still the one in its place
  for (const one of candidates.filter(({ stage, other }) => stage === other)) pair(one);
  return pairs;
}

/** The share of lines that two stages have in common, relative to their length: one shared line does not make a long stage similar. */
const likeness = (theirs: Instruction[], mine: Instruction[], common: readonly unknown[]): number =>
  (2 * common.length) / (theirs.length + mine.length);

const isNamed = (stage: string): boolean => !/^stage-\d+$/.test(stage);

/** The stage that a FROM or a `--from` means, by number or name; undefined if it means an image. */
export function stageMeant({ from, stage }: Instruction, all: readonly Instruction[]): string | undefined {
  if (from === undefined) return undefined;
  const stages = [...byStage(all).keys()].filter((name) => name !== '');
  if (/^\d+$/.test(from)) return stages[Number(from)];
  // only an earlier stage can be meant
  return stages.slice(0, stages.indexOf(stage)).find((name) => name === from.toLowerCase());
}

/** Returns a test whether two lines say the same; names and numbers of stages do not matter if they mean the same stages. */
export function readsSameIn(before: readonly Instruction[], after: readonly Instruction[], pairs: StagePairs) {
  return (theirs: Instruction, mine: Instruction): boolean => {
    const [was, is] = [stageMeant(theirs, before), stageMeant(mine, after)];
    if (was !== undefined && is !== undefined && pairs.get(is) === was) return withoutStages(theirs) === withoutStages(mine);
    return theirs.text === mine.text;
  };
}

function withoutStages({ keyword, text }: Instruction): string {
  if (keyword === 'FROM') return text.replace(/^(FROM(?:\s+--\S+)*)\s+\S+/i, '$1 …').replace(/\s+AS\s+\S+$/i, '');
  return text.replace(/(--from=|[\s,]from=)[^\s,]+/g, '$1…');
}
