import type Docker from 'dockerode';
import { inspectContainer, readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { startContainer } from '../../foundation/engine/containers/container-life.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import { staysBy } from './read-trial.ts';
import { notThere, startFailure } from './trial-failures.ts';
import { isMadeBy, madeBy, sessionLabel, type TrialOwner } from './trial-labels.ts';

/** Seconds that what isn't kept has to finish, when Layerdeck ends. */
const atTheEnd = 2;

/**
 * Ends what runs in a trial: with the image's own signal and in the time that the image gives it, or at once. One that has ended by itself is
 * as wanted.
 */
export async function stopTrial(engine: Engine, owner: TrialOwner, container: string, isAtOnce: boolean): Promise<void> {
  await checkIsOwn(engine, owner, container);
  const it = engine.docker.getContainer(container);
  await (isAtOnce ? it.kill() : it.stop()).catch((error) => {
    // not running any longer: 304 for a stop, 409 for a kill
    if (![304, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  });
}

/** Starts one that has ended again, or one that runs anew. */
export async function startAgain(engine: Engine, owner: TrialOwner, container: string): Promise<void> {
  const { State } = await checkIsOwn(engine, owner, container);
  const it = engine.docker.getContainer(container);
  try {
    await (State.Running ? it.restart() : startContainer(it));
  } catch (error) {
    throw startFailure(error, { ports: [] });
  }
}

/** Removes a trial with all that it wrote, also into volumes without a name. */
export async function removeTrial(engine: Engine, owner: TrialOwner, container: string): Promise<void> {
  await checkIsOwn(engine, owner, container);
  await removeAtOnce(engine.docker.getContainer(container));
}

/** Podman gives even a program whose removal is forced ten seconds to end. */
export async function removeAtOnce(container: Docker.Container): Promise<void> {
  await container.kill().catch(() => {}); // it may have ended
  await container.remove({ force: true, v: true });
}

/** Has a trial go on when Layerdeck ends, or not. */
export async function keepTrial(engine: Engine, owner: TrialOwner, container: string, stays: boolean): Promise<void> {
  await checkIsOwn(engine, owner, container);
  await engine.docker.getContainer(container).update({ RestartPolicy: { Name: stays ? 'unless-stopped' : 'no' } });
}

/** Removes all that isn't to stay; of `before`, what another start of this Layerdeck has left behind. Rejects if the engine doesn't answer. */
export async function removeUnkept(engine: Engine, owner: TrialOwner, which: 'all' | 'before'): Promise<void> {
  const listed = (await readContainerList(engine, madeBy(owner))).filter(
    ({ Names, Labels }) =>
      isMadeBy(owner, { name: Names[0] ?? '', labels: Labels }) && (which === 'all' || Labels[sessionLabel] !== owner.session),
  );
  await Promise.all(
    listed.map(async ({ Id }) => {
      const found = await inspectContainer(engine, Id).catch(() => undefined); // removed meanwhile
      if (!found || staysBy(found.HostConfig.RestartPolicy)) return;
      const it = engine.docker.getContainer(Id);
      await it.stop({ t: atTheEnd }).catch(() => {}); // it is removed in any case
      await removeAtOnce(it);
    }),
  );
}

/** Throws unless this Layerdeck made the container: the window ends nobody else's. */
export async function checkIsOwn(engine: Engine, owner: TrialOwner, container: string) {
  const found = await inspectContainer(engine, container).catch((error) => {
    throw toFailure(error).kind === 'not-found' ? notThere() : error;
  });
  if (!isMadeBy(owner, { name: found.Name, labels: found.Config.Labels })) throw notThere();
  return found;
}
