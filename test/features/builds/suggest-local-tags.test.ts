import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../contract/failure.ts';
import { suggestLocalTags } from '../../../main/features/builds/suggest-local-tags.ts';
import { readInstructions } from '../../../main/foundation/dockerfile/read-instructions.ts';
import { toFailure } from '../../../main/foundation/failures/failure.ts';

type Told = { names?: string[]; line?: number; path?: string; args?: Record<string, string>; cause?: string };

const noHost = (repository: string) =>
  `failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to do request: Head "https://registry-1.docker.io/v2/${repository}/manifests/latest": dial tcp: lookup registry-1.docker.io: no such host`;
const classicNoHost = 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host';

/** What is said if a Dockerfile fails on an engine with these names; `line` is that of the failed step, if known. */
function told(dockerfile: string, { names = ['new_busybox:ver_1'], line, path = 'Dockerfile', args = {}, cause }: Told): Failure {
  const instructions = readInstructions(dockerfile, args);
  const failed = instructions.find((one) => one.line === line);
  return suggestLocalTags(toFailure(new Error(cause ?? classicNoHost)), { path, instructions, failed }, names);
}

describe('a FROM without a tag', () => {
  it('gets the tag that is here, in the words of the lesson', () => {
    const { hint, detail, title } = told('FROM new_busybox\n', { line: 1 });
    expect(hint).toMatch(/^You have new_busybox:ver_1\. Write FROM new_busybox:ver_1 on line 1 of the Dockerfile\./);
    expect(hint).toContain('To use the registry’s image instead: check the address');
    expect(detail).toContain('new_busybox without a tag means new_busybox:latest, which is not on this engine.');
    expect(title).toBe('The registry registry-1.docker.io doesn’t answer');
  });

  it.each([
    ['FROM --platform=linux/amd64 a AS one\n', 'Write FROM --platform=linux/amd64 a:1 AS one on line 1'],
    ['# x\n\nfrom   a \\\n  as one\n', 'Write FROM a:1 as one on line 3'],
    ['ARG BASE=a\nFROM $BASE\n', 'Give the build argument BASE, which line 2 of the Dockerfile uses, the value a:1.'],
    [`ARG BASE\nFROM \${BASE:-a}\n`, 'Give the build argument BASE, which line 2 of the Dockerfile uses, the value a:1.'],
    ['ARG N=a\nFROM docker.io/library/$N\n', 'Write FROM a:1 on line 2'],
    ['FROM library/a\n', 'Write FROM a:1 on line 1'],
    ['FROM scratch AS b\nFROM a\nCOPY --from=b / /\n', 'Write FROM a:1 on line 2'],
    ['FROM here:1\nCOPY --from=a /x /\n', 'Write --from=a:1 instead of --from=a on line 2'],
    ['FROM here:1\nRUN --mount=from=a,target=/x true\n', 'Write --from=a:1 instead of --from=a on line 2'],
  ])('%j', (dockerfile, words) => {
    expect(told(dockerfile, { names: ['a:1', 'here:1'] }).hint).toContain(words);
  });

  it('a COPY --from of one word that exists nowhere was most likely meant as a stage', () => {
    const dockerfile = 'FROM here:1 AS built\nFROM here:1\nCOPY --from=buld /x /\n';
    const failure = told(dockerfile, { names: ['here:1'], cause: noHost('library/buld') });
    expect(failure).toMatchObject({ kind: 'dockerfile', title: 'COPY --from=buld names neither a stage nor an image that can be pulled' });
    expect(failure.detail).toContain('The registry registry-1.docker.io doesn’t answer.');
    const image = told(dockerfile.replace('buld', 'team/buld'), { names: ['here:1'], cause: noHost('team/buld') });
    expect(image.kind).toBe('registry-unreachable');
  });

  it('with a registry', () => {
    const names = ['localhost:5000/team/app:2', 'team/app:3'];
    expect(told('FROM localhost:5000/team/app\n', { names }).hint).toMatch(/^You have localhost:5000\/team\/app:2\. /);
  });

  it.each([
    [['a:3', 'a:2'], 'You have a:3 and a:2. Write FROM a:3 on'],
    [['a:3', 'b:1', 'a:2', 'a:1'], 'You have a:3, a:2 and a:1. Write FROM a:3 on'],
    [['a:4', 'a:3', 'a:2', 'a:1'], 'You have a:4, a:3, a:2 and others. Write FROM a:4 on'],
  ])('names the newest of %j', (names, words) => expect(told('FROM a\n', { names }).hint).toContain(words));

  it('is the one that the builder names', () => {
    const two = 'FROM a\nFROM b\nRUN true\n';
    const names = ['a:1', 'b:1'];
    expect(told(two, { names, cause: noHost('library/b') }).hint).toContain('Write FROM b:1 on line 2');
    expect(told(two, { names, line: 1 }).hint).toContain('Write FROM a:1 on line 1');
    const denied = "pull access denied for b, repository does not exist or may require 'docker login'";
    expect(told(two, { names, cause: denied }).hint).toContain('Write FROM b:1 on line 2');
    // nothing says which
    expect(told(two, { names }).hint).not.toContain('You have');
  });

  it('in a Dockerfile of another name, after an argument that was given', () => {
    const { hint } = told('ARG BASE=x:1\nFROM $BASE\n', { names: ['a:1'], args: { BASE: 'a' }, path: 'api/app.Dockerfile' });
    expect(hint).toContain('BASE, which line 2 of api/app.Dockerfile uses, the value a:1.');
  });
});

describe('nothing is added', () => {
  it.each<[string, string, Told]>([
    ['there is no other tag', 'FROM a\n', { names: ['b:1', 'x/a:1', 'ghcr.io/a:1', '<none>:<none>'] }],
    ['the engine has its latest', 'FROM a\n', { names: ['a:latest', 'a:1'] }],
    ['a tag is named', 'FROM a:2\n', { names: ['a:1'] }],
    ['a digest is named', `FROM a@sha256:${'0'.repeat(64)}\n`, { names: ['a:1'] }],
    ['it is a stage', 'FROM here:1 AS a\nFROM a\nCOPY --from=A / /\n', { names: ['a:1', 'here:1'] }],
    ['another step failed', 'FROM a\nRUN x\n', { names: ['a:1'], line: 2 }],
    ['another image with a tag is missing, too', 'FROM a\nFROM b:1\n', { names: ['a:1'] }],
    ['the name has no value', 'FROM $NOTHING\n', { names: ['a:1'] }],
    ['something else went wrong', 'FROM a\n', { names: ['a:1'], cause: 'no space left on device' }],
    ['it is no name', 'FROM A/b\n', { names: ['a:1'] }],
  ])('if %s', (_, dockerfile, more) => {
    expect(told(dockerfile, more)).toEqual(toFailure(new Error(more.cause ?? classicNoHost)));
  });
});
