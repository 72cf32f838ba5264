import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchApp } from '../drive/launch-app.ts';
import type { Engine } from '../engine/engine.ts';
import { median, seconds } from './process-figures.ts';

const rounds = 5;
const name = 'layerdeck-registry';

/** From the press on “Start the registry” to its address in the window, beside docker’s command and the first answer of what it started. */
export async function measureRegistry(engine: Engine, folder: string): Promise<string[]> {
  await engine.makeRegistryImage();
  const app = await launchApp({ host: engine.host, home: join(folder, 'registry') });
  const page = await app.firstWindow();
  await page.getByRole('link', { name: 'Registry', exact: true }).click();
  const own: number[] = [];
  const again: number[] = [];
  const rival: number[] = [];
  const press = async () => {
    const begin = performance.now();
    await page.getByRole('button', { name: 'Start the registry' }).click();
    await page.getByText('Running at').waitFor();
    await untilAnswered(
      await page
        .getByText(/^localhost:\d+$/)
        .first()
        .innerText(),
    );
    return performance.now() - begin;
  };
  for (let round = 0; round < rounds; round++) {
    own.push(await press());
    await engine.docker(['stop', name]);
    await page.getByRole('heading', { name: 'The registry is stopped' }).waitFor();
    again.push(await press());
    await engine.docker(['rm', '--force', name]);
    await engine.docker(['volume', 'rm', name]);
    await page.getByRole('heading', { name: 'The registry has no container' }).waitFor();
    rival.push(await startByCommand(engine));
  }
  await app.close();
  return [
    `from the press to the registry’s answer: ${seconds(median(own))} (${own.map(seconds).join(', ')}), one that was stopped: ${seconds(median(again))}`,
    `docker run to the registry’s answer: ${seconds(median(rival))} (${rival.map(seconds).join(', ')})`,
  ];
}

async function startByCommand({ docker }: Engine): Promise<number> {
  const begin = performance.now();
  await docker(['run', '--detach', '--name', 'rival', '--publish', '127.0.0.1::5000', 'registry:2']);
  await untilAnswered((await docker(['port', 'rival', '5000'])).trim());
  const time = performance.now() - begin;
  await docker(['rm', '--force', '--volumes', 'rival']);
  return time;
}

async function untilAnswered(address: string): Promise<void> {
  while (
    !(await fetch(`http://${address}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await wait(10);
}
