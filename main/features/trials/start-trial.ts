import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { TrialOrder } from '../../../contract/trial.ts';
import { startContainer } from '../../foundation/engine/containers/container-life.ts';
import { isFar } from '../../foundation/engine/is-far.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { splitCommand } from '../../foundation/formats/split-command.ts';
import { folderIsFar, startFailure } from './trial-failures.ts';
import { imageLabel, nameLabel, sessionLabel, type TrialOwner, trialLabel, variablesLabel } from './trial-labels.ts';

/** The same with the folder's path in place of the grant for it. */
export type TrialPlan = Omit<TrialOrder, 'folder'> & { folder?: { path: string; inside: string; mayWrite: boolean } | undefined };

/** Makes a container of an image and starts it. Gives its id. If it doesn't start, nothing of it stays. */
export async function startTrial(engine: Engine, owner: TrialOwner, plan: TrialPlan): Promise<string> {
  if (plan.folder && (await isFar(engine))) throw folderIsFar();
  const container = await create(engine, plan, settings(owner, plan)).catch((error) => {
    throw startFailure(error, plan);
  });
  try {
    await startContainer(container);
    return container.id;
  } catch (error) {
    await container.remove({ force: true, v: true }).catch(() => {}); // what went wrong first is told
    throw startFailure(error, plan);
  }
}

function settings(owner: TrialOwner, plan: TrialPlan): Docker.ContainerCreateOptions {
  const { image, reference, ports, isOpen, environment, folder, memory, stays } = plan;
  const command = splitCommand(plan.command ?? '');
  const HostIp = isOpen ? '' : '127.0.0.1';
  const at = ports.map((port) => [`${port.inside}/${port.protocol}`, port.here] as const);
  return {
    Image: image,
    ...(command.length > 0 && { Cmd: command }),
    Env: environment.map(({ name, value }) => `${name}=${value}`),
    Labels: {
      [trialLabel]: owner.installation,
      [sessionLabel]: owner.session,
      [imageLabel]: reference ?? image,
      [variablesLabel]: JSON.stringify(environment.map(({ name }) => name)),
    },
    ExposedPorts: Object.fromEntries(at.map(([name]) => [name, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(at.map(([name, here]) => [name, [{ HostIp, HostPort: String(here) }]])),
      ...(folder && { Mounts: [{ Type: 'bind', Source: folder.path, Target: folder.inside, ReadOnly: !folder.mayWrite }] }),
      // without swap a limit is one: a program that needs more ends instead of making the computer slow
      ...(memory !== undefined && { Memory: memory, MemorySwap: memory }),
      RestartPolicy: { Name: stays ? 'unless-stopped' : 'no' },
    },
  };
}

/** With a name that says what it is; if that is taken, with some letters after it. */
async function create({ docker }: Engine, { reference }: TrialPlan, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  const name = `try-${nameIn(reference)}`;
  const called = (own: string) => ({ ...options, name: own, Labels: { ...options.Labels, [nameLabel]: own } });
  try {
    return await docker.createContainer(called(name));
  } catch (error) {
    // Podman says so with status 500
    const isTaken = (error as { statusCode?: number }).statusCode === 409 || /name is already in use/.test(String(error));
    if (!isTaken) throw error;
    return docker.createContainer(called(`${name}-${randomBytes(3).toString('hex')}`));
  }
}

/** `ghcr.io/acme/hello-web:1.4` is called hello-web. */
const nameIn = (reference = ''): string => /([a-z0-9][a-z0-9_.-]*)(?::[^/]*)?(?:@.*)?$/.exec(reference)?.[1] ?? 'image';
