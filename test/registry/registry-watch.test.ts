import { expect, test } from 'vitest';
import type { Engine } from '../../main/engine/open-engine.ts';
import { RegistryWatch } from '../../main/registry/registry-watch.ts';

const stopped = { Id: 'a', State: 'exited', Ports: [] };

test('an answer that comes late does not hide a newer one', async () => {
  const answers: ((containers: object[]) => void)[] = [];
  const listContainers = () => new Promise((resolve) => answers.push(resolve));
  const watch = new RegistryWatch();
  watch.use({ docker: { listContainers } } as unknown as Engine);
  watch.notice({ Type: 'container', Action: 'die' } as Parameters<RegistryWatch['notice']>[0]);
  answers[1]?.([stopped]);
  await expect.poll(() => watch.registry.state).toBe('stopped');
  answers[0]?.([]);
  await new Promise(setImmediate);
  expect(watch.registry.state).toBe('stopped');
});
