import type { Packing } from '../../../contract/archive.ts';
import type { FileName } from './file-name.ts';

/** Where the bytes of an entry are in the unpacked tarball, and its name there. */
export type Placed = { name: string; offset: number; size: number };

/** An image in a tarball, with the places of its parts. Plain data: it crosses threads. */
export type FoundImage = {
  config: Placed & { digest: string; text: Uint8Array };
  layers: FoundLayer[];
  /** The image's manifest as it stands in an OCI layout. */
  manifest?: { text: Uint8Array; digest: string; mediaType: string };
  /** Digests of lists of manifests that name it. */
  indexes: string[];
  names: FileName[];
  /** What docker's list says of it besides. */
  docker?: { Parent?: string; LayerSources?: Record<string, unknown> };
};

export type FoundLayer = Placed & {
  /** Digest of the bytes as they are in the file, where a name or a manifest tells it. */
  digest?: string;
  /** Of the unpacked bytes. */
  diffId: string;
  mediaType: string;
  packing: Packing | 'bzip2';
  /** Not in the file: the engine may have it, or may get it from elsewhere where it is one that must not be passed on. */
  isAbsent?: true;
};

/** An entry of an OCI layout's own list that leads to images. */
export type TopEntry = {
  descriptor: Record<string, unknown> & { digest: string };
  name?: FileName;
  /** Digests of its images' configurations. */
  images: string[];
};

/** The images of a tarball. */
export type FoundImages = {
  format: 'docker' | 'oci';
  images: FoundImage[];
  /** Of an OCI layout whose list tells no less than docker's; empty where there is none. */
  topEntries: TopEntry[];
  /** What is in the file and is not loaded, in sentences. */
  notes: string[];
};
