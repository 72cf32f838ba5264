import { join } from 'node:path';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { median, seconds } from './process-figures.ts';

const rounds = 5;

/** From the start of the program to the first rows of the list. */
export async function measureStart(engine: Engine, folder: string): Promise<string[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    const app = await launchApp({ host: engine.host, home: join(folder, `start-${round}`) });
    const page = await app.firstWindow();
    await page.getByRole('row', { name: 'layerdeck/base:1' }).waitFor();
    times.push(performance.now() - begin);
    await app.close();
  }
  return [`from start to the first rows: ${seconds(median(times))} (${times.map(seconds).join(', ')})`];
}
