import type { BigIntStats } from 'node:fs';

export const isDevice = (stat: BigIntStats): boolean => stat.isBlockDevice() || stat.isCharacterDevice();

/** The two numbers that Linux packs into one (glibc's `gnu_dev_major` and `gnu_dev_minor`). */
export function deviceNumbers(device: bigint): { major: number; minor: number } {
  return {
    major: Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n)),
    minor: Number((device & 0xffn) | ((device >> 12n) & 0xffffff00n)),
  };
}
