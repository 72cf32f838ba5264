import { expect, test } from 'vitest';
import { RegistryBook } from '../../../main/features/local-registry/registry-book.ts';
import { RegistryWatch } from '../../../main/features/local-registry/registry-watch.ts';
import type { Engine } from '../../../main/foundation/engine/open-engine.ts';

const id = 'a'.repeat(64);
const listed = { Id: id, Names: ['/a'], State: 'exited', Image: 'registry:2', Labels: { 'app.layerdeck.registry': '1' } };
const inspected = {
  Id: id,
  Name: '/a',
  State: { StartedAt: '' },
  Config: { Image: 'registry:2' },
  HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: '5000' }] } },
};

test('an answer that comes late does not hide a newer one', async () => {
  const lists: ((containers: object[]) => void)[] = [];
  const dial = ({ path }: { path: string }, told: (error: Error | null, answer: unknown) => void) => {
    if (path.startsWith('/containers/json')) lists.push((containers) => told(null, containers));
    else if (path.startsWith('/volumes/')) told(Object.assign(new Error('no such volume'), { statusCode: 404 }), undefined);
    else told(null, inspected);
  };
  const watch = new RegistryWatch(new RegistryBook('/nonexistent'));
  watch.use({ docker: { modem: { dial } } } as unknown as Engine);
  watch.notice({ Type: 'container', Action: 'die' } as Parameters<RegistryWatch['notice']>[0]);
  lists[1]?.([listed]);
  await expect.poll(() => watch.registry.state).toBe('stopped');
  lists[0]?.([]);
  await new Promise(setImmediate);
  expect(watch.registry.state).toBe('stopped');
});
