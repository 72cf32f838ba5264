/** A part of a build record: the position of its bytes in the unpacked tarball. */
export type RecordBlob = { digest: string; offset: number; size: number };

/** A build record in a tarball, with everything that it names. Plain data: it crosses threads. */
export type FoundRecord = {
  /** What `parseBuildRecord` reads. */
  text: Uint8Array;
  blobs: RecordBlob[];
};
