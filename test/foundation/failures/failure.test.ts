import { describe, expect, test } from 'vitest';
import { EngineStreamError } from '../../../main/foundation/failures/engine-stream-error.ts';
import { FailureError, toFailure } from '../../../main/foundation/failures/failure.ts';

const systemError = (code: string, syscall = 'connect') => Object.assign(new Error(`${code}: something`), { code, syscall });

// Messages as Docker 20.10, 26 and Podman send them.
describe('toFailure', () => {
  test.each([
    [new EngineStreamError("The command '/bin/sh -c exit 7' returned a non-zero code: 7", 7), 'step-failed'],
    [new EngineStreamError('executor failed running [/bin/sh -c exit 7]: exit code: 7'), 'step-failed'],
    [new Error('(HTTP code 400) bad parameter - dockerfile parse error line 2: unknown instruction: RUNN '), 'dockerfile'],
    [new Error('(HTTP code 400) bad parameter - Dockerfile parse error on line 3: FROM requires one argument'), 'dockerfile'],
    [
      new EngineStreamError('failed to solve with frontend dockerfile.v0: failed to read dockerfile: open Dockerfile: no such file'),
      'dockerfile',
    ],
    [
      new EngineStreamError(
        'failed to solve with frontend dockerfile.v0: failed to read dockerfile: rpc error: code = Unavailable desc = connection closed',
      ),
      'engine-lost',
    ],
    [
      new EngineStreamError('COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist'),
      'dockerfile',
    ],
    [new EngineStreamError('failed to compute cache key: "/nope" not found: not found'), 'dockerfile'],
    [new EngineStreamError('rpc error: code = Unknown desc = illegal exclusion pattern: "!"'), 'dockerfile'],
    [new EngineStreamError('context canceled'), 'step-failed'],
    [new EngineStreamError('lstat /var/lib/docker/tmp/buildkit-mount12/a b: no such file or directory'), 'dockerfile'],
    [new EngineStreamError('cannot copy to non-directory: /var/lib/docker/tmp/buildkit-mount1/c0/a'), 'dockerfile'],
    [new EngineStreamError('cannot replace to directory /var/lib/docker/overlay2/x1/merged/c0 with file'), 'dockerfile'],
    [new EngineStreamError('failed to process ""a": unexpected end of statement while looking for matching double-quote'), 'dockerfile'],
    [
      new EngineStreamError(
        'COPY failed: file not found in build context or excluded by .dockerignore: stat a b.txt : file does not exist',
      ),
      'dockerfile',
    ],
    [
      new EngineStreamError(
        'rpc error: code = Internal desc = header key "exclude-patterns" contains value with non-printable ASCII characters',
      ),
      'dockerfile',
    ],
    // Docker 28.5
    [
      new EngineStreamError(
        'rpc error: code = Internal desc = grpc: failed to unmarshal the received message: string field contains invalid UTF-8',
      ),
      'dockerfile',
    ],
    [
      new EngineStreamError(
        'failed to solve: failed to prepare tc8xk2 as hq1m7: parent snapshot sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef does not exist: not found',
      ),
      'step-failed',
    ],
    [
      new EngineStreamError(
        "missing content: content digest sha256:84f5: not found\nNote: You're trying to push a manifest list/index which references multiple platform specific manifests, but not all of them are available locally or available to the remote repository.\nMake sure you have all the referenced content and try again.",
      ),
      'not-found',
    ],
    [new EngineStreamError('write /blobs/x: no space left on device'), 'no-space'],
    [systemError('ENOSPC'), 'no-space'],
    [new Error('(HTTP code 500) server error - Get "https://r/v2/": no basic auth credentials'), 'sign-in'],
    [new EngineStreamError('pull access denied for nope/nope, repository does not exist or may require docker login'), 'sign-in'],
    [new EngineStreamError('denied: requested access to the resource is denied'), 'registry-refused'],
    [new Error('(HTTP code 404) unexpected - manifest for localhost:5000/a:b not found: manifest unknown: manifest unknown'), 'not-found'],
    [new EngineStreamError('An image does not exist locally with the tag: localhost:1/x'), 'not-found'],
    [new EngineStreamError('Get "http://localhost:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused'), 'registry-unreachable'],
    [new Error('Get "https://nowhere.invalid/v2/": dial tcp: lookup nowhere.invalid on 10.0.0.1:53: no such host'), 'registry-unreachable'],
    [
      new Error('(HTTP code 500) server error - Get "https://10.0.0.1/v2/": http: server gave HTTP response to HTTPS client'),
      'registry-unreachable',
    ],
    [new EngineStreamError('Error processing tar file(exit status 1): unexpected EOF'), 'bad-archive'],
    [new EngineStreamError('Error processing tar file(exit status 1): unhandled tar header type 83'), 'bad-archive'],
    [new EngineStreamError('invalid diffID for layer 0: expected "sha256:a", got "sha256:b"'), 'bad-archive'],
    [new EngineStreamError('Error processing tar file(exit status 1): archive/tar: invalid tar header'), 'bad-archive'],
    [
      new Error(
        '(HTTP code 409) conflict - conflict: unable to remove repository reference "a:1" (must force) - container 0a1b2c is using its referenced image',
      ),
      'in-use',
    ],
    [
      new Error(
        '(HTTP code 409) conflict - image a:1 is in use: image used by 0bd89d4cbec2667fc1bc2303c810ce26a54928ef8bf9490dc03640fceeb82842: image is in use by a container: consider listing external containers and force-removing image',
      ),
      'in-use',
    ],
    [new EngineStreamError('failed to solve: the Dockerfile cannot be empty'), 'dockerfile'],
    [new Error('(HTTP code 400) bad parameter - the Dockerfile (Dockerfile) cannot be empty'), 'dockerfile'],
    [new EngineStreamError('failed to solve: docker.io/library/nope:1: docker.io/library/nope:1: not found'), 'not-found'],
    [
      new EngineStreamError(
        'failed to resolve source metadata for docker.io/a/b:1: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      ),
      'sign-in',
    ],
    [new Error('(HTTP code 500) server error - toomanyrequests: You have reached your pull rate limit.'), 'registry-refused'],
    [systemError('ENAMETOOLONG', 'open'), 'invalid-input'],
    [systemError('EISDIR', 'rename'), 'invalid-input'],
    [systemError('ECONNRESET'), 'engine-lost'],
    [systemError('EPIPE'), 'engine-lost'],
    [systemError('ECONNREFUSED'), 'engine-lost'],
    [systemError('EACCES'), 'not-permitted'],
    [Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES', syscall: 'open' }), 'not-permitted'],
    [new EngineStreamError('open /var/lib/docker/x: permission denied'), 'not-permitted'],
    [systemError('ENOENT'), 'engine-missing'],
    [systemError('ENOENT', 'open'), 'not-found'],
    [new Error('something nobody has seen before'), 'unknown'],
    ['not even an error', 'unknown'],
  ])('%s', (error, kind) => {
    const failure = toFailure(error);
    expect(failure.kind).toBe(kind);
    expect(failure.title).not.toMatch(/undefined|HTTP code/);
    expect(failure.detail).toMatch(/\.$/);
    expect(failure.cause).toBeTruthy();
  });

  test('names the exit code, the line and the registry', () => {
    expect(toFailure(new EngineStreamError('x', 7)).title).toContain('exit code 7');
    expect(toFailure(new Error('dockerfile parse error line 12: nope')).title).toContain('line 12');
    expect(toFailure(new Error('Get "http://localhost:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused')).title).toContain(
      'localhost:1',
    );
  });

  test.each([
    ['Docker', 'manifest for localhost:5000/a:b not found: manifest unknown'],
    ['containerd', 'failed to resolve reference "localhost:5000/a:b": localhost:5000/a:b: not found'],
  ])('a name that the registry does not have is reported as missing there, whatever the status: %s', (_, message) => {
    const error = Object.assign(new Error(message), { statusCode: 404 });
    expect(toFailure(error).title).toBe('The registry has no image localhost:5000/a:b');
  });

  test('keeps a failure that already has words', () => {
    const failure = { kind: 'in-use' as const, title: 'a', detail: 'b' };
    expect(toFailure(new FailureError(failure))).toBe(failure);
  });
});

// As engines sent them, of both builders.
describe('what builders refuse', () => {
  test.each([
    ['the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how', 'doesn’t support --mount'],
    ['no SSH key "" forwarded from the client', 'needs an SSH key'],
    [
      'failed to solve: rpc error: code = NotFound desc = the SSH agent of this computer no longer answers',
      'This computer’s SSH agent stopped answering',
    ],
    ['COPY failed: forbidden path outside the build context: ../x ()', '../x isn’t in the folder'],
    ['failed to compute cache key: too many symlinks: /l', 'The link l leads back to itself'],
    ['failed to compute cache key: failed to calculate checksum of ref a::b: too many links', 'leads back to itself'],
    ['No image was generated. Is your Dockerfile empty?', 'puts nothing in the image'],
    ['failed to prepare wq5 as 8ui: max depth exceeded', 'too many layers'],
    ['max depth exceeded', 'too many layers'],
    [
      'failed to load cache key: Get "http://127.0.0.1:9/x": dial tcp 127.0.0.1:9: connect: connection refused',
      '127.0.0.1:9 doesn’t answer',
    ],
    [
      'ADD failed: Get "https://nowhere.invalid/x": dial tcp: lookup nowhere.invalid on 10.0.0.1:53: no such host',
      'nowhere.invalid doesn’t answer',
    ],
    ['failed to load cache key: invalid response status 404', 'answered 404'],
    ['ADD failed: failed to GET http://a/x with status 403 Forbidden:', 'answered 403'],
    ['Error reading .dockerignore: read /var/lib/docker/tmp/docker-builder1/.dockerignore: is a directory', '.dockerignore is a folder'],
    ['rpc error: code = Unknown desc = syntax error in pattern', 'pattern for file names'],
    ['invalid from flag value nope: Get "https://r/v2/": dial tcp: lookup r: no such host', '--from=nope names neither a stage'],
    ['circular dependency detected on stage: a', 'stage a needs itself'],
    ['base name ($X) should not be blank', '$X is empty'],
    ['unsupported mount type "foo"', 'type foo'],
    ['Invalid containerPort: abc', 'needs a port, but has abc'],
    ['unable to find user nope: no matching entries in passwd file', 'no user nope'],
    ["unable to convert uid/gid chown string to host mapping: can't find uid for user nope: no such user: nope", 'no user nope'],
    ['When using COPY with more than one source file, the destination must be a directory and end with a /', 'has to end in “/”'],
    ['failed to init repo at /x: git error: exec: "git": executable file not found in $PATH\nstderr:', 'has no git'],
    ['invalid checksum digest length', 'doesn’t match its checksum'],
    [
      'failed to solve with frontend gateway.v0: failed to do request: Head "https://r/v2/docker/dockerfile/manifests/1.4": dial tcp: lookup r: no such host',
      'The reader for this Dockerfile',
    ],
    [
      'failed to resolve source metadata for docker.io/docker/dockerfile:1.4: failed to do request: Head "https://r/v2/": dial tcp: lookup r: no such host',
      'The reader for this Dockerfile',
    ],
    // Podman 4.3 and 5.8
    [`resolving step {Original:COPY a /\${B Flags:[]}: Missing ':' in substitution: /\${B`, 'can’t read: /$'],
    ['no FROM statement found', 'doesn’t begin with FROM'],
    ['building at STEP "RUN exit 7": while running runtime: exit status 7', 'failed with exit code 7'],
    [
      'building at STEP "COPY app.py /app/": checking on sources under "/x/build": copier: stat: "/app.py": no such file or directory',
      'app.py',
    ],
    ['copier: stat: error resolving "/loop": open /loop: too many levels of symbolic links', 'The link loop leads back to itself'],
    ['building at STEP "COPY --chwon=x a /a": COPY only supports the --chmod=<permissions>, --link, and --parents flags', 'an option that'],
    ['building at STEP "COPY a": COPY requires at least two arguments', 'A line with COPY has too few words'],
    ['COPY --from=nope: no stage or image found with that name', '--from=nope names neither a stage'],
    ['the target "Two" was not found in the provided Dockerfile', 'has no stage Two'],
    ['no contents in "/var/tmp/libpod_builder1/build/Dockerfile"', 'The Dockerfile has no steps'],
    ['reading multiple stages: stage 1 requires a FROM instruction ("")', 'doesn’t begin with FROM'],
  ])('%s', (message, words) => {
    const { title } = toFailure(new EngineStreamError(message));
    expect(title).toContain(words);
  });

  test('a registry that does not answer is still a registry', () => {
    const message =
      'failed to load cache key: failed to do request: Head "https://r.example/v2/a/manifests/1": dial tcp: lookup r.example: no such host';
    expect(toFailure(new EngineStreamError(message)).title).toBe('The registry r.example doesn’t answer');
  });

  test('what a failed step printed is not taken for the builder’s words', () => {
    const docker = 'process "/bin/sh -c echo max depth exceeded; exit 7" did not complete successfully: exit code: 7';
    const podman = 'building at STEP "RUN echo max depth exceeded; exit 7": while running runtime: exit status 7';
    for (const message of [docker, podman]) expect(toFailure(new EngineStreamError(message)).kind).toBe('step-failed');
  });
});

test('a name that the engine says twice is said once', () => {
  const said = 'no such image: it-count:none: No such image: it-count:none';
  expect(toFailure(new Error(said)).title).toBe('There’s no image it-count:none here');
});
