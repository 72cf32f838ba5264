import { open } from 'node:fs/promises';

const startSize = 16 * 1024;

/** The first bytes of a file, by which its kind is told. */
export async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startSize), 0, startSize, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
