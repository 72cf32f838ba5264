import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { FailureError } from '../failures/failure.ts';
import { lookAtFile } from '../formats/packing/look-at-file.ts';
import { type Receipt, readReceipt } from './receipt.ts';

/** Bytes of the largest receipt that is read. */
const mostBytes = 64 * 1024 * 1024;

/** Reads a receipt from a file. Throws a failure that says what else the file is. */
export async function readReceiptFile(path: string): Promise<Receipt> {
  const { size } = await lookAtFile(path);
  const receipt = size <= mostBytes ? readReceipt(textOf(await readFile(path)), basename(path)) : undefined;
  if (receipt) return receipt;
  throw new FailureError({
    kind: 'invalid-input',
    title: `${basename(path)} is no receipt`,
    detail: 'A receipt lists the layers that a computer has. This file says something else, or was cut off on its way.',
    hint: 'Make one on the other computer: in Layerdeck under “Engines”, or with docker image inspect.',
  });
}

/** Whether a file that is no tarball begins like a receipt. */
export const looksLikeReceipt = (start: Uint8Array): boolean => {
  const text = textOf(Buffer.from(start));
  return /^\uFEFF?\s*\{\s*"layerdeck":\s*"receipt"/.test(text) || /^\uFEFF?\s*\[\s*\{\s*"Id":\s*"(?:sha256:)?[0-9a-f]{64}"/.test(text);
};

// PowerShell before 7 writes what a program says as UTF-16
const textOf = (bytes: Buffer): string => bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
