import { expect, test } from 'vitest';
import { adviseKept } from '../../../main/features/build-history/advise-kept.ts';
import { endedBuild, keptBuild } from '../../support/kept-build.ts';

test('what a line would have saved is its own layer, not that of a line that reads the same', () => {
  const lines = ['FROM a:1@sha256:1', 'COPY . /one', 'RUN npm ci', 'COPY . /two', 'RUN npm ci'];
  const steps = lines.map((instruction, place) => ({
    id: String(place),
    stage: '',
    number: place + 1,
    instruction,
    state: 'built' as const,
    seconds: 3,
  }));
  const layers = ['ADD file:1 in /', ...lines.slice(1)].map((createdBy, place) => ({ createdBy, size: place * 100, hasLayer: true }));
  const advised = adviseKept({
    ...keptBuild('1', 1),
    task: { ...endedBuild('1', 1), progress: { phase: 'building', build: { builder: 'buildkit', steps } } },
    dockerfile: { path: 'Dockerfile', text: `${lines.join('\n')}\n` },
    hasIgnoreFile: true,
    layers,
  });
  const [advice] = advised.filter(({ rule }) => rule === 'copy-before-install');
  expect(advice).toMatchObject({ line: 2, lastLine: 3, saves: { seconds: 3, bytes: 200 } });
});
