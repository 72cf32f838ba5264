import * as z from 'zod';
import { Grant } from './file.ts';
import { Reference } from './reference-schema.ts';

/** `linux/arm64/v8`: operating system, architecture, variant. */
export const Platform = z.string().regex(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/);

/** The registry that a name begins with, or the one on this computer. */
export const PushTarget = z.enum(['own-registry', 'local-registry']);
export type PushTarget = z.infer<typeof PushTarget>;

export const RegistrySource = z.object({ kind: z.literal('registry'), reference: Reference, platform: Platform.optional() });
/** `image` counts the images of the archive's preview. */
export const ArchiveSource = z.object({ kind: z.literal('archive'), archive: Grant, image: z.number().int().nonnegative() });

/** Only `image` needs an engine. */
export const CopySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), reference: Reference }),
  RegistrySource,
  ArchiveSource,
]);
export type CopySource = z.infer<typeof CopySource>;

/** A registry, or a tarball; an image of the engine is pushed or saved, and not copied into the engine again. */
export const CopyTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registry'), reference: Reference }),
  z.object({ kind: z.literal('archive'), target: Grant }),
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
  /** As the engine names it: the start of the blob's digest (pull) or of the diff id (push). */
  id: string;
  state: LayerTransferState;
  bytes?: { done: number; total?: number };
  /** Repository the registry took the layer from. */
  mountedFrom?: string;
  /** Seconds until the engine tries again. */
  retryInSeconds?: number;
  /** Seconds of unpacking, where the engine counts time and not bytes. */
  unpackingSeconds?: number;
};

/** A name and what the registry now holds under it. */
export type PushedName = { reference: string; digest: string };

/** What can be typed on, best first. */
export type Suggestion = {
  reference: string;
  /** `here`: on the engine; `before`: used before; `registry`: its registry names it. */
  from: 'here' | 'before' | 'registry';
};

/** Where a transfer goes, asked of the registry itself. */
export type RegistryFacts = {
  /** `docker.io`, `localhost:5000`. */
  registry: string;
  repository: string;
  /** Who is signed in; absent for a login by token and for nobody. */
  username?: string;
  /** Everybody may get images from there, as far as the registry lets it be seen. */
  visibility: 'public' | 'private' | 'unknown';
  /** The connection is not encrypted, as it is for a registry on this computer. */
  isPlain: boolean;
};

/** What getting an image would bring, asked of its registry before anything is fetched. */
export type PullForecast = {
  reference: string;
  registry: RegistryFacts;
  /** Of the image, or of the list of images under the name. */
  digest: string;
  /** Each platform there is. */
  platforms: PlatformSize[];
  /** What would be got. */
  platform: string;
  layers: { digest: string; size: number; isHere: boolean }[];
  /** Bytes to download. */
  toDownload: number;
  /** The engine has this very image; its name may still move. */
  isHere: boolean;
};

/** `size`: bytes of the packed layers, where it was asked for. A platform that the registry does not say is `unknown`. */
export type PlatformSize = { platform: string; size?: number };

/** What a copy would send, or write. */
export type CopyForecast = {
  /** What there is to choose from; all of them go to a registry where none is chosen, and one into a tarball. */
  platforms: PlatformSize[];
  /** The one that a tarball gets. */
  platform?: string;
  /** Where it goes; absent for a tarball. */
  target?: RegistryFacts;
  layers: PushForecastLayer[];
  /** Absent where it is not known. */
  toSend?: number;
  /** Layers that lie unpacked in a tarball get smaller when they are packed on the way; by how much is not known before. */
  isAtMost: boolean;
  replaces?: string;
};

export type PushForecast = {
  /** What is pushed, and the name it gets there. */
  reference: string;
  target: string;
  registry: RegistryFacts;
  layers: PushForecastLayer[];
  /** Bytes to send, as the engine counts them while it does; absent where they are not known. */
  toSend?: number;
  /** What the registry has under the name now; the push takes the name from it. */
  replaces?: string;
};

export type PushForecastLayer = {
  /** As the engine names it in the push. */
  id: string;
  /** Bytes; absent where it cannot be known before. */
  size?: number;
  state: 'send' | 'there-already' | 'mount';
  /** Repository of the same registry it is taken from. */
  mountedFrom?: string;
  /** The registry has the bytes, but this engine does not know it and sends them all the same. */
  sentAgain?: boolean;
};
