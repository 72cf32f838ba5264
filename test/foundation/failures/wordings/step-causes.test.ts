import { expect, test } from 'vitest';
import { EngineStreamError } from '../../../../main/foundation/failures/engine-stream-error.ts';
import { toFailure } from '../../../../main/foundation/failures/failure.ts';

test.each([
  [127, '/bin/sh: mak: not found', 'no command mak'],
  [127, '/bin/bash: line 1: mak: command not found', 'no command mak'],
  [127, '', 'wasn’t found'],
  [126, '/bin/sh: 1: ./run.sh: Permission denied', './run.sh exists but can’t be run'],
  [6, 'curl: (6) Could not resolve host: example.org', 'needed something from the network'],
  [1, "wget: bad address 'example.org'", 'needed something from the network'],
  [100, 'Err:1 http://example.org Temporary failure resolving', 'needed something from the network'],
  [1, 'cp: write error: No space left on device', 'disk is full'],
  [1, 'exec /bin/sh: exec format error', 'a different kind of computer'],
  [137, 'Killed', 'more memory than there is'],
  [1, 'touch: /root/x: Permission denied', 'may not use /root/x'],
  [128, 'git@example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'no key that is accepted there'],
  [255, 'me@example.org: Permission denied (publickey,password).', 'no key that is accepted there'],
  [128, 'Host key verification failed.', 'doesn’t know that computer'],
  [7, 'assertion failed', 'ended with an error'],
])('exit code %i after %j', (exit, output, words) => {
  const classic = toFailure(new EngineStreamError('The command returned a non-zero code', exit), output);
  expect(classic).toMatchObject({
    kind: 'step-failed',
    title: expect.stringContaining(`exit code ${exit}`),
    detail: expect.stringContaining(words),
  });
  const buildKit = toFailure(new EngineStreamError(`executor failed running [x]: exit code: ${exit}`), output);
  expect(buildKit.detail).toBe(classic.detail);
});
