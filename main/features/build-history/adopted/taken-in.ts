import type { AddedBuild, BuiltLayer } from '../../../../contract/build-record.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import type { BuildStore } from '../build-store.ts';
import { type Adopted, addBuild, adoptBuild, type ReadRecorded } from './adopt-build.ts';
import { fromFile, idOf, type Remembered } from './adopted-build.ts';

type Around = {
  store: BuildStore;
  /** Known once the history is loaded. */
  salt(): string;
  readLayers(engine: Engine, imageId: string): Promise<BuiltLayer[]>;
  /** Whether Layerdeck itself had a build made, by BuildKit's name for it. */
  isOwn(ref: string): boolean;
  /** Resolves when all own builds that have ended are stored. */
  stored(): Promise<unknown>;
  /** Called for each build that was stored. */
  tell(adopted: Adopted): void;
};

/** Takes builds into the history that others made: as an engine tells of them, or from files. */
export class TakenIn {
  readonly #around: Around;
  /** Resolves when the last build from a file is stored. */
  #added: Promise<unknown> = Promise.resolve();

  constructor(around: Around) {
    this.#around = around;
  }

  /** Takes in a build of another tool, unless it is here, was forgotten, or turns out to be one of Layerdeck's own. */
  async adopt(build: Remembered & { engine: Engine }, read: ReadRecorded): Promise<void> {
    const { store, isOwn, tell } = this.#around;
    if (store.has(idOf(build)) || store.has(idOf(fromFile(build)))) return;
    if (isOwn(build.ref)) return store.leaveOut(idOf(build));
    const adopted = await adoptBuild(build, read, this.#with(build.engine));
    if (adopted) tell(adopted);
  }

  /** Takes in a build from a file. Resolves to its id, and to whether it is new: it may be here already, as one of Layerdeck's own, too. */
  add(build: Omit<Remembered, 'identity'>, engine: Engine | undefined, read: ReadRecorded): Promise<AddedBuild> {
    const added = this.#added.then(() => this.#add(fromFile(build), engine, read));
    // one after the other, as a file may be dropped twice
    this.#added = added.catch(() => {});
    return added;
  }

  async #add(build: Remembered, engine: Engine | undefined, read: ReadRecorded): Promise<AddedBuild> {
    const { store, stored, tell } = this.#around;
    // one that has just ended may be the same build
    await stored();
    const id = idOf(build);
    if (store.keeps(id)) return { id, isNew: false };
    const added = await addBuild(build, read, this.#with(engine));
    if ('same' in added) return { id: added.same, isNew: false };
    tell(added);
    return { id, isNew: true };
  }

  #with(engine: Engine | undefined) {
    const { store, salt, readLayers } = this.#around;
    const layersOf = async (imageId: string) => (engine ? readLayers(engine, imageId) : Promise.reject(new Error('no engine')));
    return { store, salt: salt(), readLayers: layersOf };
  }
}
