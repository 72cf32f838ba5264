/** Bytes in one line of a hex view. */
export const bytesInLine = 16;

/** A line as hexdump prints it: where it begins, its bytes, and those that are letters. */
export function hexLine(bytes: Uint8Array, line: number, offset: number): { at: string; hex: string; letters: string } {
  const start = line * bytesInLine;
  const part = bytes.subarray(start, start + bytesInLine);
  const digits = Array.from(part, (byte) => byte.toString(16).padStart(2, '0'));
  const hex = `${digits.slice(0, 8).join(' ')}  ${digits.slice(8).join(' ')}`.padEnd(bytesInLine * 3);
  const letters = Array.from(part, (byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
  return { at: (offset + start).toString(16).padStart(8, '0'), hex, letters };
}
