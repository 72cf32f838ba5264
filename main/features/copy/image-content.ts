import type { BlobToSend } from '../../foundation/registries/blobs/upload-blob.ts';

/** A manifest in its original bytes, which are never rewritten, as they decide its digest. */
export type ManifestBytes = { digest: string; mediaType: string; bytes: Buffer };

export type ContentBlob = BlobToSend & {
  kind: 'config' | 'layer';
  mediaType: string;
  /** The registry has it, or nobody: its bytes can’t be opened. */
  isOnlyThere?: true;
};

/** One of the copied images, by the digests of its blobs. */
export type ContentImage = { manifest: ManifestBytes; config: string; layers: string[]; platform: string };

/** An image, or a list of images for several platforms, being copied: its manifests, and where its bytes come from. */
export type ImageContent = {
  /** What the name will refer to; the last of `manifests`. */
  root: ManifestBytes;
  /** In order: a manifest comes after those it refers to. */
  manifests: ManifestBytes[];
  images: ContentImage[];
  /** Without duplicates. */
  blobs: ContentBlob[];
};
