import fc from 'fast-check';

/** A made-up folder to build, as plain data so that fast-check can shrink and print it. Names follow `main/foundation/formats/name-bytes.ts`. */
export type MadeContext = {
  entries: MadeEntry[];
  /** Lines of .dockerignore; absent if there is no such file. */
  ignore?: string[];
  /** Instructions of the Dockerfile after `FROM scratch`. */
  copies: MadeCopy[];
  /** How many folders are nested in each other, beside the entries. */
  depth: number;
};

export type MadeEntry = {
  /** Relative; folders on the way are made with it. */
  path: string[];
  kind: 'file' | 'folder' | 'link' | 'hard-link' | 'pipe' | 'socket' | 'device';
  /** Permission bits with set-id and sticky ones. */
  mode: number;
  /** A file's content, a link's target; a hard link's is the number of the entry that it is another name of. */
  content: string;
};

export type MadeCopy = { keyword: 'COPY' | 'ADD'; sources: string[]; asJson: boolean };

/** What the docker command to compare with cannot do, or does differently from its successors. */
export type MadeLimits = {
  /** Commands up to 23 read `+ ( ) | { } ^` in a pattern as characters of a regular expression. */
  plainPatterns: boolean;
  /** Newer ones forget a line to ignore that is not UTF-8, and send what it names; the app keeps that back. */
  textLines?: boolean;
};

const ordinary = ['a', 'b', 'src', 'lib', 'x.txt', 'y.log', 'keep', 'Makefile', '.env', 'node_modules', 'README.md'];
const odd = [
  ...[
    'übung',
    'u\u0308bung',
    '漢字',
    '🐳',
    ' a.txt',
    'a.txt ',
    '!a.txt',
    'a, b.txt',
    '#x',
    '[x]',
    'a*',
    'q?',
    'back\\slash',
    '-',
    '$HOME',
    '{a}',
  ],
  ...['li\nne', 'ta\tb', '\u0085', 'nel\u0085', 'caf\udce9', '\udcff\udcfe', '\ufffd', 'constructor', '__proto__', 'a%20b', 'a+b', '"q"'],
  ...['n'.repeat(120), 'ü'.repeat(100)],
];
const anyName = fc
  .uint8Array({ minLength: 1, maxLength: 12 })
  .map((bytes) => [...bytes].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte))).join(''))
  .map((name) => name.replace(/[/\0]/g, '_'));
const name = fc
  .oneof(
    { arbitrary: fc.constantFrom(...ordinary), weight: 6 },
    { arbitrary: fc.constantFrom(...odd), weight: 3 },
    { arbitrary: anyName, weight: 1 },
  )
  .filter((text) => text !== '.' && text !== '..' && text !== 'Dockerfile' && text !== '.dockerignore');
const path = fc.array(name, { minLength: 1, maxLength: 4 });

const mode = fc.oneof(fc.constantFrom(0o644, 0o755, 0o600, 0o777), fc.integer({ min: 0, max: 0o7777 }));
const linkTarget = fc.oneof(
  path.map((parts) => parts.join('/')),
  path.map((parts) => `/${parts.join('/')}`),
  path.map((parts) => `../${parts.join('/')}`),
  fc.constantFrom('.', '..', '/', '../../../etc', 'nowhere'),
);
const entry: fc.Arbitrary<MadeEntry> = fc.oneof(
  { arbitrary: fc.record({ path, kind: fc.constant('file' as const), mode, content: fc.string({ maxLength: 20 }) }), weight: 10 },
  { arbitrary: fc.record({ path, kind: fc.constant('folder' as const), mode, content: fc.constant('') }), weight: 2 },
  { arbitrary: fc.record({ path, kind: fc.constant('link' as const), mode: fc.constant(0o777), content: linkTarget }), weight: 3 },
  { arbitrary: fc.record({ path, kind: fc.constant('hard-link' as const), mode, content: fc.nat(9).map(String) }), weight: 1 },
  {
    arbitrary: fc.record({
      path,
      kind: fc.constantFrom('pipe' as const, 'socket' as const, 'device' as const),
      mode,
      content: fc.constant(''),
    }),
    weight: 1,
  },
);

function ignoreLine({ plainPatterns, textLines }: MadeLimits): fc.Arbitrary<string> {
  const part = fc.oneof(
    { arbitrary: name, weight: 4 },
    { arbitrary: fc.constantFrom('*', '**', '?', '*.txt', '[a-z]*', '[^x]', 's*c', '*a*a*b', '\\d', '..', '.', '**.log'), weight: 3 },
  );
  const line = fc.tuple(
    fc.constantFrom('', '', '', '!', '! ', '/', ' ', '#'),
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '', '/', '/**', ' ', '\r'),
  );
  const any = line.map(([before, parts, after]) => before + parts.join('/').replaceAll('\n', '') + after);
  const made = textLines ? any.filter((text) => text.isWellFormed()) : any;
  // the oldest command reads these as characters of a regular expression, and looks into a folder by a line's beginning alone
  return plainPatterns
    ? made.filter((text) => !/[+(){}|^\]]|\*\*\.|\\[^*?[\]\\]/.test(text) && !(text.startsWith('!') && /[*?[\]\\]/.test(text)))
    : made;
}

const source = fc.oneof(
  { arbitrary: fc.constant('.'), weight: 5 },
  { arbitrary: path.map((parts) => parts.join('/')), weight: 3 },
  {
    arbitrary: fc.tuple(path, fc.constantFrom('*', '?*', '*.txt', '[a-z]*')).map(([parts, glob]) => [...parts.slice(1), glob].join('/')),
    weight: 2,
  },
);
const copy: fc.Arbitrary<MadeCopy> = fc.record({
  keyword: fc.constantFrom('COPY' as const, 'COPY' as const, 'ADD' as const),
  sources: fc.array(source, { minLength: 1, maxLength: 3 }),
  asJson: fc.boolean(),
});

// for the oldest command, `**` does not match a line break
const withoutLineBreaks = (one: MadeEntry): MadeEntry => ({ ...one, path: one.path.map((part) => part.replaceAll('\n', '_')) });

// the oldest command also sends a folder that a later line leaves out again, but without its content
const withoutTakenBack = (lines: string[]): string[] =>
  lines.filter((line, place) => !line.startsWith('!') || lines.slice(place).every((later) => later.startsWith('!')));

/** Made-up folders with any bytes in names, every type of file, and up to five thousand lines to ignore. */
export function madeContexts(limits: MadeLimits): fc.Arbitrary<MadeContext> {
  const line = ignoreLine(limits);
  const lines = fc.oneof(
    { arbitrary: fc.array(line, { maxLength: 6 }), weight: 12 },
    { arbitrary: fc.array(line, { minLength: 100, maxLength: 300 }), weight: 2 },
    { arbitrary: fc.nat(5000).map((count) => Array.from({ length: count }, (_, place) => `some/folder/or/other-${place}.txt`)), weight: 1 },
  );
  return fc.record(
    {
      entries: fc.array(limits.plainPatterns ? entry.map(withoutLineBreaks) : entry, { minLength: 1, maxLength: 14 }),
      ignore: limits.plainPatterns ? lines.map(withoutTakenBack) : lines,
      copies: fc.oneof(
        { arbitrary: fc.array(copy, { minLength: 1, maxLength: 3 }), weight: 1 },
        { arbitrary: fc.constant<MadeCopy[]>([{ keyword: 'COPY', sources: ['.'], asJson: false }]), weight: 1 },
      ),
      depth: fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: fc.integer({ min: 1, max: 300 }), weight: 1 }),
    },
    { requiredKeys: ['entries', 'copies', 'depth'] },
  );
}
