import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dockerCommandVersion } from '../../../main/features/builds/find-docker-command.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test.skipIf(process.platform === 'win32').each([
  ['Docker version 20.10.24+dfsg1, build 297e128', 20],
  ['Docker version 28.2.2, build e6534b4', 28],
  ['podman version 4.3.1', undefined],
])('%s', async (words, version) => {
  using folder = new WorkFolder({ docker: `#!/bin/sh\n[ "$1" = --version ] && echo "${words}"\n` });
  chmodSync(folder.file('docker'), 0o755);
  expect(await dockerCommandVersion(folder.path)).toBe(version);
});
