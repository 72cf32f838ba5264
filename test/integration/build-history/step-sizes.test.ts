import { expect, test } from 'vitest';
import { base, builders, host, traits } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

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

/** Whether these are whole blocks that hold so many bytes, up to a block for each file and folder. */
const isInBlocks = (bytes: number, size: number): boolean => bytes >= size && bytes < size + 5 * 4096;

test.each(builders)('%s: lines that read the same each have their own size', async (builder) => {
  await using app = await startApp(host, { builder: builder === 'classic' ? 'classic' : 'automatic' });
  using folder = new WorkFolder({ Dockerfile: dockerfile, a: 'x'.repeat(5000), b: 'y' });
  const { id, state } = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: [`it-sizes-${builder}:1`],
    // for it, the classic builder adds a step of its own after the last line
    labels: { chosen: 'yes' },
  });
  expect(state).toBe('succeeded');
  const { task, sizes } = await app.history.record(id);
  const sizeOf = new Map(sizes.map(({ step, bytes }) => [step, bytes]));
  const steps = (task.progress.build?.steps ?? []).filter(({ number }) => number !== undefined);
  const found = steps.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0)).map((step) => [step.instruction, sizeOf.get(step.id)]);
  const of = (words: string) => found.flatMap(([instruction, bytes]) => (String(instruction).includes(words) ? [bytes] : []));
  const exactly = (size: number) => (traits.countsFiles ? size : expect.toSatisfy((bytes) => isInBlocks(bytes, size)));
  const [first = 0, second = 0] = of('/seen') as number[];
  // the second line wrote twice as much as the first, and of each file there are only whole blocks
  expect([Math.floor(first / 10_000), Math.floor(second / 10_000)]).toEqual([traits.countsBlocks ? 2 : 1, 2]);
  expect(second).toBeGreaterThan(first);
  // copied over itself: nothing, or the same again; in blocks, the folder alone
  expect(of('/same/')).toEqual([
    exactly(5001),
    expect.toSatisfy((bytes) => bytes === 0 || isInBlocks(bytes, traits.countsBlocks ? 0 : 5001)),
  ]);
  expect(of('--from=made')).toEqual([exactly(70_000)]);
  expect(of('> /below')).toEqual([exactly(30_000)]);
  // steps of another stage, of which the image only has a copy, and the base
  expect(of('> /made')).toEqual([undefined]);
  expect(new Set(of('FROM'))).toEqual(new Set([undefined]));
});
