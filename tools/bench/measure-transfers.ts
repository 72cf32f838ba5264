import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { megabytes, peakMemory, residentBytes, seconds, timed } from './process-figures.ts';

const size = 1000;
/** Each goes first as often as second. */
const turns = ['own', 'rival', 'rival', 'own'] as const;

/** Push and pull of 1 GB to and from a registry on this computer through the window, compared with the docker command. */
export async function measureTransfers(engine: Engine, folder: string): Promise<string[]> {
  await engine.makeRegistryImage();
  await engine.docker(['build', '--tag', 'bench-transfer:1', '-'], {
    input: `FROM layerdeck/base:1\n${[1, 2, 3, 4].map((file) => `RUN dd if=/dev/urandom of=/${file} bs=1M count=${size / 4}`).join('\n')}\n`,
  });
  const app = await launchApp({ host: engine.host, home: join(folder, 'transfers') });
  const page = await app.firstWindow();
  // without a graphics card, each frame of a spinner is painted by the cores that are measured
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const main = app.process().pid ?? 0;
  const before = residentBytes(main);
  const push = { own: [] as number[], rival: [] as number[] };
  const pull = { own: [] as number[], rival: [] as number[] };
  try {
    const peak = await peakMemory(main, async () => {
      for (const turn of turns) {
        const { pushed, pulled } = await moveThere(engine, turn === 'own' ? page : undefined, join(folder, 'kept.tar'));
        push[turn].push(pushed);
        pull[turn].push(pulled);
      }
    });
    return [
      line(`push ${size} MB`, push.own, push.rival),
      line(`pull ${size} MB`, pull.own, pull.rival),
      `memory of main: ${megabytes(before)} before, ${megabytes(peak)} at most`,
    ];
  } finally {
    await app.close();
  }
}

const line = (what: string, ours: number[], theirs: number[]): string =>
  `${what}: ${seconds(mean(ours))}, docker ${seconds(mean(theirs))}, ratio ${(mean(ours) / mean(theirs)).toFixed(2)}  [${ours.map(seconds).join(', ')} | ${theirs.map(seconds).join(', ')}]`;

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** To an empty registry, and back to an engine that no longer has the image. Without a window, uses the docker command. */
async function moveThere(engine: Engine, page: Page | undefined, keptFile: string): Promise<{ pushed: number; pulled: number }> {
  const registry = (await engine.docker(['run', '--detach', '--publish', '127.0.0.1:0:5000', 'registry:2'])).trim();
  const address = (await engine.docker(['port', registry, '5000'])).trim().replace('127.0.0.1', 'localhost');
  const reference = `${address}/bench:1`;
  try {
    await engine.docker(['tag', 'bench-transfer:1', reference]);
    const pushed = page ? await pushInWindow(page, reference) : await timed(() => engine.docker(['push', reference]));
    // moved out of the way into a file, so that the engine has none of its layers
    await engine.docker(['rmi', reference]);
    await engine.docker(['save', '--output', keptFile, 'bench-transfer:1']);
    await engine.docker(['rmi', 'bench-transfer:1']);
    const pulled = page ? await pullInWindow(page, reference) : await timed(() => engine.docker(['pull', reference]));
    await engine.docker(['rmi', reference]);
    await engine.docker(['load', '--input', keptFile]);
    return { pushed, pulled };
  } finally {
    await engine.docker(['rm', '--force', '--volumes', registry]);
  }
}

// Measures what the docker command does too: from the person's last click to the end.
async function pushInWindow(page: Page, reference: string): Promise<number> {
  await page.getByRole('link', { name: 'Images' }).click();
  await page.getByRole('row').filter({ hasText: 'bench-transfer' }).getByRole('link').click();
  await page.getByRole('button', { name: 'Push…' }).click();
  await page.getByRole('dialog').getByRole('checkbox', { name: 'bench-transfer:1' }).uncheck();
  await page.getByRole('dialog').getByRole('checkbox', { name: reference }).check();
  await page.getByRole('region', { name: 'Forecast' }).waitFor();
  return timed(async () => {
    await page.getByRole('dialog').getByRole('button', { name: /^Push/ }).click();
    await page.getByText(/can now get/).waitFor({ timeout: 300_000 });
  });
}

async function pullInWindow(page: Page, reference: string): Promise<number> {
  await page.getByRole('link', { name: 'Images' }).click();
  await page.getByRole('button', { name: 'Get an image…' }).click();
  await page.getByRole('dialog').getByLabel('Name and tag').fill(reference);
  await page.getByRole('region', { name: 'Forecast' }).waitFor();
  return timed(async () => {
    await page.getByRole('button', { name: 'Get the image' }).click();
    await page.getByText('The image is here now').waitFor({ timeout: 300_000 });
  });
}
