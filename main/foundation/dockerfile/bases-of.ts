import type { Instruction } from './read-instructions.ts';

/** References of the images that a Dockerfile's stages start from or copy from. */
export function basesOf(instructions: readonly Instruction[]): string[] {
  const stages = new Set<string>();
  const bases = new Set<string>();
  for (const { keyword, from, stage } of instructions) {
    // a name means an earlier stage if there is one, otherwise an image; a number always means a stage
    if (from && from !== 'scratch' && !stages.has(from.toLowerCase()) && !/^\d+$/.test(from)) bases.add(from);
    if (keyword === 'FROM') stages.add(stage);
  }
  return [...bases];
}
