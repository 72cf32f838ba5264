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
const event = { Type: 'container', Action: 'die' } as Parameters<RegistryWatch['notice']>[0];
const soon = () => new Promise(setImmediate);

/** An engine whose lists of containers come when the test says so. */
function slowEngine() {
  const lists: ((containers: object[]) => void)[] = [];
  const dial = ({ path }: { path: string }, told: (error: Error | null, answer: unknown) => void) => {
    if (path.startsWith('/containers/json')) lists.push((containers) => told(null, containers));
    else if (path.startsWith('/volumes/')) told(Object.assign(new Error('no such volume'), { statusCode: 404 }), undefined);
    else told(null, inspected);
  };
  return { lists, engine: { docker: { modem: { dial } } } as unknown as Engine };
}

test('whatever happens while an engine is asked is answered by asking it once more', async () => {
  const { lists, engine } = slowEngine();
  const watch = new RegistryWatch(new RegistryBook('/nonexistent'));
  watch.use(engine);
  await expect.poll(() => lists.length).toBe(1);
  for (let times = 0; times < 50; times++) watch.notice(event);
  await soon();
  expect(lists.length).toBe(1);
  lists[0]?.([]);
  await expect.poll(() => lists.length).toBe(2);
  expect(watch.registry.state).toBe('absent');
  lists[1]?.([listed]);
  await expect.poll(() => watch.registry.state).toBe('stopped');
  await soon();
  expect(lists.length).toBe(2);
});

test('an engine that never answers holds up no other, and its late answer hides nothing', async () => {
  const gone = slowEngine();
  const other = slowEngine();
  const watch = new RegistryWatch(new RegistryBook('/nonexistent'));
  watch.use(gone.engine);
  await expect.poll(() => gone.lists.length).toBe(1);
  watch.notice(event);
  watch.use(other.engine);
  await expect.poll(() => other.lists.length).toBe(1);
  other.lists[0]?.([listed]);
  await expect.poll(() => watch.registry.state).toBe('stopped');
  gone.lists[0]?.([]);
  await soon();
  expect(watch.registry.state).toBe('stopped');
});
