import type { Packing } from '../../../contract/archive.ts';
import type { FileName } from './file-name.ts';

/** The position of an entry's bytes in the unpacked tarball, and its name there. */
export type Placed = { name: string; offset: number; size: number };

/** An image in a tarball, with the positions of its parts. Plain data: it crosses threads. */
export type FoundImage = {
  config: Placed & {
    digest: string;
    text: Uint8Array;
    /** Not in the file, but made from what an old format says. */
    isMade?: true;
  };
  layers: FoundLayer[];
  /** The image's manifest as it is in an OCI layout. */
  manifest?: { text: Uint8Array; digest: string; mediaType: string };
  /** Digests of the manifest lists that name it. */
  indexes: string[];
  names: FileName[];
  /** What else docker's list says about it. */
  docker?: { Parent?: string; LayerSources?: Record<string, unknown> };
};

export type FoundLayer = Placed & {
  /** Digest of the bytes as they are in the file, if a name or a manifest contains it. */
  digest?: string;
  /** Of the unpacked bytes. */
  diffId: string;
  mediaType: string;
  packing: Packing;
  /** Not in the file: the engine may have it, or may get it from elsewhere if it is one that must not be redistributed. */
  isAbsent?: true;
};

/** An entry of an OCI layout's own list that leads to images. */
export type TopEntry = {
  descriptor: Record<string, unknown> & { digest: string };
  name?: FileName;
  /** The digests of its images' configurations. */
  images: string[];
};

/** The images of a tarball. */
export type FoundImages = {
  format: 'docker' | 'oci';
  images: FoundImage[];
  /** From an OCI layout whose list says no less than docker's; empty if there is none. */
  topEntries: TopEntry[];
  /** What is in the file but is not loaded, in sentences. */
  notes: string[];
};
