import fc from 'fast-check';
import type { MadeMember } from './made-layers.ts';

// Layers as builders write them: every folder before what is in it, no name twice, removals of what another layer may have.

const names = ['a', 'b', 'c', 'd'];
const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const what = fc.constantFrom('file', 'file', 'file', 'folder', 'symlink', 'hard-link', 'fifo', 'removal', 'emptied' as const);
const facts = fc.record({
  mode: fc.constantFrom(0o644, 0o755, 0o4711, 0o1777),
  modified: fc.constantFrom(1000, 2000),
  body: fc.constantFrom('', 'x', 'some bytes', 'y'.repeat(600)),
});

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));

export const soundLayer: fc.Arbitrary<MadeMember[]> = fc
  .uniqueArray(fc.tuple(path, what, facts), { maxLength: 7, selector: ([name]) => name })
  .map((entries) => {
    const members = new Map<string, MadeMember>();
    const folder = (name: string) => {
      if (name === '' || members.has(name)) return;
      folder(parentOf(name));
      members.set(name, { kind: 'folder', name: `${name}/`, mode: 0o755, modified: 500 });
    };
    const wanted = new Map(entries.map(([name, kind]) => [name, kind]));
    const isFolder = (name: string) => [...wanted.keys()].some((other) => other.startsWith(`${name}/`));
    for (const [name, kind, { mode, modified, body }] of entries.sort(([one], [other]) => (one < other ? -1 : 1))) {
      folder(parentOf(name));
      const at = (base: string) => [parentOf(name), base].filter(Boolean).join('/');
      const removal = at(`.wh.${name.slice(name.lastIndexOf('/') + 1)}`);
      const target = [...members.values()].find((other) => other.kind === 'file' && !/\.wh\./.test(other.name));
      if (kind === 'folder' || kind === 'emptied' || isFolder(name)) {
        members.set(name, { kind: 'folder', name: `${name}/`, mode, modified });
        if (kind === 'emptied') members.set(`${name}/.wh..wh..opq`, { kind: 'file', name: `${name}/.wh..wh..opq`, mode: 0, modified: 0 });
      } else if (kind === 'removal') members.set(removal, { kind: 'file', name: removal, mode: 0, modified: 0 });
      else if (kind === 'symlink') members.set(name, { kind, name, mode: 0o777, modified, linkName: '../elsewhere' });
      else if (kind === 'hard-link' && target)
        members.set(name, { kind, name, mode: target.mode ?? 0, modified: target.modified ?? 0, linkName: target.name });
      else if (kind === 'fifo') members.set(name, { kind, name, mode, modified });
      else members.set(name, { kind: 'file', name, mode, modified, body });
    }
    return [...members.values()];
  });
