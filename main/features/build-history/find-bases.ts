import type { BuildProgress } from '../../../contract/build.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** The ids that the engine has for references now. A missing one is unknown: the engine has no such image or gave no clear answer. */
export async function lookUpImages(engine: Engine, references: string[]): Promise<Record<string, string>> {
  const look = async (reference: string): Promise<[string, string] | undefined> => {
    const found = await findImage(engine, reference).catch(() => undefined);
    return found && [reference, found.Id];
  };
  return Object.fromEntries((await Promise.all(references.map(look))).filter((pair) => pair !== undefined));
}

/** The digests, with an `@` in front, that BuildKit resolved references to, read from its steps' names: `FROM docker.io/library/alpine:3@sha256:…`. */
export function resolvedBases(progress: BuildProgress | undefined, references: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { instruction } of progress?.steps ?? []) {
    const [, name, digest] = /\bFROM\s+(\S+?)@(sha256:[0-9a-f]{64})/.exec(instruction) ?? [];
    const reference = references.find((one) => name === one || name?.endsWith(`/${one}`) || name?.endsWith(`/${one}:latest`));
    if (reference && digest) found[reference] = `@${digest}`;
  }
  return found;
}
