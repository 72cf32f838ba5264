import fc from 'fast-check';
import { type MadeEntry, tarball } from '../../../tools/fuzz/make-tarball.ts';

/** A member of a made-up layer: few names, so that they meet. */
export type MadeMember = MadeEntry & { kind: 'file' | 'folder' | 'symlink' | 'hard-link' | 'fifo' };

const part = fc.constantFrom('a', 'b', 'c');
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const mode = fc.constantFrom(0o644, 0o755, 0o4711);
const modified = fc.constantFrom(1000, 2000);
const body = fc.constantFrom('', 'x', 'some bytes', 'y'.repeat(600));

const file = fc.record({ kind: fc.constant('file' as const), name: path, mode, modified, body });
const folder = fc.record({ kind: fc.constant('folder' as const), name: path.map((name) => `${name}/`), mode, modified });
const symlink = fc.record({
  kind: fc.constant('symlink' as const),
  name: path,
  mode: fc.constant(0o777),
  modified,
  linkName: fc.constantFrom('b', '/a', '../c', 'nowhere'),
});
const hardLink = fc.record({ kind: fc.constant('hard-link' as const), name: path, mode, modified, linkName: path });
const fifo = fc.record({ kind: fc.constant('fifo' as const), name: path, mode, modified });
const whiteout = fc
  .tuple(fc.array(part, { maxLength: 2 }), fc.oneof(part, fc.constant('.wh..opq')))
  .map(([parts, name]): MadeMember => ({ kind: 'file', name: [...parts, `.wh.${name}`].join('/'), mode: 0o600, modified: 0 }));

/** Members of any kind in any order; some layers of them are refused by engines. */
export const anyMembers: fc.Arbitrary<MadeMember[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: file }, { weight: 2, arbitrary: folder }, symlink, hardLink, fifo, { weight: 2, arbitrary: whiteout }),
  { maxLength: 8 },
);

export const layerOf = (members: MadeMember[]): Buffer => tarball(...members);
