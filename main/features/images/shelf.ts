import type { Machine } from '../../foundation/engine/candidates.ts';
import { EngineConnection } from '../../foundation/engine/connection.ts';
import type { SshWays } from '../../foundation/engine/ssh/ssh-ways.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { ImageWatch } from './image-watch.ts';
import { LayerIndex } from './layer-index.ts';

/** One engine's images: the connection to it, and what is read over it. */
export class Shelf {
  readonly connection: EngineConnection;
  readonly layers = new LayerIndex();
  readonly images = new ImageWatch(this.layers);

  /** The chain ids of all layers that are known here; those of an image that cannot be read are missing. */
  readonly knownChains = async (): Promise<ReadonlySet<string>> => new Set([...(await this.knownStacks()).values()].flat());

  /** The same for each image, by its id, the lowest layer first. */
  readonly knownStacks = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const { current } = this.connection;
    const ids = this.images.list?.images.map(({ id }) => id) ?? [];
    const indexed = current
      ? await Promise.all(ids.map(async (id) => [id, (await this.layers.get(current, id))?.chains ?? []] as const))
      : [];
    return new Map(indexed);
  };

  /** The same, but rejects while the list is being read: nothing would look as if nothing was there. */
  readonly allStacks = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    if (!this.images.list) throw new FailureError(stillReading);
    return this.knownStacks();
  };

  constructor(machine: Machine, ssh?: SshWays) {
    this.connection = new EngineConnection(machine, ssh);
    this.connection.on('state', () => this.images.use(this.connection.current));
    this.connection.on('event', (event) => this.images.notice(event));
    this.connection.on('following', () => this.images.touch());
  }
}

const stillReading = {
  kind: 'in-use' as const,
  title: 'The engine’s images are still being read',
  detail: 'Which layers it has isn’t known yet.',
  hint: 'Try again in a moment.',
};
