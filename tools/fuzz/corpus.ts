import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostileArchives } from './hostile-archives.ts';
import { dockerArchive, ociArchive, rootArchive } from './sample-archives.ts';

const fixtures = join(import.meta.dirname, '../../test/fixtures');
/** Larger files would only make the search slow. */
const largest = 300_000;

/** Starting points for mutations: good tarballs, those of real tools, and hostile ones. */
export function readCorpus(more: string[]): Buffer[] {
  const kept = ['archives', 'docker-28-containerd/records'].flatMap((folder) =>
    readdirSync(join(fixtures, folder)).map((name) => join(fixtures, folder, name)),
  );
  const real = [...kept, ...more].map((path) => readFileSync(path));
  const made = [dockerArchive(), ociArchive(), rootArchive(), ...Object.values(hostileArchives).map((make) => make())];
  // a pattern once took for ever on spaces
  return [...made, ...real, Buffer.alloc(2000, '\t')].filter(({ length }) => length < largest);
}
