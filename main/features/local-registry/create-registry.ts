import type Docker from 'dockerode';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { makeVolume } from './own-volume.ts';
import { ownLabel } from './recognise-registry.ts';
import { namesTaken } from './registry-failures.ts';
import { hasLogin, keepLogin, loginSettings } from './registry-login.ts';
import { type OwnStorage, storageLabels, storageSettings, volumeOf } from './storage/own-storage.ts';
import { keepS3 } from './storage/s3/s3-settings.ts';
import type { RegistryTls } from './tls/registry-authority.ts';
import { certificateLabel, keepTls, readChain, tlsSettings } from './tls/tls-files.ts';

const containerName = 'layerdeck-registry';

/** This computer only: the connection is not encrypted, and there may be no password. */
const onlyHere = '127.0.0.1';
const everywhere = '0.0.0.0';

type NewRegistry = {
  image: string;
  port: number;
  /** Where it keeps its images. */
  storage: OwnStorage;
  /** Who may sign in from now on; without it, that stays as it is. */
  loginLine?: string | undefined;
  /** Whether other computers may reach it, which counts only if it asks for a sign-in. */
  isOpen?: boolean;
  /** What it is encrypted with from now on, or `none`; without it, that stays as it is. */
  tls?: RegistryTls | 'none' | undefined;
};

/** Makes the container of Layerdeck's own registry, which answers on this computer only unless it asks for a sign-in and is wanted open. */
export async function createRegistry({ docker }: Engine, order: NewRegistry): Promise<Docker.Container> {
  const { port, storage } = order;
  await makeVolume(docker, port, volumeOf(storage));
  const container = await createNamed(docker, containerName, configuration(order, onlyHere));
  // one that stays half made could be started later, and would let everybody in
  const { at, further, chain } = await orRemove(container, furtherSettings(docker, container, order));
  const isAsWanted = further.length === 0;
  if (!isAsWanted) await container.remove({ force: true });
  const options = configuration(order, at, further);
  const labels = { ...options.Labels, ...(chain !== undefined && { [certificateLabel]: chain }) };
  const made = isAsWanted ? container : await createNamed(docker, containerName, { ...options, Labels: labels });
  if (storage.kind === 's3') await orRemove(made, keepS3(docker, made, storage.s3));
  return made;
}

/** What a container tells of its engine and of the volume. */
async function furtherSettings(
  docker: Docker,
  container: Docker.Container,
  { port, loginLine, isOpen, tls }: NewRegistry,
): Promise<{ at: string; further: string[]; chain: string | undefined }> {
  // while it doesn't run: engines differ in what they write into the volume of one that does
  if (loginLine !== undefined) await keepLogin(container, loginLine);
  if (tls !== undefined) await keepTls(container, tls === 'none' ? undefined : tls);
  const { HostConfig } = await inspectContainer({ docker }, container.id);
  // only a container can look into the volume
  const asks = await hasLogin(container);
  const chain = await readChain(container);
  const at = isOpen && asks ? everywhere : onlyHere;
  const further = [
    // an engine whose containers are in this computer's network publishes nothing: there the registry itself listens at the port
    ...(HostConfig.NetworkMode === 'host' ? [`REGISTRY_HTTP_ADDR=${at}:${port}`] : []),
    ...(asks ? loginSettings : []),
    ...(chain === undefined ? [] : tlsSettings),
  ];
  return { at, further, chain };
}

/** Waits for work on a container that was just made, and removes the container if the work fails. */
export async function orRemove<T>(container: Docker.Container, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await container.remove({ force: true }).catch(() => {}); // what went wrong first is told
    throw error;
  }
}

/** Creates the container, with a number after its name if somebody else's has the name. It is found by its label. */
export async function createNamed(docker: Docker, wanted: string, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  for (const name of [wanted, ...[2, 3, 4, 5].map((number) => `${wanted}-${number}`)]) {
    try {
      return await docker.createContainer({ ...options, name });
    } catch (error) {
      if (!isNameTaken(error)) throw error;
    }
  }
  throw namesTaken(wanted);
}

// Podman says so with status 500
const isNameTaken = (error: unknown): boolean =>
  (error as { statusCode?: number }).statusCode === 409 || /that name is already in use/.test(String(error));

const configuration = ({ image, port, storage }: NewRegistry, at: string, environment: string[] = []): Docker.ContainerCreateOptions => ({
  Image: image,
  Labels: { [ownLabel]: '1', ...storageLabels(storage) },
  Env: ['REGISTRY_STORAGE_DELETE_ENABLED=true', ...environment],
  ExposedPorts: { '5000/tcp': {} },
  HostConfig: {
    PortBindings: { '5000/tcp': [{ HostIp: at, HostPort: String(port) }] },
    ...storageSettings(storage),
    RestartPolicy: { Name: 'unless-stopped' },
  },
});
