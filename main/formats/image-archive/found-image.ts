import type { Packing } from '../../../contract/archive.ts';

/** Where the bytes of an entry are in the unpacked tarball. */
export type Placed = { offset: number; size: number };

/** An image in a tarball, with the places of its parts. Plain data: it crosses threads. */
export type FoundImage = {
  config: Placed & { digest: string; text: Uint8Array };
  layers: FoundLayer[];
  /** The image's manifest as it stands in an OCI layout. */
  manifest?: { text: Uint8Array; digest: string; mediaType: string };
  /** Digests of lists of manifests that name it. */
  indexes: string[];
  references: string[];
};

export type FoundLayer = Placed & {
  /** Digest of the bytes as they are in the file, where a name or a manifest tells it. */
  digest?: string;
  /** Of the unpacked bytes. */
  diffId: string;
  mediaType: string;
  packing: Packing;
};
