import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { checksumLine } from '../../../main/features/load-save/write-checksum.ts';
import { hexOf } from '../../../tools/fuzz/make-tarball.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test.each(['x.tar', 'with space.tar', 'back\\slash.tar', 'new\nline.tar'])('sha256sum writes the same for %j', (name) => {
  using folder = new WorkFolder({ [name]: 'content' });
  const written = execFileSync('sha256sum', [name], { cwd: folder.path, encoding: 'utf8' });
  expect(checksumLine(name, hexOf('content'))).toBe(written);
});
