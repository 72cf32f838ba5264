import type { Machine } from '../../foundation/engine/candidates.ts';
import { EngineConnection } from '../../foundation/engine/connection.ts';
import { ImageWatch } from './image-watch.ts';
import { LayerIndex } from './layer-index.ts';

/** One engine's images: the connection to it, and what is read over it. */
export class Shelf {
  readonly connection: EngineConnection;
  readonly layers = new LayerIndex();
  readonly images = new ImageWatch(this.layers);

  constructor(machine: Machine) {
    this.connection = new EngineConnection(machine);
    this.connection.on('state', () => this.images.use(this.connection.current));
    this.connection.on('event', (event) => this.images.notice(event));
    this.connection.on('following', () => this.images.touch());
  }
}
