import { rmSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Builder } from '../../contract/engine.ts';
import type { Failure } from '../../contract/failure.ts';
import { FailureError } from '../../main/engine/failure.ts';
import { makeCommands } from '../../tools/engine/docker-command.ts';
import { buildDirectly } from '../support/build-directly.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { base, host } from './own-engine.ts';

/** How a build fails; undefined where it succeeds. */
async function failureOf(builder: Builder, folder: WorkFolder, onSeen?: (path: string) => void): Promise<Failure | undefined> {
  try {
    await buildDirectly(host, builder, { folder: folder.path }, onSeen);
    return undefined;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}

/** Lines after FROM, and what each builder says of them; none where it builds. */
const refused: [lines: string, buildkit: string | undefined, classic: string | undefined][] = [
  ['RUN <<EOF\necho hi\nEOF', 'too old for here-documents (<<) in line 2', 'too old for here-documents (<<) in line 2'],
  ['COPY --link a /a', 'too old for COPY --link in line 2', 'too old for COPY --link in line 2'],
  ['COPY --parents a /a', 'too old for COPY --parents', 'too old for COPY --parents'],
  ['COPY --chmod=755 a /a', undefined, 'knows no --chmod'],
  ['RUN --mount=type=cache,target=/x true', undefined, 'knows no --mount'],
  ['RUN --mount=type=ssh,required=true true', 'wants an SSH key', 'knows no --mount'],
  ['RUN --mount=type=foo true', 'no mount of the type foo', 'no mount of the type foo'],
  ['COPY --chwon=x a /a', 'mistake in line 2', 'mistake in line 2'],
  ['COPY ../x /a', '../x is not in the folder', '../x is not in the folder'],
  ['COPY loop /a', 'link loop leads back to itself', 'loop is not in the folder'],
  ['COPY loop/x /a', 'leads back to itself', 'loop/x is not in the folder'],
  ['ADD http://127.0.0.1:9/x /a', '127.0.0.1:9 does not answer', '127.0.0.1:9 does not answer'],
  ['EXPOSE abc', 'no port: abc', 'no port: abc'],
  ['USER nope\nRUN true', 'no user nope', 'no user nope'],
];

describe.each<[Builder, 1 | 2]>([
  ['buildkit', 1],
  ['classic', 2],
])('%s', (builder, column) => {
  test.each(refused.map((one) => [one[0], one[column]] as const))('%s', async (lines, words) => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines}\n`, a: '' });
    symlinkSync('other', folder.file('loop'));
    symlinkSync('loop', folder.file('other'));
    const failure = await failureOf(builder, folder);
    if (words === undefined) return expect(failure).toBeUndefined();
    expect(failure).toMatchObject({ title: expect.stringContaining(words), hint: expect.any(String) });
  });

  test('one with arguments only is refused before the engine hears of it, which would end over it', async () => {
    for (const text of ['ARG A=1\n', '# syntax=x\narg A\nARG B=2 # c\n', 'ARG A=1 \\\n\nFROM a\n', '\uFEFFARG A=1\n']) {
      using folder = new WorkFolder({ Dockerfile: text });
      expect(await failureOf(builder, folder)).toMatchObject({
        title: 'The Dockerfile has no steps',
        detail: expect.stringContaining('ARG'),
      });
    }
    using alive = new WorkFolder({ Dockerfile: `FROM ${base}\n` });
    expect(await failureOf(builder, alive)).toBeUndefined();
  });

  test.each([
    ['', 'The Dockerfile has no steps'],
    ['# nothing but a comment\n', 'The Dockerfile has no steps'],
    ['RUN echo hi\n', 'The Dockerfile does not begin with FROM'],
  ])('%j is told from others', async (text, title) => {
    using folder = new WorkFolder({ Dockerfile: text });
    expect(await failureOf(builder, folder)).toMatchObject({ kind: 'dockerfile', title });
  });

  test('more layers than an engine lays over each other', async () => {
    const lines = Array.from({ length: 130 }, (_, place) => `COPY a /a${place}`);
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines.join('\n')}\n`, a: '' });
    expect(await failureOf(builder, folder)).toMatchObject({ title: 'The image would have too many layers' });
  });

  test('a file that is not there is named as the Dockerfile names it', async () => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY app.py /app/\n` });
    expect((await failureOf(builder, folder))?.title).toMatch(/(?:^|needs )app\.py(?: is not|, but it is not) in the folder/);
  });

  test('a file that vanishes while it is sent is named', async () => {
    using folder = new WorkFolder({
      Dockerfile: `FROM ${base}\nCOPY . /c\n`,
      'a.txt': `${Math.random()}`,
      'sub/z.txt': `${Math.random()}`,
    });
    const failure = await failureOf(builder, folder, (path) => path === 'sub/z.txt' && rmSync(folder.file(path)));
    expect(failure).toMatchObject({ kind: 'not-found', title: 'sub/z.txt vanished while the folder was sent' });
  });

  test('.dockerignore as a folder', async () => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY a /a\n`, a: '', '.dockerignore/x': '' });
    const failure = await failureOf(builder, folder);
    expect(failure?.title).toBe(builder === 'classic' ? '.dockerignore is a folder' : undefined);
  });
});

describe.each<Builder>(['buildkit', 'classic'])('%s: a base image without a tag that is here under others', (builder) => {
  test.each(['words_busybox', 'localhost:9/words/busybox'])('%s', async (name) => {
    const { docker } = makeCommands(host);
    await docker(['tag', base, `${name}:ver_1`]);
    using folder = new WorkFolder({ Dockerfile: `ARG A\nFROM ${base} AS one\nFROM ${name} AS two\nRUN true\n` });
    const failure = await failureOf(builder, folder);
    const words = `You have ${name}:ver_1. Write FROM ${name}:ver_1 AS two in line 3 of the Dockerfile.`;
    expect(failure?.hint).toContain(words);
    await docker(['tag', base, `${name}:latest`]);
    expect(await failureOf(builder, folder)).toBeUndefined();
    await docker(['rmi', `${name}:ver_1`, `${name}:latest`]);
  });
});

test('the classic builder makes nothing of FROM scratch alone', async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM scratch\n' });
  expect(await failureOf('classic', folder)).toMatchObject({ title: 'This Dockerfile puts nothing into the image' });
});
