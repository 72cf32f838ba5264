import { OpenRegistries } from '../../main/features/registry-browse/open-registries.ts';
import { RegistryBrowse } from '../../main/features/registry-browse/registry-browse.ts';
import { mediaTypes } from '../../main/foundation/formats/manifest.ts';
import type { Credentials } from '../../main/foundation/registries/logins/credentials.ts';
import { Logins } from '../../main/foundation/registries/logins/logins.ts';
import { type FakeRegistry, type Hook, startFakeRegistry } from './fake-registry.ts';

/** Logins by registry, and no others. */
class TheseLogins extends Logins {
  readonly #known: Record<string, Credentials>;

  constructor(known: Record<string, Credentials>) {
    super();
    this.#known = known;
  }

  override async find(registry: string): Promise<Credentials | undefined> {
    return this.#known[registry];
  }

  override async missingHelper(): Promise<undefined> {
    return undefined;
  }
}

/** What looks through registries, with these logins. */
export function makeBrowse(known: Record<string, Credentials> = {}) {
  const open = new OpenRegistries({ logins: new TheseLogins(known), isInsecure: async () => true });
  const browse = new RegistryBrowse(open, () => 'linux/amd64');
  return { browse, open, [Symbol.dispose]: () => open.forget() };
}

/** A registry that is odd on demand, and what looks through it. */
export async function browsedRegistry(hook?: Hook, known: Record<string, Credentials> = {}) {
  const fake = await startFakeRegistry(hook);
  const made = makeBrowse(known);
  return {
    ...fake,
    ...made,
    [Symbol.dispose]: () => {
      made[Symbol.dispose]();
      fake[Symbol.dispose]();
    },
  };
}

/** Puts a small image under a tag; `created` tells images apart. */
export function addImage(registry: FakeRegistry, repository: string, tag: string, created = '2026-01-02T03:04:05Z'): string {
  const config = registry.addBlob(
    JSON.stringify({
      os: 'linux',
      architecture: 'amd64',
      created,
      rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] },
      history: [{ created, created_by: `COPY ${tag} /` }],
    }),
    mediaTypes.config,
  );
  const layer = { mediaType: mediaTypes.packedLayer, digest: `sha256:${'2'.repeat(64)}`, size: 1234 };
  return registry.addManifest(
    repository,
    tag,
    { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [layer] },
    mediaTypes.image,
  );
}

/** All that comes of something that comes bit by bit. */
export async function allOf<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of parts) all.push(part);
  return all;
}
