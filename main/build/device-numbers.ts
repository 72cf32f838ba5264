import type { BigIntStats } from 'node:fs';

export const isDevice = (stat: BigIntStats): boolean => stat.isBlockDevice() || stat.isCharacterDevice();

/** The two numbers that Linux packs into one (`gnu_dev_major`, `gnu_dev_minor` of glibc). */
export function deviceNumbers(device: bigint): { major: number; minor: number } {
  return {
    major: Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n)),
    minor: Number((device & 0xffn) | ((device >> 12n) & 0xffffff00n)),
  };
}
