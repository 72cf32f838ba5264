import type { PublishedPort, Trial } from '../../../contract/trial.ts';
import type { InspectedContainer } from '../../foundation/engine/answers/container-answers.ts';
import { timeOf } from '../../foundation/formats/image-settings.ts';
import { imageLabel, variablesLabel, withoutSlash } from './trial-labels.ts';

/** What the engine says of a container, as a trial. */
export function readTrial(container: InspectedContainer, answering: ReadonlySet<number> = new Set()): Trial {
  const { Id, Image, Name, State, Config, HostConfig, Mounts } = container;
  const { ports, isOpen } = publishedBy(container);
  const folder = Mounts.find(({ Type }) => Type === 'bind');
  return {
    containerId: Id,
    name: withoutSlash(Name),
    imageId: Image.startsWith('sha256:') ? Image : `sha256:${Image}`,
    image: Config.Labels[imageLabel] ?? Config.Image,
    state: stateOf(State),
    ...(timeOf(State.StartedAt) > 0 && { startedAt: timeOf(State.StartedAt) }),
    ...(hasEnded(State) && {
      endedAt: timeOf(State.FinishedAt),
      end: { code: State.ExitCode, isOutOfMemory: State.OOMKilled, ...(State.Error && { error: State.Error.slice(0, 2000) }) },
    }),
    ports,
    isOpen,
    answering: ports.map(({ here }) => here).filter((port) => answering.has(port)),
    ...(folder && { folder: { path: folder.Source, inside: folder.Destination, mayWrite: folder.RW } }),
    ...(HostConfig.Memory > 0 && { memory: HostConfig.Memory }),
    variables: namesIn(Config.Labels[variablesLabel]),
    command: [...Config.Entrypoint, ...Config.Cmd],
    stays: staysBy(HostConfig.RestartPolicy),
  };
}

/** Whether the engine starts it again by itself: what goes on when Layerdeck ends. */
export const staysBy = (restartPolicy: string): boolean => restartPolicy === 'unless-stopped' || restartPolicy === 'always';

type State = InspectedContainer['State'];

function stateOf(state: State): Trial['state'] {
  if (state.Paused) return 'paused';
  if (state.Restarting) return 'restarting';
  if (state.Running) return 'running';
  return hasEnded(state) ? 'ended' : 'new';
}

/** One that never started has no end. */
const hasEnded = ({ Running, Paused, Restarting, FinishedAt }: State): boolean =>
  !Running && !Paused && !Restarting && timeOf(FinishedAt) > 0;

function publishedBy({ Config, HostConfig, NetworkSettings, State }: InspectedContainer): { ports: PublishedPort[]; isOpen: boolean } {
  // an engine whose containers are in this computer's network publishes nothing: the program itself listens, as it likes
  if (HostConfig.NetworkMode === 'host') {
    const ports = Object.keys(Config.ExposedPorts).flatMap((name) => {
      const port = readPort(name);
      return port ? [{ ...port, here: port.inside }] : [];
    });
    return { ports, isOpen: ports.length > 0 };
  }
  const bound = State.Running ? NetworkSettings.Ports : HostConfig.PortBindings;
  let isOpen = false;
  const ports = Object.entries(bound).flatMap(([name, places]) => {
    const port = readPort(name);
    const here = Number(places[0]?.HostPort);
    if (!port || !(here > 0)) return [];
    isOpen ||= places.some(({ HostIp }) => !/^(?:127\.|::1$)/.test(HostIp));
    return [{ ...port, here }];
  });
  return { ports: ports.sort((one, other) => one.inside - other.inside), isOpen };
}

/** `8000/tcp`. */
export function readPort(name: string): Omit<PublishedPort, 'here'> | undefined {
  const [, number, protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp))?$/.exec(name) ?? [];
  const inside = Number(number);
  return inside >= 1 && inside <= 65_535 ? { inside, protocol: protocol as 'tcp' | 'udp' } : undefined;
}

/** Names of variables, as a label has them. */
export function namesIn(label: string | undefined): string[] {
  try {
    const names: unknown = JSON.parse(label ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
