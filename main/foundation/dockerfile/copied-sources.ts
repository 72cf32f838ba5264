import { posix } from 'node:path';
import { readInstructions } from './read-instructions.ts';

/** Paths in the context that a Dockerfile names, without those that stand for the whole context. */
export function copiedSources(dockerfile: string): string[] {
  const named = readInstructions(dockerfile).flatMap(({ sources }) => sources);
  const clean = named.map((path) => posix.normalize(path.replace(/^\/+/, '') || '.').replace(/\/$/, ''));
  return [...new Set(clean)].filter((path) => path !== '.' && path !== '*');
}
