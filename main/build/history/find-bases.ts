import type { BuildProgress } from '../../../contract/build.ts';
import { findImage } from '../../engine/find-image.ts';
import type { Engine } from '../../engine/open-engine.ts';
import type { Instruction } from '../explain/read-instructions.ts';

/** References of the images that a Dockerfile begins stages with or copies from. */
export function basesOf(instructions: readonly Instruction[]): string[] {
  const stages = new Set<string>();
  const bases = new Set<string>();
  for (const { keyword, from, stage } of instructions) {
    // a name means a stage above it before it means an image; a number always means a stage
    if (from && from !== 'scratch' && !stages.has(from.toLowerCase()) && !/^\d+$/.test(from)) bases.add(from);
    if (keyword === 'FROM') stages.add(stage);
  }
  return [...bases];
}

/** The ids that the engine has for references now. One that is left out is unknown: it has none, or gave no clear answer. */
export async function lookUpImages(engine: Engine, references: string[]): Promise<Record<string, string>> {
  const look = async (reference: string): Promise<[string, string] | undefined> => {
    const found = await findImage(engine, reference).catch(() => undefined);
    return found && [reference, found.Id];
  };
  return Object.fromEntries((await Promise.all(references.map(look))).filter((pair) => pair !== undefined));
}

/** Digests, with an `@`, that BuildKit resolved references to, from the names of its steps: `FROM docker.io/library/alpine:3@sha256:…`. */
export function resolvedBases(progress: BuildProgress | undefined, references: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { instruction } of progress?.steps ?? []) {
    const [, name, digest] = /\bFROM\s+(\S+?)@(sha256:[0-9a-f]{64})/.exec(instruction) ?? [];
    const reference = references.find((one) => name === one || name?.endsWith(`/${one}`) || name?.endsWith(`/${one}:latest`));
    if (reference && digest) found[reference] = `@${digest}`;
  }
  return found;
}
