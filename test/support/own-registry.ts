import { expect } from 'vitest';
import type { LocalRegistry } from '../../contract/registry.ts';
import type { Engine } from '../../tools/engine/engine.ts';
import type { TestApp } from './make-app.ts';
import { makeRandomImage } from './random-image.ts';
import { succeed } from './round-trip.ts';

type Docker = Engine['docker'];

/** Starts the registry and gives its address. */
export async function startOwn(app: TestApp, order: { port?: number; archive?: string } = {}): Promise<string> {
  const { result } = await succeed(app, { kind: 'start-registry', ...order });
  await app.until(() => app.registry.registry.state === 'running');
  return result?.kind === 'start-registry' ? result.address : '';
}

/** Stops it, whoever made it. */
export async function stopOwn(app: TestApp): Promise<void> {
  await succeed(app, { kind: 'stop-registry' });
  await app.until(() => app.registry.registry.state === 'stopped');
}

/** The failure of a start that has to fail. */
export async function failToStart(app: TestApp, order: { port?: number; archive?: string } = {}) {
  const task = await app.run({ kind: 'start-registry', ...order });
  expect(task.state).toBe('failed');
  return task.failure;
}

/** The registry in use, which has to have a container. */
export function containerOf({ registry }: { registry: LocalRegistry }): Extract<LocalRegistry, { containerId: string }> {
  if ('containerId' in registry) return registry;
  throw new Error(`it is ${registry.state}`);
}

/** Pushes a small image under a short name. */
export async function pushSmall(app: TestApp, name: string): Promise<void> {
  await makeRandomImage(app.host, name, 1000);
  await succeed(app, { kind: 'push', references: [name], to: 'local-registry' });
}

/** The tags of a repository, as the registry itself says. */
export async function tagsAt(address: string, repository: string): Promise<string[]> {
  const answer = await fetch(`http://${address}/v2/${repository}/tags/list`);
  return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
}

/** Removes every container of an engine, and the registry's volume. */
export async function removeAll(docker: Docker): Promise<void> {
  const all = (await docker(['ps', '--all', '--quiet'])).split('\n').filter(Boolean);
  if (all.length > 0) await docker(['rm', '--force', '--volumes', ...all]);
  const volumes = (await docker(['volume', 'ls', '--quiet'])).split('\n').filter(Boolean);
  if (volumes.length > 0) await docker(['volume', 'rm', '--force', ...volumes]);
}
