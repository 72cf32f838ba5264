import { expect, test } from 'vitest';
import { TestApp } from '../support/make-app.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { base, host } from './own-engine.ts';

const dockerfile = `FROM ${base} AS made
ARG MARK=${Math.random()}
RUN head -c 70000 /dev/urandom > /made
FROM ${base} AS below
RUN head -c 30000 /dev/urandom > /below
FROM below
ENV A=1
RUN echo x >> /seen; head -c $(($(wc -l < /seen) * 10000)) /dev/urandom > /grown
RUN echo x >> /seen; head -c $(($(wc -l < /seen) * 10000)) /dev/urandom > /grown
COPY a b* /same/
COPY a b* /same/
COPY --from=made /made /made
CMD ["true"]
`;

test.each(['buildkit', 'classic'] as const)('%s: lines that read the same have each its own size', async (builder) => {
  await using app = new TestApp(host);
  if (builder === 'classic') app.builder = 'classic';
  await app.connected();
  using folder = new WorkFolder({ Dockerfile: dockerfile, a: 'x'.repeat(5000), b: 'y' });
  const { id, state } = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: [`it-sizes-${builder}:1`],
    // the classic builder puts a step of its own behind the last line for it
    labels: { chosen: 'yes' },
  });
  expect(state).toBe('succeeded');
  const { task, sizes } = await app.history.record(id);
  const sizeOf = new Map(sizes.map(({ step, bytes }) => [step, bytes]));
  const steps = (task.progress.build?.steps ?? []).filter(({ number }) => number !== undefined);
  const found = steps.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0)).map((step) => [step.instruction, sizeOf.get(step.id)]);
  const of = (words: string) => found.flatMap(([instruction, bytes]) => (String(instruction).includes(words) ? [bytes] : []));
  const [first = 0, second = 0] = of('/seen') as number[];
  expect([Math.floor(first / 10_000), Math.floor(second / 10_000)]).toEqual([1, 2]);
  expect(of('/same/')).toEqual([5001, expect.toSatisfy((bytes) => bytes === 0 || bytes === 5001)]);
  expect(of('--from=made')).toEqual([70_000]);
  expect(of('> /below')).toEqual([30_000]);
  // what another stage made and the image only has a copy of, and the base
  expect(of('> /made')).toEqual([undefined]);
  expect(new Set(of('FROM'))).toEqual(new Set([undefined]));
});
