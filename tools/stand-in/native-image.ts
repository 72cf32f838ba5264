import { existsSync, readFileSync } from 'node:fs';

export type StandInImage = ReturnType<typeof createFromBuffer>;

const pngHeader = '89504e470d0a1a0a';

function readSize(png: Buffer): { width: number; height: number } {
  if (png.length < 24 || png.toString('hex', 0, 8) !== pngHeader) return { width: 0, height: 0 };
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** An image that keeps its bytes and knows a PNG's size; it cannot be resized. */
export function createFromBuffer(bytes: Buffer) {
  const image = {
    isEmpty: (): boolean => bytes.length === 0,
    toPNG: (): Buffer => bytes,
    toDataURL: (): string => `data:image/png;base64,${bytes.toString('base64')}`,
    getSize: () => readSize(bytes),
    resize: () => image,
    setTemplateImage: (): void => {},
  };
  return image;
}

export const createEmptyImage = (): StandInImage => createFromBuffer(Buffer.alloc(0));

/** Electron's `nativeImage`. */
export const nativeImage = {
  createEmpty: createEmptyImage,
  createFromBuffer,
  createFromPath: (path: string): StandInImage => createFromBuffer(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromDataURL: (url: string): StandInImage => createFromBuffer(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
};
