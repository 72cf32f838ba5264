import * as z from 'zod';
import { Grant } from './file.ts';
import { platform } from './grammar.ts';
import { Reference } from './reference-schema.ts';

/** `linux/arm64/v8`: operating system, architecture, variant. */
export const Platform = z.string().regex(platform);

/** The registry a name begins with, or the one on this computer. */
export const PushTarget = z.enum(['own-registry', 'local-registry']);
export type PushTarget = z.infer<typeof PushTarget>;

export const RegistrySource = z.object({ kind: z.literal('registry'), reference: Reference, platform: Platform.optional() });
/** `image` is an index into the preview's images, and `id` is the first id shown for it; no other image is copied. */
export const ArchiveSource = z.object({
  kind: z.literal('archive'),
  archive: Grant,
  image: z.number().int().nonnegative(),
  id: z.string().max(200).optional(),
});

/** Only `image` needs an engine. */
export const CopySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), reference: Reference }),
  RegistrySource,
  ArchiveSource,
]);
export type CopySource = z.infer<typeof CopySource>;

/** A registry or a tarball, never the engine: its images are pushed or saved. */
export const CopyTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registry'), reference: Reference }),
  /** `receipt`: that of a computer which has some of the layers already. */
  z.object({ kind: z.literal('archive'), target: Grant, receipt: Grant.optional() }),
]);
export type CopyTarget = z.infer<typeof CopyTarget>;

/** What happens to one layer on its way from or to a registry. */
export type LayerTransferState =
  | 'waiting'
  | 'downloading'
  | 'checking'
  | 'unpacking'
  | 'preparing'
  | 'uploading'
  | 'retrying'
  | 'done'
  | 'there-already'
  | 'mounted';

export type LayerTransfer = {
  /** The engine's name for it: the start of the blob's digest (pull) or of the diff id (push). */
  id: string;
  state: LayerTransferState;
  bytes?: { done: number; total?: number };
  /** The repository that the registry took the layer from. */
  mountedFrom?: string;
  /** Seconds until the engine tries again. */
  retryInSeconds?: number;
  /** Seconds spent unpacking, for engines that count time instead of bytes. */
  unpackingSeconds?: number;
};

/** A name and the digest the registry now holds under it. */
export type PushedName = { reference: string; digest: string };

/** A completion for what is typed; the best come first. */
export type Suggestion = {
  reference: string;
  /** `here`: on the engine; `before`: used before; `registry`: listed by its registry. */
  from: 'here' | 'before' | 'registry';
};

/** What the registry itself says about the place a transfer goes to or comes from. */
export type RegistryFacts = {
  /** `docker.io`, `localhost:5000`. */
  registry: string;
  repository: string;
  /** Who is signed in; absent for a login by token and if nobody is. */
  username?: string;
  /** Whether everybody may pull from there, as far as the registry shows it. */
  visibility: 'public' | 'private' | 'unknown';
  /** The connection is not encrypted, as with a registry on this computer. */
  isPlain: boolean;
};

/** What a pull would bring, asked from the registry before anything is fetched. */
export type PullForecast = {
  reference: string;
  registry: RegistryFacts;
  /** The digest of the image, or of the list of images under the name. */
  digest: string;
  /** All platforms under the name. */
  platforms: PlatformSize[];
  /** The platform that would be pulled. */
  platform: string;
  layers: { digest: string; size: number; isHere: boolean }[];
  /** Bytes to download. */
  toDownload: number;
  /** The engine already has this image; only its name may move. */
  isHere: boolean;
};

/** `size`: bytes of the packed layers, if asked for. `platform` is `unknown` if the registry does not name it. */
export type PlatformSize = { platform: string; size?: number };

/** What a copy would send or write. */
export type CopyForecast = {
  /** The platforms to choose from. A registry gets all of them unless one is chosen; a tarball gets one. */
  platforms: PlatformSize[];
  /** The platform a tarball gets. */
  platform?: string;
  /** Where it goes; absent for a tarball. */
  target?: RegistryFacts;
  layers: PushForecastLayer[];
  /** Bytes; absent if unknown. */
  toSend?: number;
  /** Layers that are unpacked in a tarball get smaller when they are packed on the way; by how much is not known in advance. */
  isAtMost: boolean;
  replaces?: string;
};

export type PushForecast = {
  /** What is pushed; `target` is its name in the registry. */
  reference: string;
  target: string;
  registry: RegistryFacts;
  layers: PushForecastLayer[];
  /** Bytes to send, as the engine counts them while sending; absent if unknown. */
  toSend?: number;
  /** The digest the registry has under the name now; the push takes the name away from it. */
  replaces?: string;
};

/** What moving images to another engine would send there. */
export type SendForecast = {
  layers: PushForecastLayer[];
  /** Bytes of unpacked layers; absent if unknown. */
  toSend?: number;
  /** The other engine takes only whole images, also of layers that it has. */
  isWhole: boolean;
  /** Names that stand for another image there now, or for one that isn't known. */
  moves: string[];
};

export type PushForecastLayer = {
  /** The engine's name for it in the push. */
  id: string;
  /** Bytes; absent if it cannot be known in advance. */
  size?: number;
  state: 'send' | 'there-already' | 'mount';
  /** The repository in the same registry that it is taken from. */
  mountedFrom?: string;
  /** The registry has the bytes, but this engine does not know that and sends them anyway. */
  sentAgain?: boolean;
};
