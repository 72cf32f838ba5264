import type { EngineLook, EnginePlaces, NewEngine } from '../../../contract/engine.ts';
import { dockerFolder, type Endpoint, findPlaces, isDefault, type Machine, placeOfCommand } from '../../foundation/engine/candidates.ts';
import { addContext, defaultContext, listContexts, removeContext, switchContext } from '../../foundation/engine/docker-contexts.ts';
import { identityOf, infoOf } from '../../foundation/engine/engine-info.ts';
import { isSsh, openEngine } from '../../foundation/engine/open-engine.ts';
import type { SshWays } from '../../foundation/engine/ssh/ssh-ways.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import type { Grants } from '../../foundation/files/grants.ts';
import { findStarters, type ReadyStarter } from './starters.ts';

/** The engines that can be reached from here: where they may be, how each is, adding and removing one. */
export class EnginePlacesBook {
  readonly #machine: Machine;
  readonly #grants: Grants;
  readonly #ssh: SshWays;

  constructor(machine: Machine, grants: Grants, ssh: SshWays) {
    this.#machine = machine;
    this.#grants = grants;
    this.#ssh = ssh;
  }

  /** Every place, without asking any: one that never answers holds up nothing. */
  async list(): Promise<EnginePlaces> {
    const { env } = this.#machine;
    const [places, command] = await Promise.all([findPlaces(this.#machine), placeOfCommand(this.#machine)]);
    return {
      places: places.map(({ id, label, address, context }) => {
        const switchName = isDefault(this.#machine, address) ? defaultContext : context;
        return {
          id,
          label,
          address: withoutCredentials(address),
          ...(context !== undefined && { context }),
          ...(switchName !== undefined && { switchName }),
          ...(address === command.address && { isCurrent: true as const }),
        };
      }),
      isNamedByVariable: Boolean(env.DOCKER_HOST),
      canSwitch: !env.DOCKER_HOST && !env.DOCKER_CONTEXT,
      ...(command.address === undefined && { lostContext: command.context }),
    };
  }

  /** Asks the engine at one of these places about itself. Rejects with why it does not answer, or that a person would have to be asked. */
  async look(id: string, mayAsk: boolean, signal: AbortSignal | undefined): Promise<EngineLook> {
    const place = (await findPlaces(this.#machine)).find((one) => one.id === id);
    if (!place) throw new FailureError(placeGone);
    return this.#lookAt(place, mayAsk, signal);
  }

  /** Asks an engine that is not known yet. */
  tryOut({ name, address, certificates }: NewEngine, signal: AbortSignal | undefined): Promise<EngineLook> {
    const tlsFolder = this.#folderOf(certificates);
    return this.#lookAt({ id: address, label: name, address, ...(tlsFolder !== undefined && { tlsFolder }) }, true, signal);
  }

  /** What can start an engine here. Where DOCKER_HOST names the engine, none: no other would be used. */
  readonly starters = async (): Promise<ReadyStarter[]> => (this.#machine.env.DOCKER_HOST ? [] : findStarters(this.#machine));

  /** Keeps an engine as a docker context, which docker's command then knows, too. */
  async add({ name, address, certificates }: NewEngine): Promise<void> {
    const folder = this.#folderOf(certificates);
    await addContext(dockerFolder(this.#machine), { name, address, ...(folder !== undefined && { certificates: folder }) });
  }

  /** Makes docker's command use a context, too. */
  async switchTo(context: string): Promise<void> {
    const folder = dockerFolder(this.#machine);
    const isKnown = context === defaultContext || (await listContexts(folder)).some(({ name }) => name === context);
    if (!isKnown) throw new FailureError(placeGone);
    await switchContext(folder, context);
  }

  /** Forgets a docker context. The engine and its images stay as they are. */
  remove(context: string): Promise<void> {
    return removeContext(dockerFolder(this.#machine), context);
  }

  async #lookAt(place: Endpoint, mayAsk: boolean, signal: AbortSignal | undefined): Promise<EngineLook> {
    const engine = await openEngine(place, { ssh: this.#ssh, mayAsk, ...(signal && { signal }) }).catch((error) => {
      // what is wrong with a way over SSH, ssh says itself
      throw isSsh(place) ? error : neverAnswered(error);
    });
    const { docker: _, address: __, ...facts } = engine;
    const [{ store }, identity] = await Promise.all([infoOf(engine), identityOf(engine)]);
    return { ...facts, store, ...(identity !== undefined && { identity }) };
  }

  #folderOf(grant: string | undefined): string | undefined {
    return grant === undefined ? undefined : this.#grants.pathOf(grant, 'read');
  }
}

/** The failure to reach an engine that was not connected before: it has not stopped in the middle of any work. */
function neverAnswered(error: unknown): unknown {
  const failure = toFailure(error);
  if (failure.kind !== 'engine-lost') return error;
  return new FailureError({
    ...failure,
    title: 'No engine answers there',
    detail: 'Nothing listens at this address, or what does ends the connection.',
    hint: 'Start the engine there, or check the address.',
  });
}

const withoutCredentials = (address: string): string => address.replace(/\/\/[^/@]*:[^/@]*@/, '//');

const placeGone = {
  kind: 'not-found' as const,
  title: 'This engine is no longer known here',
  detail: 'Its docker context was removed, by docker’s command or another program.',
  hint: 'Open the page again to see the engines that are left.',
};
