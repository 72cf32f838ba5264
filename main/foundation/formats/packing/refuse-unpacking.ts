import { cutOff, RefusedArchive, unpacksWrongly } from '../refused-archive.ts';

/** An unpacking library's error in words; other errors, such as the disk's, as they are. */
export function refuseUnpacking(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RefusedArchive) return error;
  const { code = '' } = error as Error & { code?: string };
  // xz-embedded: 4, 6 and 8 of `enum xz_ret` are the memory limit, unknown options, and an early end
  const xz = /^get_next_output failed with error code (\d+)$/.exec(error.message)?.[1];
  if (code === 'Z_BUF_ERROR' || xz === '8') return cutOff();
  if (code === 'ZSTD_error_frameParameter_windowTooLarge' || xz === '4' || xz === '3') return needsMemory();
  if (xz === '6') return unknownWay();
  if (code.startsWith('Z_') || code.startsWith('ZSTD_') || xz !== undefined) return unpacksWrongly();
  return error;
}

const needsMemory = (): RefusedArchive =>
  new RefusedArchive(
    'The file needs too much memory to unpack',
    'It was packed with an extreme setting. Pack it again with an ordinary one, or with gzip.',
  );

/** For what another program can unpack. */
export const unknownWay = (): RefusedArchive =>
  new RefusedArchive(
    'The file is packed in a way that Layerdeck can’t read',
    'It is an xz file with a rarely used filter or check; that says nothing about what is in it. Unpack it with xz and drop the result here.',
  );
