import { describe, expect, test } from 'vitest';
import { failureInDockerfile } from '../../../main/features/builds/failure-in-dockerfile.ts';
import { failureOfFile } from '../../../main/features/builds/failure-of-file.ts';
import { readInstructions } from '../../../main/foundation/dockerfile/read-instructions.ts';
import { toFailure } from '../../../main/foundation/failures/failure.ts';

/** The failure shown for an engine's message about a Dockerfile whose instruction on `line` failed. */
function said(dockerfile: string, message: string, { line = 0, path = 'Dockerfile' } = {}) {
  const instructions = readInstructions(dockerfile);
  const failed = instructions.find((one) => one.line === line);
  return failureInDockerfile(toFailure(new Error(message)), { path, instructions, failed });
}

const heredoc = 'FROM a\n\nRUN <<EOF\necho hi\nEOF\nCOPY <<A <<B /x/\nq\nA\nr\nB\n';

describe('a builder that is too old', () => {
  test.each([
    ['dockerfile parse error line 4: unknown instruction: ECHO', 3],
    ['dockerfile parse error line 5: unknown instruction: EOF', 3],
    ['dockerfile parse error line 7: unknown instruction: Q', 6],
    ['dockerfile parse error on line 10: unknown instruction: B', 6],
  ])('%s is about a here-document', (message, line) => {
    expect(said(heredoc, message)).toMatchObject({
      title: `This builder is too old for here-documents (<<) on line ${line}`,
      cause: message,
    });
  });

  test.each([
    ['COPY --link a /a', 'link'],
    ['COPY --parents a /a', 'parents'],
    ['COPY --exclude=b a /a', 'exclude'],
    ['ADD --checksum=sha256:00 https://a/b /a', 'checksum'],
    ['ADD --keep-git-dir=true https://a/b.git /a', 'keep-git-dir'],
    ['RUN --network=none \\\n  true', 'network'],
    ['HEALTHCHECK --start-interval=5s CMD true', 'start-interval'],
  ])('%s', (instruction, flag) => {
    const { title } = said(`FROM a\n${instruction}\n`, `dockerfile parse error line 2: Unknown flag: ${flag}`);
    expect(title).toBe(`This builder is too old for ${instruction.split(' ')[0]} --${flag} on line 2`);
    expect(said(`FROM a\n${instruction}\n`, `dockerfile parse error on line 2: unknown flag: --${flag}`).title).toBe(title);
  });

  test.each([
    ['FROM a\nCOPY --chwon=x a /a\n', 'dockerfile parse error on line 2: unknown flag: chwon (did you mean chown?)'],
    ['FROM a\nRUN --link true\n', 'dockerfile parse error line 2: Unknown flag: link'],
    [heredoc, 'dockerfile parse error line 3: unknown instruction: RUNN'],
    ['FROM a\nRUNN x\n', 'dockerfile parse error line 2: unknown instruction: RUNN'],
  ])('but a mistake stays a mistake: %j', (dockerfile, message) => {
    expect(said(dockerfile, message).title).toMatch(/^The Dockerfile has a mistake on line/);
  });
});

test.each([
  ['COPY a/b/c.txt /x', 'lstat /var/lib/docker/buildkit-mount12/a/b: no such file or directory', 'The build needs a/b/c.txt, but'],
  ['COPY a/b c /x/', 'lstat /var/lib/docker/buildkit-mount12/c: no such file or directory', 'The build needs c, but'],
  ['COPY a*/b /x', 'lstat /var/lib/docker/buildkit-mount12/a: no such file or directory', 'The build needs a, but'],
  [
    'ADD git@host:a/b.git /x',
    'ADD failed: file not found in build context or excluded by .dockerignore: stat git@host:a: file does not exist',
    'This builder is too old for an ADD from a Git repository on line 2',
  ],
])('what %s names is missing, and not a part of it', (instruction, message, title) => {
  expect(said(`FROM a\n${instruction}\n`, message, { line: 2 }).title).toMatch(new RegExp(`^${title}`));
});

test('the failure names the line of the instruction that failed, and the file', () => {
  const dockerfile = 'FROM a\nRUN x && \\\n  y\n';
  expect(said(dockerfile, 'exit code: 7', { line: 2 }).detail).toMatch(/This is about lines 2 to 3 of Dockerfile\.$/);
  expect(said(dockerfile, 'exit code: 7', { line: 1, path: 'api/x.Dockerfile' }).detail).toMatch(
    /This is about line 1 of api\/x\.Dockerfile\.$/,
  );
  expect(said(dockerfile, 'exit code: 7').detail).not.toContain('This is about');
  expect(said(dockerfile, 'dockerfile parse error line 2: x', { path: 'b/Dockerfile' }).detail).toContain('The file is b/Dockerfile.');
});

test.each(['../x', '/../../x', 'a/../../x', '..'])('BuildKit looks for %s inside the folder, and the words say where it lies', (source) => {
  const message = 'failed to compute cache key: "/x" not found: not found';
  expect(said(`FROM a\nCOPY ${source} /a\n`, message, { line: 2 }).title).toBe(`${source} isn’t in the folder`);
});

test.each(['x', '..x', 'a/..', './x'])('%s does not lead out of the folder', (source) => {
  const message = 'failed to compute cache key: "/x" not found: not found';
  expect(said(`FROM a\nCOPY ${source} /a\n`, message, { line: 2 }).title).toBe(`The build needs ${source}, but it isn’t in the folder`);
});

test('the ADD that failed to download is found by its address, or as the only one', () => {
  const two = 'FROM a\nADD http://h/x /x\nADD http://h/y /y\n';
  expect(said(two, 'failed to load cache key: Get "http://h/y": dial tcp: refused').detail).toContain('line 3 of');
  expect(said(two, 'failed to load cache key: invalid response status 404').detail).not.toContain('This is about');
  expect(said('FROM a\nADD http://h/x /x\n', 'failed to load cache key: invalid response status 404').detail).toContain('line 2 of');
});

test('a here-document that a classic builder does not know is not called a missing file', () => {
  const message = 'COPY failed: no source files were specified';
  expect(said(heredoc, message, { line: 6 }).title).toBe('This builder is too old for here-documents (<<) on line 6');
  expect(said('FROM a\nCOPY x* /x\n', message, { line: 2 }).title).toBe('A COPY or ADD matches no file');
});

describe('a file of the folder', () => {
  const error = (code: string, path: string, syscall = 'open') =>
    Object.assign(new Error(`${code}: x, ${syscall} '${path}'`), { code, path, syscall });
  test.each([
    ['ENOENT', 'a/b.txt vanished while the folder was sent', 'not-found'],
    ['EACCES', 'a/b.txt could not be read while the folder was sent', 'not-permitted'],
    ['EIO', 'a/b.txt could not be read while the folder was sent', 'invalid-input'],
  ])('%s names it', (code, title, kind) => {
    expect(toFailure(failureOfFile(error(code, '/p/a/b.txt'), '/p'))).toMatchObject({ title, kind, cause: expect.stringContaining(code) });
  });

  test.each([
    error('ENOENT', '/p'),
    error('ENOENT', '/elsewhere/x'),
    new Error('x'),
    'text',
    Object.assign(new Error('x'), { code: 'ECONNRESET' }),
  ])('messages about something else stay: %s', (other) => expect(failureOfFile(other, '/p')).toBe(other));
});
