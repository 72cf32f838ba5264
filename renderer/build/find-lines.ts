import type { BuildStep } from '../../contract/build.ts';

export type LineRange = { first: number; last: number };
type Instruction = LineRange & { text: string; keyword: string; stage: string };

/** The lines of the Dockerfile (from 1) that a step comes from; undefined where it cannot be told. */
export function findLines(dockerfile: string, step: BuildStep): LineRange | undefined {
  const all = readInstructions(dockerfile);
  // Builders leave the name of the first unnamed stage away.
  const named = step.stage === '' ? 'stage-0' : step.stage?.toLowerCase();
  const inStage = named === undefined ? all : all.filter(({ stage }) => stage === named);
  const candidates = inStage.length > 0 ? inStage : all;
  const text = normalised(step.instruction);
  const keyword = keywordOf(text);
  if (keyword === 'FROM' && step.stage !== undefined) return rangeOf(candidates.find((one) => one.keyword === 'FROM'));
  const exact = candidates.find((one) => one.text === text);
  if (exact) return rangeOf(exact);
  // The builder writes arguments and base images out; the only one of its kind is meant all the same.
  const sameKind = candidates.filter((one) => one.keyword === keyword);
  return sameKind.length === 1 ? rangeOf(sameKind[0]) : undefined;
}

const rangeOf = (found: Instruction | undefined): LineRange | undefined => found && { first: found.first, last: found.last };

/** Instructions with the lines they span and the stage they stand in, named as BuildKit names stages. */
function readInstructions(dockerfile: string): Instruction[] {
  const instructions: Instruction[] = [];
  let stage = '';
  let stageCount = 0;
  let open: { first: number; parts: string[] } | undefined;
  for (const [index, line] of dockerfile.split(/\r?\n/).entries()) {
    if (/^\s*#/.test(line) || (!open && line.trim() === '')) continue;
    open ??= { first: index + 1, parts: [] };
    open.parts.push(line.replace(/\\\s*$/, ' '));
    if (/\\\s*$/.test(line)) continue;
    const text = normalised(open.parts.join(' '));
    const keyword = keywordOf(text);
    if (keyword === 'FROM') stage = stageName(text) ?? `stage-${stageCount}`;
    if (keyword === 'FROM') stageCount++;
    instructions.push({ first: open.first, last: index + 1, text, keyword, stage });
    open = undefined;
  }
  return instructions;
}

const stageName = (from: string): string | undefined => /\sAS\s+(\S+)\s*$/i.exec(from)?.[1]?.toLowerCase();

const keywordOf = (text: string): string => /^\w+/.exec(text)?.[0].toUpperCase() ?? '';

const normalised = (text: string): string =>
  text
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
