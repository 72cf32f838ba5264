import { randomBytes } from 'node:crypto';
import type { CommitOrder, Trial, TrialProposal } from '../../../contract/trial.ts';
import type { EngineEvent } from '../../foundation/engine/events.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { commitTrial } from './commit-trial.ts';
import { checkIsOwn, keepTrial, removeTrial, removeUnkept, startAgain, stopTrial } from './end-trial.ts';
import { flattenTrial } from './flatten-trial.ts';
import { proposeTrial } from './propose-trial.ts';
import { startTrial, type TrialPlan } from './start-trial.ts';
import { notThere } from './trial-failures.ts';
import { isMadeBy, type TrialOwner } from './trial-labels.ts';
import { TrialWatch } from './trial-watch.ts';

const randomId = (): string => randomBytes(16).toString('hex');

/** The containers in which this Layerdeck's images are tried. What isn't kept goes when Layerdeck ends, or at its next start. */
export class Trials {
  readonly #owner: TrialOwner;
  readonly watch: TrialWatch;
  /** Those on which something may be left. */
  readonly #engines = new Set<Engine>();
  #engine: () => Engine;

  /** `installation` tells this Layerdeck from others that use the engine. `engine` throws if there is none. */
  constructor(installation: string, engine: () => Engine) {
    this.#owner = { installation, session: randomId() };
    this.#engine = engine;
    this.watch = new TrialWatch(this.#owner);
  }

  use(engine: Engine | undefined): void {
    this.watch.use(engine);
    // one that goes away at once has nothing removed; the next start does it
    if (engine) void removeUnkept(engine, this.#owner, 'before').catch(() => {});
  }

  notice(event: EngineEvent): void {
    this.watch.notice(event);
  }

  propose(image: string): Promise<TrialProposal> {
    return proposeTrial(this.#engine(), image);
  }

  /** Gives the id of the container once it was started. */
  async start(plan: TrialPlan): Promise<string> {
    const engine = this.#engine();
    this.#engines.add(engine);
    const id = await startTrial(engine, this.#owner, plan);
    await this.watch.touch();
    return id;
  }

  async stop(container: string, isAtOnce: boolean): Promise<void> {
    await stopTrial(this.#engine(), this.#owner, container, isAtOnce);
  }

  async startAgain(container: string): Promise<void> {
    await startAgain(this.#engine(), this.#owner, container);
    await this.watch.touch();
  }

  async remove(container: string): Promise<void> {
    await removeTrial(this.#engine(), this.#owner, container);
    await this.watch.touch();
  }

  async keep(container: string, stays: boolean): Promise<void> {
    await keepTrial(this.#engine(), this.#owner, container, stays);
    // engines tell of it in one event or another, and some in none
    await this.watch.touch();
  }

  /** Gives the id of the new image. */
  commit(engine: Engine, order: CommitOrder, context: OperationContext): Promise<string> {
    return order.isFlat ? flattenTrial(engine, this.#owner, order, context) : commitTrial(engine, this.#owner, order);
  }

  /** The engine of a container that this Layerdeck made. Throws if it isn't there. */
  async engineOf(container: string): Promise<Engine> {
    const engine = this.#engine();
    await checkIsOwn(engine, this.#owner, container);
    return engine;
  }

  /** Whether a container is one of these, by its labels. */
  isOwn(container: { name: string; labels: Record<string, string> }): boolean {
    return isMadeBy(this.#owner, container);
  }

  /** One that is known to be there now. */
  find(container: string): Trial {
    const found = this.watch.trials.find(({ containerId }) => containerId === container);
    if (!found) throw notThere();
    return found;
  }

  /** Removes what isn't kept, as far as the engines still answer. */
  async close(): Promise<void> {
    this.watch.use(undefined);
    await Promise.all([...this.#engines].map((engine) => removeUnkept(engine, this.#owner, 'all').catch(() => {})));
  }
}
