import * as z from 'zod';
import type { Failure } from './failure.ts';
import { Grant } from './file.ts';
import { RegistryHost } from './login.ts';
import { RepositoryPath } from './registry-browse.ts';

/** Without `repositories`, all that the registry lists. */
export const BackupRequest = z.object({
  registry: RegistryHost,
  repositories: z.array(RepositoryPath).min(1).max(10_000).optional(),
  target: Grant,
});

export const RestoreAsked = z.object({ archive: Grant, registry: RegistryHost });

/** `moving`: names (`app:1.0`) that lead to something else in the registry, and are to move. All others that do stay. */
export const RestoreRequest = z.object({ ...RestoreAsked.shape, moving: z.array(z.string().max(400)).max(100_000) });

/** What a backup brings to a registry. */
export type RestorePart =
  /** So many names of the backup have been asked about. */
  | { kind: 'reading'; done: number; total: number }
  /** `from`: the registry that was backed up. `moves`: names that lead to something else now. */
  | { kind: 'preview'; from: string; repositories: number; bytes: number; fresh: number; same: number; moves: string[] };

/** Something that couldn't be read or put, by its name. */
export type LeftOut = { name: string; failure: Failure };

export type BackupResult = {
  registry: string;
  path: string;
  /** Of the file. */
  bytes: number;
  repositories: number;
  tags: number;
  /** Images, lists and what is about them. */
  manifests: number;
  blobs: number;
  /** What came over the line now; the rest was in the unfinished file. */
  fetchedBytes: number;
  leftOut: LeftOut[];
};

export type RestoreResult = {
  registry: string;
  repositories: number;
  /** Names that were put. */
  tags: number;
  /** Names that lead there already. */
  same: number;
  sentBytes: number;
  /** Names that moved, from where, and where they lead now. */
  moved: { name: string; from: string; to: string }[];
  /** Names that stay with what they lead to. */
  stayed: string[];
  leftOut: LeftOut[];
};
