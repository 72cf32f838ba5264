import * as z from 'zod';
import { ImageId } from './image.ts';
import { ContainerId } from './registry.ts';

/** What a container is, as far as its labels tell. */
export type HolderKind =
  /** An image is tried in it. */
  | { kind: 'trial' }
  /** Layerdeck's registry, or a cache, or what tidies one. */
  | { kind: 'own-registry' }
  /** Somebody else's registry. */
  | { kind: 'registry' }
  /** Of a project that Compose started. */
  | { kind: 'compose'; project: string; service?: string }
  /** A computer of a Kubernetes cluster. */
  | { kind: 'cluster'; tool: 'k3d' | 'kind' | 'minikube'; cluster?: string }
  | { kind: 'other' };

/** A container that keeps an image from being removed. Times are milliseconds since 1970. */
export type Holder = {
  id: string;
  name: string;
  imageId: string;
  what: HolderKind;
  /** Something runs in it, even if it is paused just now. */
  isRunning: boolean;
  /** When it was last started; 0 if it never was. */
  startedAt: number;
  /** Since when it is as it is: started, ended or made; absent if the engine doesn't say. */
  since?: number;
  /** How many of its volumes have no name: they go with it. */
  unnamedVolumes: number;
  /** Those with a name, which stay. */
  volumes: string[];
  /** It sees folders of the engine's computer, which stay. */
  hasFolders: boolean;
};

/** The images that are to be removed, and one of the containers that hold one of them. */
export const HolderAsked = z.object({ ids: z.array(ImageId).min(1).max(10_000), container: ContainerId });
/** The same as a person saw it: one that was started since then isn't removed. */
export const HolderSeen = HolderAsked.extend({ startedAt: z.number().nonnegative() });
export type HolderSeen = z.infer<typeof HolderSeen>;
