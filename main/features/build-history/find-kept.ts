import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { BuildSummary } from '../../../contract/build-record.ts';
import { endOf, type KeptBuild, type KnownBuild, summarise } from './kept-build.ts';

/** `ref` as in the build itself. */
export type Indexed = BuildSummary & { bytes: number; ref?: string };

// only what a list cannot do without; a line with less is read again from its build
const Line = z.looseObject({
  id: z.string(),
  references: z.array(z.string()),
  folder: z.looseObject({ name: z.string(), path: z.string() }),
  dockerfile: z.string(),
  state: z.string(),
  createdAt: z.number(),
  steps: z.number(),
  cachedSteps: z.number(),
  startedAt: z.number().optional(),
  seconds: z.number().optional(),
  bytes: z.number(),
  ref: z.string().optional(),
});

/**
 * Every stored build, the latest to end first, and the folders of builds that were never finished. The index is only a
 * shortcut: it may be outdated or broken, and builds it does not name are read from their folders.
 */
export async function findKept(root: string): Promise<{ index: Indexed[]; unfinished: string[] }> {
  const entries = await readdir(root, { withFileTypes: true });
  const named = await readIndex(join(root, 'index.json'));
  const index: Indexed[] = [];
  const unfinished: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const kept = await readKept(root, entry.name, named.get(entry.name));
    if (kept === 'unfinished') unfinished.push(entry.name);
    else if (kept) index.push(kept);
  }
  return { index: index.sort((a, b) => endOf(b) - endOf(a)), unfinished };
}

async function readIndex(file: string): Promise<Map<string, Indexed>> {
  const read: unknown = await readJson(file).catch(() => undefined);
  const lines = (Array.isArray(read) ? read : []).filter((line): line is Indexed => Line.safeParse(line).success);
  return new Map(lines.map((line) => [line.id, line]));
}

// undefined: the folder has something unreadable, which is neither shown nor erased
async function readKept(root: string, name: string, line: Indexed | undefined): Promise<Indexed | 'unfinished' | undefined> {
  const files = await readdir(join(root, name)).catch(() => undefined);
  if (!files) return undefined;
  if (!files.includes('build.json')) return files.every(isOwnFile) ? 'unfinished' : undefined;
  if (line) return line;
  try {
    const build = await readJson<KeptBuild>(join(root, name, 'build.json'));
    const found = { ...summarise(build.task, build.folder, build.dockerfile.path, build.origin), bytes: build.bytes, ...refOf(build) };
    return found.id === name && Line.safeParse(found).success ? found : undefined;
  } catch {
    return undefined;
  }
}

export const refOf = ({ ref }: Pick<KnownBuild, 'ref'>): Pick<Indexed, 'ref'> => (ref === undefined ? {} : { ref });

const isOwnFile = (name: string): boolean => /^(?:build\.json|context\.gz|log)(?:\.part|\.[0-9a-f]+\.layerdeck-part)?$/.test(name);

export const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;
