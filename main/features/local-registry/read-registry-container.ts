import type { RegistryContainer, RegistryMaker, RegistryStorage, RestartPolicy } from '../../../contract/registry.ts';
import type { InspectedContainer } from '../../foundation/engine/answers/container-answers.ts';
import { cacheUserLabel } from './recognise-registry.ts';
import { folderLabel, ownFolder } from './storage/own-storage.ts';
import { s3Label } from './storage/s3/s3-settings.ts';
import { certificateLabel, describeChain } from './tls/tls-files.ts';

const usualPort = 5000;
const usualFolder = '/var/lib/registry';

/** What an engine says of a container, as a registry; undefined if it is none, such as one that offers no port. */
export function readRegistryContainer(container: InspectedContainer, maker: RegistryMaker): RegistryContainer | undefined {
  const environment = environmentOf(container);
  const inside = readAddress(environment.get('REGISTRY_HTTP_ADDR') ?? '');
  const port = inside?.port ?? usualPort;
  // other programs are called “registry”, too; those of images have this port
  if (!(`${port}/tcp` in container.Config.ExposedPorts || inside || publishedOf(container, port).length > 0)) return undefined;
  const answers = container.HostConfig.NetworkMode === 'host' ? [{ ip: inside?.ip ?? '', port }] : publishedOf(container, port);
  const [first] = answers;
  // without what else may stand in it, such as a password
  const remote = URL.parse(environment.get('REGISTRY_PROXY_REMOTEURL') ?? '');
  const certificate = describeChain(chainOf(container));
  const user = container.Config.Labels[cacheUserLabel];
  return {
    containerId: container.Id,
    name: container.Name.replace(/^\//, ''),
    maker,
    image: container.Config.Image,
    ...(first && { address: `${hostOf(first.ip)}:${first.port}`, port: first.port }),
    ...(remote && { cacheOf: remote.host, remote: remote.origin }),
    ...(remote && user !== undefined && { cacheUser: user }),
    isOpen: answers.some(({ ip }) => !isLoopbackIp(ip)),
    isEncrypted: environment.has('REGISTRY_HTTP_TLS_CERTIFICATE'),
    ...(certificate && { certificate }),
    hasLogin: (environment.get('REGISTRY_AUTH') ?? 'none') !== 'none' || environment.has('REGISTRY_AUTH_HTPASSWD_PATH'),
    restarts: policies[container.HostConfig.RestartPolicy] ?? 'never',
    // minikube’s volume has everything that the cluster keeps
    storage: maker === 'minikube' ? { kind: 'container' } : storageOf(container, environment),
  };
}

/** The certificate of a registry that Layerdeck encrypted, with its authority's. */
export const chainOf = ({ Config }: InspectedContainer): string | undefined => Config.Labels[certificateLabel];

type Published = { ip: string; port: number };

/** Where a port of a container answers, or will: `ip` is empty for every address of this computer. */
function publishedOf({ State, HostConfig, NetworkSettings }: InspectedContainer, port: number): Published[] {
  const at = `${port}/tcp`;
  const now = State.Running ? NetworkSettings.Ports[at] : undefined;
  return (now?.length ? now : (HostConfig.PortBindings[at] ?? [])).flatMap(({ HostIp, HostPort }) => {
    // 0 lets the engine choose
    const number = Number(HostPort);
    return number > 0 ? [{ ip: HostIp, port: number }] : [];
  });
}

/** `:5000`, `127.0.0.1:5000`, `[::]:5000`. */
function readAddress(address: string): Published | undefined {
  const found = /^\[?([^\]]*?)\]?:(\d+)$/.exec(address);
  return found ? { ip: found[1] ?? '', port: Number(found[2]) } : undefined;
}

const isEverywhere = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';
const isLoopbackIp = (ip: string): boolean => /^127\./.test(ip) || ip === '::1' || ip === 'localhost';
const hostOf = (ip: string): string => (isEverywhere(ip) || isLoopbackIp(ip) ? 'localhost' : ip.includes(':') ? `[${ip}]` : ip);

const policies: Record<string, RestartPolicy> = { always: 'always', 'unless-stopped': 'unless-stopped', 'on-failure': 'on-failure' };

const environmentOf = ({ Config }: InspectedContainer): Map<string, string> =>
  new Map(
    Config.Env.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );

function storageOf({ Mounts, Config }: InspectedContainer, environment: Map<string, string>): RegistryStorage {
  const where = Config.Labels[s3Label];
  if (where !== undefined) return { kind: 'elsewhere', where };
  const names = [...environment.keys()].filter((name) => /^REGISTRY_STORAGE_(?:S3|AZURE|GCS)_/.test(name));
  if (names.length > 0 || !['', 'filesystem'].includes(environment.get('REGISTRY_STORAGE') ?? '')) return { kind: 'elsewhere' };
  const folder = (environment.get('REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY') ?? usualFolder).replace(/\/+$/, '');
  // only what the registry keeps is in the container, and not the whole folder
  const own = Mounts.find(({ Type, Destination }) => Type === 'bind' && Destination === `${folder}/${ownFolder}`);
  if (own) return { kind: 'folder', path: Config.Labels[folderLabel] ?? own.Source.replace(/[\\/][^\\/]*$/, '') };
  // the nearest mount above the folder has it
  const [mount] = Mounts.filter(({ Destination }) => folder === Destination || folder.startsWith(`${Destination}/`)).sort(
    (a, b) => b.Destination.length - a.Destination.length,
  );
  if (mount?.Type === 'volume') {
    const isNamed = !/^[0-9a-f]{64}$/.test(mount.Name);
    return { kind: 'volume', name: mount.Name, isNamed, ...(mount.Destination !== folder && { mayHoldMore: true }) };
  }
  return mount ? { kind: 'folder', path: mount.Source } : { kind: 'container' };
}
