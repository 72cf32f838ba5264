import * as z from 'zod';
import { Grant } from './file.ts';
import { cachedRegistry, containerId, friendlyName, registryPort, registryUser, s3Bucket, s3Endpoint, s3Key, s3Region } from './grammar.ts';
import type { Login } from './login.ts';

/** The id of a container, as engines write it. */
export const ContainerId = z.string().regex(containerId);

/** The user name of a registry's login; a colon would end it. */
export const RegistryUser = z.string().regex(registryUser);

/** Stands for a secret that a person entered, which main holds until a task takes it. */
export const HandedWord = z.string().regex(/^[0-9a-f]{32}$/);

/** A registry to cache: `docker.io`, `http://registry.example:5000`. */
export const CachedRegistry = z.string().max(300).regex(cachedRegistry);

/** The sign-in for a cache; without a password, the one that Layerdeck has for that registry. */
export const CacheLoginAsked = z.object({
  remote: CachedRegistry,
  login: z.object({ username: z.string().min(1).max(500), password: z.string().min(1).max(20_000) }).optional(),
});
/** A name that leads to this computer: `dev.docker.local`. */
export const FriendlyName = z.string().regex(friendlyName);

/** A port that a registry can have on this computer. */
export const RegistryPort = z.number().int().min(registryPort.least).max(registryPort.most);

/** Where the own registry shall keep its images: in its volume, or in a folder; `takeAlong`: those that it has now are copied there first. */
export const NewStorage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('volume') }),
  z.object({ kind: z.literal('folder'), folder: Grant, takeAlong: z.boolean() }),
  /** `s3`: what `localRegistry.tryS3` gave. */
  z.object({ kind: z.literal('s3'), s3: HandedWord }),
]);

/** S3-compatible storage, with the keys that a person entered. */
export const S3Asked = z.object({
  endpoint: z.string().max(300).regex(s3Endpoint),
  bucket: z.string().regex(s3Bucket),
  region: z.string().regex(s3Region),
  key: z.string().regex(s3Key),
  secret: z.string().min(1).max(1000),
});

/** What is in a folder in which a registry shall keep its images. */
export type RegistryFolder = {
  /** For display only. */
  path: string;
  /** How many are in it already, counted up to 10,000; absent if no registry has kept anything there. */
  repositories?: number;
  /** Files and folders that are no registry's. */
  others: number;
  /** Bytes that are free on its disk; absent if the disk doesn't say. */
  free?: number;
};

/** Who made the container of a registry: its maker stops and removes it. */
export type RegistryMaker = 'layerdeck' | 'person' | 'k3d' | 'kind' | 'minikube';

/** Where a registry keeps its images. */
export type RegistryStorage =
  /** `isNamed`: by somebody, and not by the engine; `mayHoldMore`: it has the images in a folder of it, and perhaps other things beside. */
  | { kind: 'volume'; name: string; isNamed: boolean; mayHoldMore?: true }
  | { kind: 'folder'; path: string }
  /** In the container itself: they go with it. */
  | { kind: 'container' }
  /** Such as S3; `where`: what Layerdeck's own is kept in, `s3.example:9000/images`. */
  | { kind: 'elsewhere'; where?: string };

/** When the engine starts a container by itself. */
export type RestartPolicy = 'always' | 'unless-stopped' | 'on-failure' | 'never';

/** What vouches for an encrypted registry. Times are milliseconds since 1970. */
export type RegistryCertificate = {
  from: number;
  until: number;
  /** The host names and addresses that it is for. */
  names: string[];
  /** The fingerprint of its authority (SHA-256), by which people compare the certificate that they trust. */
  authority: string;
};

/** A registry that runs as a container on the connected engine, or did. */
export type RegistryContainer = {
  containerId: string;
  name: string;
  maker: RegistryMaker;
  /** What the container was made from: `registry:3`. */
  image: string;
  /** `localhost:5000`: what a reference begins with. Absent if the engine chooses another port at each start. */
  address?: string;
  port?: number;
  /** `dev.docker.local:5000`: the same by a name that the hosts file leads to this computer. */
  alias?: string;
  /** Other computers can reach it. */
  isOpen: boolean;
  /** It keeps what is got through it from this registry, and takes no pushes: `registry-1.docker.io`. */
  cacheOf?: string;
  /** The same as a URL, to start it again: `https://registry-1.docker.io`. */
  remote?: string;
  /** As whom it signs in there. */
  cacheUser?: string;
  /** It asks everybody to sign in. */
  hasLogin: boolean;
  /** Connections to it are encrypted. */
  isEncrypted: boolean;
  /** By what, if Layerdeck made that. */
  certificate?: RegistryCertificate;
  restarts: RestartPolicy;
  storage: RegistryStorage;
};

/** The registry on this computer that images are pushed to: Layerdeck's own, or one that the person chose instead. */
export type LocalRegistry =
  | { state: 'unknown' }
  /** `kept`: what it left behind when its container was removed, the port that it will have again, and the folder or the bucket if its images are in one. */
  | { state: 'absent'; kept?: { port?: number; folder?: string | undefined; bucket?: string | undefined } }
  /** `starting`: its container runs, but it hasn't answered yet; `silent`: nor within the time that it may take. */
  | ({ state: 'stopped'; trouble?: 'keeps-ending' | 'paused' | 'starting' | 'silent' } & RegistryContainer)
  | ({
      state: 'running';
      address: string;
      /** Milliseconds since 1970. */
      startedAt: number;
    } & RegistryContainer);

/** What giving the registry a name would change, and what stands in the way. */
export type NameLook = {
  /** The hosts file, and the line that comes into it. */
  file: string;
  line: string;
  /** Who writes it: Layerdeck, Layerdeck after the system has asked, or the person. */
  way: 'itself' | 'system-asks' | 'by-hand';
  /** Another line has the name. */
  taken?: { number: number; address: string };
  /** The name servers know it, too: some of the addresses. */
  leadsTo?: string[];
  engine: NameOnEngine;
  product: 'Docker' | 'Podman';
};

/** Whether the engine in use takes a name without more: `plain` refuses it unless it is told, `certificate` trusts only its authority. */
export type NameOnEngine = 'takes' | 'plain' | 'certificate';

/** A login that was made for a registry. Its password is told once, and is in the store of logins from then on. */
export type NewRegistryLogin = Login & { username: string; password: string };

/** An address of this computer; `isInner`: in a network that only its own containers and virtual machines are in. */
export type OwnAddress = { interface: string; address: string; isInner: boolean };

/** Another registry on the connected engine. Nothing of it is changed unless it is chosen. */
export type OtherRegistry = { isRunning: boolean } & RegistryContainer;
