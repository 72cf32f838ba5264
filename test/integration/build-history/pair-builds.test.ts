import { expect, test } from 'vitest';
import { pairBuilds } from '../../../main/features/build-history/pair-builds.ts';
import { compareSteps } from '../../../renderer/features/builds/compare/compare-steps.ts';
import { base, builderChoices, host } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const dockerfile = (mark: string, more = '') => `FROM ${base} AS below
ARG V=1
ARG TOKEN
RUN echo ${mark} v $V
RUN echo "$TOKEN" > /token
RUN echo ${mark} v $V$V
FROM below
${more}COPY a /a
RUN echo last ${mark}
`;

test.each(builderChoices)('%s: a step with another value is the same step', async (builder) => {
  await using app = await startApp(host, { builder: builder });
  const mark = `mark-${Math.random()}`;
  using folder = new WorkFolder({ Dockerfile: dockerfile(mark), a: 'a' });
  const build = async (args: Record<string, string>): Promise<string> => {
    const folderRead = app.readable(folder.path);
    const { id, state } = await app.run({ kind: 'build', folder: folderRead, dockerfile: 'Dockerfile', references: ['it-pairs:1'], args });
    expect(state).toBe('succeeded');
    return id;
  };
  const steps = async (one: string, other: string) => compareSteps(await pairBuilds(app.history, [one, other]));

  const first = await build({ V: '1', TOKEN: `one-${mark}` });
  const second = await build({ V: '11', TOKEN: `two-${mark}` });
  // in whichever order they were chosen, the earlier build comes first
  for (const pairs of [await steps(first, second), await steps(second, first)]) {
    expect(pairs.filter(({ before, after }) => !before || !after)).toEqual([]);
    const told = pairs.flatMap(({ was, instruction }) => (was === undefined ? [] : [[was, instruction]]));
    const values = [
      [`RUN echo ${mark} v 1`, `RUN echo ${mark} v 11`],
      // reads as the line above it does in the later build
      [`RUN echo ${mark} v 11`, `RUN echo ${mark} v 1111`],
    ];
    if (builder === 'automatic') expect(told).toEqual(values);
    // the classic builder calls steps as they are written
    else expect(told).toEqual([]);
  }

  folder.write('Dockerfile', dockerfile(mark, 'WORKDIR /new\n'));
  const third = await build({ V: '2' });
  const pairs = await steps(second, third);
  expect(pairs.flatMap(({ instruction, before }) => (before ? [] : [instruction]))).toEqual(['WORKDIR /new']);
  expect(pairs.filter(({ after }) => !after)).toEqual([]);
});
