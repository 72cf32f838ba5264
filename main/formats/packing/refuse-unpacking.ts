import { cutOff, damaged, RefusedArchive } from '../refused-archive.ts';

/** What an unpacking library threw, in words; other errors, such as the disk's, as they are. */
export function refuseUnpacking(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RefusedArchive) return error;
  const { code = '' } = error as Error & { code?: string };
  // xz-embedded: 4, 6 and 8 of `enum xz_ret` are the memory limit, options that it does not know, and an end too soon
  const xz = /^get_next_output failed with error code (\d+)$/.exec(error.message)?.[1];
  if (code === 'Z_BUF_ERROR' || xz === '8') return cutOff();
  if (code === 'ZSTD_error_frameParameter_windowTooLarge' || xz === '4' || xz === '3') return needsMemory();
  if (xz === '6') return unknownWay();
  if (code.startsWith('Z_') || code.startsWith('ZSTD_') || xz !== undefined) return damaged('what is packed does not add up');
  return error;
}

const needsMemory = (): RefusedArchive =>
  new RefusedArchive(
    'The file needs too much memory to be unpacked',
    'It was packed with an extreme setting. Pack it again with an ordinary one, or with gzip.',
  );

const unknownWay = (): RefusedArchive =>
  new RefusedArchive(
    'The file is packed in a way that Layerdeck cannot read',
    'It is of xz, with a check (SHA-256) or a filter that is seldom used; that says nothing of what is in it. Unpack it with xz, and drop what comes out here.',
  );
