/** What a collection would free: what nothing needs any more. Bytes are those of files. */
export type CollectionPart =
  /** So many repositories have been looked at. */
  | { kind: 'reading'; done: number; total: number }
  | {
      kind: 'found';
      /** Blobs that belong to no image any more. */
      unused: { blobs: number; bytes: number };
      /** Images that no tag leads to, also not by way of a list or of what is attached, and what would go with them besides. */
      untagged: { images: number; bytes: number };
      /** Images that stay. */
      kept: number;
      /** Manifests that couldn't be read, and so stay with all that may belong to them. */
      unreadable: number;
    };

/** What a collection did. */
export type CollectionResult = {
  /** Bytes of the files that are gone now, each looked for. */
  bytes: number;
  blobs: number;
  /** Images without a tag that went. */
  images: number;
  /** Images that are left, each asked for with all its layers afterwards. */
  checked: number;
  /** Those of them that can't be got any more: `repository@sha256:…`. */
  broken: string[];
};
