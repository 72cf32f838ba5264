import { expect, test } from 'vitest';
import { RegistryWatch } from '../../../main/features/local-registry/registry-watch.ts';
import type { Engine } from '../../../main/foundation/engine/open-engine.ts';

const stopped = { Id: 'a', ImageID: 'sha256:b', Names: ['/a'], State: 'exited', Ports: [] };

test('an answer that comes late does not hide a newer one', async () => {
  const answers: ((containers: object[]) => void)[] = [];
  const dial = (_: object, told: (error: null, answer: object[]) => void) => answers.push((containers) => told(null, containers));
  const watch = new RegistryWatch();
  watch.use({ docker: { modem: { dial } } } as unknown as Engine);
  watch.notice({ Type: 'container', Action: 'die' } as Parameters<RegistryWatch['notice']>[0]);
  answers[1]?.([stopped]);
  await expect.poll(() => watch.registry.state).toBe('stopped');
  answers[0]?.([]);
  await new Promise(setImmediate);
  expect(watch.registry.state).toBe('stopped');
});
