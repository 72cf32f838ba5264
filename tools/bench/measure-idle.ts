import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { cpuSeconds, descendants, megabytes, residentBytes } from './process-figures.ts';

const span = 20_000;

/** CPU and memory while the window is open and nothing happens. */
export async function measureIdle(engine: Engine, folder: string): Promise<string[]> {
  const app = await launchApp({ host: engine.host, home: join(folder, 'idle') });
  try {
    const page = await app.firstWindow();
    await page.getByRole('row', { name: 'layerdeck/base:1' }).waitFor();
    await wait(3000); // starting up is not idling
    const main = app.process().pid ?? 0;
    const others = descendants(main);
    const used = () => [cpuSeconds(main), others.reduce((sum, pid) => sum + cpuSeconds(pid), 0)] as const;
    const before = used();
    await wait(span);
    const after = used();
    const share = (place: 0 | 1) => `${(((after[place] - before[place]) / (span / 1000)) * 100).toFixed(2)} % of one core`;
    return [`main: ${share(0)}, ${megabytes(residentBytes(main))}`, `window and browser: ${share(1)}`];
  } finally {
    await app.close();
  }
}
