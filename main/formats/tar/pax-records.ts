import { damaged } from '../refused-archive.ts';
import { text } from './parse-header.ts';

/** The records of a pax header: "<length> key=value\n", whose length counts the whole record. The last of a key counts. */
export function parsePaxRecords(body: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    const digits = space < 0 ? '' : body.toString('latin1', at, Math.min(space, at + 10));
    const end = at + Number(digits);
    const equals = body.indexOf(0x3d, space);
    const isWhole = /^[1-9]\d*$/.test(digits) && end <= body.length && body[end - 1] === 0x0a && equals > space && equals < end;
    if (!isWhole) throw damaged('what is noted beside a file cannot be read');
    records.set(body.toString('utf8', space + 1, equals), textOf(body.subarray(equals + 1, end - 1)));
    at = end;
  }
  return records;
}

// binary attributes may hold zeros, names may not: of the former each byte is a character
const textOf = (value: Buffer): string => (value.includes(0) ? `\0${value.toString('latin1')}` : text(value));
