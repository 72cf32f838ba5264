import type { BlobToSend } from '../distribution/upload-blob.ts';

/** A manifest as it is kept: its bytes decide its digest, so they are never written anew. */
export type ManifestBytes = { digest: string; mediaType: string; bytes: Buffer };

export type ContentBlob = BlobToSend & {
  kind: 'config' | 'layer';
  mediaType: string;
};

/** One image of what is copied, by the digests of its blobs. */
export type ContentImage = { manifest: ManifestBytes; config: string; layers: string[]; platform: string };

/** An image, or a list of images for several platforms, on its way: what describes it, and where its bytes can be had. */
export type ImageContent = {
  /** What the name will stand for; the last of `manifests`. */
  root: ManifestBytes;
  /** Those that others name come before them. */
  manifests: ManifestBytes[];
  images: ContentImage[];
  /** Each once. */
  blobs: ContentBlob[];
};
