import { rmSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Builder } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import { FailureError } from '../../../main/foundation/failures/failure.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { buildDirectly } from '../../support/build-directly.ts';
import { base, host, ownName, traits } from '../../support/engines/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** How a build fails; undefined if it succeeds. */
async function failureOf(builder: Builder, folder: WorkFolder, onSeen?: (path: string) => void): Promise<Failure | undefined> {
  try {
    await buildDirectly(host, builder, { folder: folder.path }, onSeen);
    return undefined;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}

const hereDocument = traits.readsNewDockerfiles ? undefined : 'too old for here-documents (<<) on line 2';
const link = traits.readsNewDockerfiles ? undefined : 'too old for COPY --link on line 2';
const parents = traits.readsNewDockerfiles ? undefined : 'too old for COPY --parents on line 2';
const wanted = traits.readsNewDockerfiles ? undefined : `can’t read: \${B:?wanted}`;
const capitals = traits.capitalsAreRegistries ? 'The registry Upper doesn’t answer' : 'Upper/case isn’t a valid image name';

/** Lines after FROM, and what each builder says about them; nothing if it builds. Podman's is asked as the classic one is. */
const refused: [lines: string, buildkit: string | undefined, classic: string | undefined, podman: string | undefined][] = [
  ['RUN <<EOF\necho hi\nEOF', hereDocument, hereDocument, hereDocument],
  ['COPY --link a /a', link, link, link],
  ['COPY --parents a /a', 'too old for COPY --parents', 'too old for COPY --parents', parents],
  ['COPY --chmod=755 a /a', undefined, 'doesn’t support --chmod', undefined],
  ['RUN --mount=type=cache,target=/x true', undefined, 'doesn’t support --mount', undefined],
  ['RUN --mount=type=ssh,required=true true', 'needs an SSH key', 'doesn’t support --mount', 'needs an SSH key'],
  ['RUN --mount=type=foo true', 'no mount type foo', 'no mount type foo', 'no mount type foo'],
  ['COPY --chwon=x a /a', 'mistake on line 2', 'mistake on line 2', 'COPY has an option that doesn’t exist'],
  ['COPY ../x /a', '../x isn’t in the folder', '../x isn’t in the folder', '../x isn’t in the folder'],
  ['COPY loop /a', 'leads back to itself', 'loop isn’t in the folder', 'leads back to itself'],
  ['COPY loop/x /a', 'leads back to itself', 'loop/x isn’t in the folder', 'loop/x, but it isn’t in the folder'],
  ['ADD http://127.0.0.1:9/x /a', '127.0.0.1:9 doesn’t answer', '127.0.0.1:9 doesn’t answer', '127.0.0.1:9 doesn’t answer'],
  ['EXPOSE abc', 'needs a port, but has abc', 'needs a port, but has abc', undefined],
  [
    'ENV A=one two',
    '“two” on an ENV or LABEL line has no “=”',
    '“two” on an ENV or LABEL line has no “=”',
    '“two” on an ENV or LABEL line has no “=”',
  ],
  ['LABEL a', 'with LABEL gives no value', 'with LABEL gives no value', 'with LABEL gives no value'],
  ['COPY a /${B', 'can’t read: /${B', 'can’t read: /${B', 'can’t read: /${B'],
  [`COPY \${B:?is wanted} /`, 'can’t read: ${B:?is', 'can’t read: ${B:?is', 'can’t read: ${B:?is'],
  [`COPY a \${B:?wanted}`, 'variable B has no value', 'variable B has no value', wanted],
  ['STOPSIGNAL NONE', 'needs a signal, but has NONE', 'needs a signal, but has NONE', 'needs a signal, but has NONE'],
  ['EXPOSE 80/foo', 'needs a protocol, but has foo', 'needs a protocol, but has foo', undefined],
  ['RUN --mount=type=cache true', 'has no target', 'doesn’t support --mount', 'has no target'],
  [`FROM ${base} AS b\nFROM ${base} AS b`, undefined, 'Two stages are called b', undefined],
  [`FROM --platform=foo ${base}`, 'no platform foo', 'no platform foo', 'no platform foo'],
  ['COPY a /bin/sh/', 'is a file in the image', 'is a file in the image', 'is a file in the image'],
  ['WORKDIR /bin/sh', 'is a file in the image', '/bin/sh is a file in the image', undefined],
  ['RUN []', 'RUN has no command', undefined, 'failed with exit code 1'],
  ['WORKDIR $NONE', undefined, 'WORKDIR has no folder', undefined],
  ['COPY "a b" /', '“"” in the Dockerfile isn’t closed', '“"” in the Dockerfile isn’t closed', '“"” in the Dockerfile isn’t closed'],
  ['FROM Upper/case', capitals, capitals, 'Upper/case isn’t a valid image name'],
  ['USER nope\nRUN true', 'no user nope', 'no user nope', 'no user nope'],
];

/** The builders of this engine, each with its column. */
const builders: [Builder, 1 | 2 | 3][] = traits.hasBuildKit
  ? [
      ['buildkit', 1],
      ['classic', 2],
    ]
  : [['classic', 3]];

describe.each(builders)('%s', (builder, column) => {
  test.each(refused.map((one) => [one[0], one[column]] as const))('%s', async (lines, words) => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines}\n`, a: '' });
    symlinkSync('other', folder.file('loop'));
    symlinkSync('loop', folder.file('other'));
    const failure = await failureOf(builder, folder);
    if (words === undefined) return expect(failure).toBeUndefined();
    expect(failure).toMatchObject({ title: expect.stringContaining(words), hint: expect.any(String) });
  });

  test('an image without a shell cannot run a command', async () => {
    using folder = new WorkFolder({ Dockerfile: 'FROM scratch\nRUN make\n' });
    const { title = '', detail = '' } = (await failureOf(builder, folder)) ?? {};
    expect(`${title} ${detail}`).toMatch(/couldn’t start/);
    expect(`${title} ${detail}`).toContain('/bin/sh');
  });

  test('a Dockerfile with arguments only is refused before it reaches the engine, which would crash', async () => {
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
    ['RUN echo hi\n', 'The Dockerfile doesn’t begin with FROM'],
  ])('%j is told apart from other mistakes', async (text, title) => {
    using folder = new WorkFolder({ Dockerfile: text });
    expect(await failureOf(builder, folder)).toMatchObject({ kind: 'dockerfile', title });
  });

  test.runIf(traits.limitsLayers)(
    'more layers than an engine can stack',
    async () => {
      const lines = Array.from({ length: 130 }, (_, place) => `COPY a /a${place}`);
      using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines.join('\n')}\n`, a: '' });
      expect(await failureOf(builder, folder)).toMatchObject({ title: 'The image would have too many layers' });
      // each of so many layers is a container and an image to the classic builder
    },
    180_000,
  );

  test('a missing file is named as the Dockerfile names it', async () => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY app.py /app/\n` });
    expect((await failureOf(builder, folder))?.title).toMatch(/(?:^|needs )app\.py(?: isn’t|, but it isn’t) in the folder/);
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

describe.each(builders)('%s: a base image without a tag that is here under others', (builder) => {
  test.each(['words_busybox', 'localhost:9/words/busybox'])('%s', async (name) => {
    const { docker } = makeCommands(host);
    await docker(['tag', base, `${name}:ver_1`]);
    using folder = new WorkFolder({ Dockerfile: `ARG A\nFROM ${base} AS one\nFROM ${name} AS two\nRUN true\n` });
    const failure = await failureOf(builder, folder);
    const here = ownName(`${name}:ver_1`);
    const words = `You have ${here}. Write FROM ${here} AS two on line 3 of the Dockerfile.`;
    expect(failure?.hint).toContain(words);
    await docker(['tag', base, `${name}:latest`]);
    expect(await failureOf(builder, folder)).toBeUndefined();
    await docker(['rmi', `${name}:ver_1`, `${name}:latest`]);
  });
});

test.skipIf(traits.buildsEmptyImages)('the classic builder makes no image from FROM scratch alone', async () => {
  using folder = new WorkFolder({ Dockerfile: 'FROM scratch\n' });
  expect(await failureOf('classic', folder)).toMatchObject({ title: 'This Dockerfile puts nothing in the image' });
});
