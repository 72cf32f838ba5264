import { nameOf } from '../name-bytes.ts';
import { damaged } from '../refused-archive.ts';

/**
 * The records of a pax header: "<length> key=value\n", whose length counts the whole record. The last record of a key wins, except
 * for the positions of holes, which an old GNU tar wrote one by one: they become the list that later versions wrote. Values are in
 * the form of `name-bytes.ts`, as attributes are bytes.
 */
export function parsePaxRecords(body: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  const holes: string[] = [];
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    const digits = space < 0 ? '' : body.toString('latin1', at, Math.min(space, at + 10));
    const end = at + Number(digits);
    const equals = body.indexOf(0x3d, space);
    const isWhole = /^[1-9]\d*$/.test(digits) && end <= body.length && body[end - 1] === 0x0a && equals > space && equals < end;
    if (!isWhole) throw unreadable();
    const [key, value] = [body.toString('utf8', space + 1, equals), nameOf(body.subarray(equals + 1, end - 1))];
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') {
      if ((key === 'GNU.sparse.offset') !== (holes.length % 2 === 0) || value.includes(',')) throw unreadable();
      holes.push(value);
    } else records.set(key, value);
    at = end;
  }
  if (holes.length > 0) records.set('GNU.sparse.map', holes.join());
  return records;
}

const unreadable = () => damaged('the extended header of a file can’t be read');
