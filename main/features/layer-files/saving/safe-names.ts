import { shownName } from '../../../foundation/formats/name-bytes.ts';

/** What Windows has no name for, or takes for something else. */
const notOnWindows = /[<>:"\\|?*\p{Cc}]|[. ]$/gu;
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** The most bytes of a name. */
const longest = 255;

/**
 * Names for what is in a folder of an image, in a folder of this computer: always a single name, and no two that a file system could
 * take for the same, as some know no capitals. An image says nothing about where a file goes but this.
 */
export class SafeNames {
  readonly #taken = new Map<string, Set<string>>();
  readonly #isWindows: boolean;

  constructor(platform: NodeJS.Platform) {
    this.#isWindows = platform === 'win32';
  }

  /** A new name in a folder, which is told by its path. */
  nameIn(folder: string, name: string): string {
    const taken = this.#taken.get(folder) ?? new Set();
    this.#taken.set(folder, taken);
    const plain = this.#plain(name);
    let own = plain;
    for (let turn = 2; taken.has(keyOf(own)); turn++) own = withNumber(plain, turn);
    taken.add(keyOf(own));
    return own;
  }

  #plain(name: string): string {
    let plain = shownName(name).replaceAll('/', '_').replaceAll('\0', '_');
    if (this.#isWindows) plain = plain.replace(notOnWindows, '_').replace(devices, '_$&');
    while (Buffer.byteLength(plain) > longest) plain = plain.slice(0, -1);
    return plain === '' || plain === '.' || plain === '..' ? '_' : plain;
  }
}

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();

function withNumber(name: string, turn: number): string {
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? dot : name.length;
  let begin = name.slice(0, end);
  const rest = ` (${turn})${name.slice(end)}`;
  while (begin !== '' && Buffer.byteLength(begin + rest) > longest) begin = begin.slice(0, -1);
  return `${begin}${rest}`;
}
