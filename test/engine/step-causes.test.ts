import { expect, test } from 'vitest';
import { toFailure } from '../../main/engine/failure.ts';
import { EngineStreamError } from '../../main/engine/ndjson.ts';

test.each([
  [127, '/bin/sh: mak: not found', 'no command mak'],
  [127, '/bin/bash: line 1: mak: command not found', 'no command mak'],
  [127, '', 'was not found'],
  [126, '/bin/sh: 1: ./run.sh: Permission denied', './run.sh is there, but may not be run'],
  [6, 'curl: (6) Could not resolve host: example.org', 'wanted something from the network'],
  [1, "wget: bad address 'example.org'", 'wanted something from the network'],
  [100, 'Err:1 http://example.org Temporary failure resolving', 'wanted something from the network'],
  [1, 'cp: write error: No space left on device', 'disk is full'],
  [1, 'exec /bin/sh: exec format error', 'another kind of computer'],
  [137, 'Killed', 'more memory than there is'],
  [1, 'touch: /root/x: Permission denied', 'may not use /root/x'],
  [128, 'git@example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'no key that is known there'],
  [255, 'me@example.org: Permission denied (publickey,password).', 'no key that is known there'],
  [128, 'Host key verification failed.', 'does not know that computer'],
  [7, 'assertion failed', 'an error of its own'],
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
