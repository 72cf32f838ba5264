import type { Engine } from '../../tools/engine/engine.ts';
import { startSlowProxy } from '../support/slow-proxy.ts';

/** A registry of its own for a test, on a free port of this computer; gone at the end of the scope. */
export async function runRegistry(engine: Engine, how: { image?: string; arguments?: string[] } = {}) {
  const { image = 'registry:2', arguments: further = [] } = how;
  const container = (await engine.docker(['run', '--detach', '--publish', '127.0.0.1:0:5000', ...further, image])).trim();
  const port = Number((await engine.docker(['port', container, '5000'])).trim().split(':').pop());
  return {
    address: `localhost:${port}`,
    /** The tags of a repository, as the registry itself says; empty where it has none. */
    tagsOf: async (repository: string): Promise<string[]> => {
      const answer = await fetch(`http://localhost:${port}/v2/${repository}/tags/list`);
      return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
    },
    /** The digest of a tag, as the registry itself says. */
    digestOf: async (repository: string, tag: string): Promise<string | null> => {
      const headers = { accept: 'application/vnd.docker.distribution.manifest.v2+json' };
      return (await fetch(`http://localhost:${port}/v2/${repository}/manifests/${tag}`, { headers })).headers.get('docker-content-digest');
    },
    /** A door to it that lets through so many bytes a second. */
    slowDoor: (bytesPerSecond: number) => startSlowProxy({ host: '127.0.0.1', port }, bytesPerSecond),
    [Symbol.asyncDispose]: async () => {
      await engine.docker(['rm', '--force', '--volumes', container]);
    },
  };
}
