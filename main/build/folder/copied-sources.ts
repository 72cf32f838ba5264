import { posix } from 'node:path';
import { readInstructions } from '../explain/read-instructions.ts';

/** Paths of the context that a Dockerfile names itself, without those that stand for all of it. */
export function copiedSources(dockerfile: string): string[] {
  const named = readInstructions(dockerfile).flatMap(({ sources }) => sources);
  const clean = named.map((path) => posix.normalize(path.replace(/^\/+/, '') || '.').replace(/\/$/, ''));
  return [...new Set(clean)].filter((path) => path !== '.' && path !== '*');
}
