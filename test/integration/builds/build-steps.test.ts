import { describe, expect, test } from 'vitest';
import { buildDirectly } from '../../support/build-directly.ts';
import { base, builders, host } from '../../support/engines/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, place) => place + 1);

describe.each(builders)('%s', (builder) => {
  test.each(builder === 'buildkit' ? [9, 10, 100] : [10])('each of %i steps has its place and is counted', async (count) => {
    const copies = numbered(count - 1).map((place) => `COPY a /a${place}\n`);
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${copies.join('')}`, a: `${Math.random()}` });
    const { steps } = await buildDirectly(host, builder, { folder: folder.path });
    expect(steps.map(({ number }) => number).toSorted((a = 0, b = 0) => a - b)).toEqual(numbered(count));
    const again = await buildDirectly(host, builder, { folder: folder.path });
    expect(again.steps.map(({ state }) => state)).toEqual(numbered(count).map(() => 'cached'));
  });

  test('several stages, a platform, and brackets in the instructions', async () => {
    const runs = numbered(11).map((place) => `RUN [ "${place}" != "[ 2/13] x" ]\n`);
    const dockerfile = `FROM ${base} AS one-1.x\n${runs.join('')}FROM ${base}\nRUN ["echo", "[one 2/3] y"]\nCOPY --from=one-1.x /bin /copied\n`;
    using folder = new WorkFolder({ Dockerfile: dockerfile });
    const platform = builder === 'buildkit' ? { platform: 'linux/amd64' } : {};
    const { steps } = await buildDirectly(host, builder, { folder: folder.path, ...platform });
    // both stages begin with the same image, which BuildKit looks up once and calls by one of them
    const places = steps.filter(({ number }) => number !== 1).map(({ stage, number, instruction }) => `${stage}/${number} ${instruction}`);
    const first = runs.map((run, place) => `one-1.x/${place + 2} ${run.trim()}`);
    const last = ['stage-1/2 RUN ["echo", "[one 2/3] y"]', 'stage-1/3 COPY --from=one-1.x /bin /copied'];
    expect(places.toSorted()).toEqual([...first, ...last].toSorted());
  });
});

test('a line of fifty megabytes is cut and says so', async () => {
  using folder = new WorkFolder({
    Dockerfile: `FROM ${base}\nRUN head -c 50000000 /dev/zero | tr '\\0' x; echo; printf '\\033[32mgreen\\033[0m plain'; echo ${Math.random()}\n`,
  });
  const { log } = await buildDirectly(host, 'classic', { folder: folder.path });
  const line = log.find((text) => text.startsWith('xxx')) ?? '';
  expect(line.length).toBeLessThan(100_000);
  expect(line).toMatch(/ … \[cut here: the line has 49,[\d,]+ more characters\]$/);
  expect(log.some((text) => text.startsWith('\u001b[32mgreen\u001b[0m plain'))).toBe(true);
});
