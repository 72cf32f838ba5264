/** What a Dockerfile instruction does, in plain words: "Copy your files into /app". Falls back to the instruction itself. */
export function describeInstruction(instruction: string): string {
  const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)\s+([\s\S]*)$/.exec(instruction) ?? [];
  const inWords = describers[keyword.toUpperCase()];
  return inWords?.(rest.trim()) ?? instruction;
}

/** "COPY … /app": an instruction from the classic builder's history without the digest of its files; for comparison only. */
export const withoutDigest = (instruction: string): string => {
  const copied = copiedTo(instruction);
  return copied ? [copied.keyword, ...copied.flags, '…', copied.target].join(' ') : instruction.trim();
};

/** The parts of a COPY or ADD in the classic builder's history, which has a digest in place of the names. */
export function copiedTo(instruction: string): { keyword: 'COPY' | 'ADD'; flags: string[]; target: string } | undefined {
  const found = /^(COPY|ADD) ((?:--\S+ )*)(?:file|dir|multi):[0-9a-f]{64} in (.+)$/s.exec(instruction.trim());
  if (!found) return undefined;
  const [, keyword, flags = '', target = ''] = found;
  return { keyword: keyword as 'COPY' | 'ADD', flags: flags.split(' ').filter(Boolean), target };
}

const describers: Record<string, (rest: string) => string | undefined> = {
  FROM: (rest) => `Start from ${rest.replace(/^--\S+\s+/, '').split(/\s+/)[0]}`,
  RUN: describeRun,
  COPY: describeCopy,
  ADD: (rest) => `Add ${lastWord(rest) ? `files to ${lastWord(rest)}` : 'files'}`,
  WORKDIR: (rest) => `Work in the folder ${rest}`,
  ENV: (rest) => `Set the variable ${rest.split(/[\s=]/)[0]}`,
  ARG: (rest) => `Take the build argument ${rest.split('=')[0]}`,
  EXPOSE: (rest) => `Declare that it listens on ${rest.replace(/map\[|\]|:\{\}/g, '').trim()}`,
  CMD: () => 'Set the command it starts with',
  ENTRYPOINT: () => 'Set the program it starts',
  LABEL: (rest) => `Write the label ${rest.split(/[\s=]/)[0]}`,
  USER: (rest) => `Run as the user ${rest}`,
  VOLUME: (rest) => `Keep ${rest.replace(/[[\]"]/g, '')} in a volume`,
  HEALTHCHECK: () => 'Set the health check',
  STOPSIGNAL: (rest) => `Stop with ${rest}`,
  SHELL: () => 'Choose the shell',
};

function describeCopy(rest: string): string | undefined {
  const [, flags = '', what = ''] = /^((?:--\S+\s+)*)([\s\S]*)$/.exec(rest) ?? [];
  const words = wordsOf(what);
  const target = shown(words.at(-1) ?? '');
  if (!target) return undefined;
  const stage = /--from=(\S+)/.exec(flags)?.[1];
  if (stage) return `Copy from “${stage}” into ${target}`;
  const [only, ...others] = words.slice(0, -1);
  // the history does not say whose files they are: a base image has steps too
  if (only === undefined) return `Copy files into ${target}`;
  return only !== '.' && others.length === 0 ? `Copy ${shown(only)} into ${target}` : `Copy your files into ${target}`;
}

/** What is copied, then the target; only the target for the engine's history, which has a digest in place of the sources. */
function wordsOf(text: string): string[] {
  const inHistory = /^(?:file|dir|multi):[0-9a-f]+ in ([\s\S]*)$/.exec(text)?.[1];
  if (inHistory !== undefined) return [inHistory.trim()];
  if (/^\[.*\]$/s.test(text)) return listIn(text) ?? text.slice(1, -1).split(', ');
  return text.split(/\s+/).filter(Boolean).map(withoutQuotes);
}

const withoutQuotes = (word: string): string => word.replace(/^(["'])(.*)\1$/, '$2');

/** The words of `["a b", "/c"]`; undefined for BuildKit's `[a b, /c]`, which has lost its quotes. */
function listIn(text: string): string[] | undefined {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** Quotes a name with a space, which would read as several. */
const shown = (name: string): string => (/[\s,]/.test(name) ? `“${name}”` : name);

/** Commands and what they do; options and variables may come before. */
const installers: [pattern: RegExp, words: string][] = [
  [/^(?:apt-get|apt|apk|dnf|yum|microdnf|zypper)\s(?:.*\s)?(?:install|add)\b(.*)$/s, 'Install'],
  [/^(?:npm (?:ci|install|i)|yarn(?: install)?|pnpm (?:i|install))\b()/, 'Install JavaScript packages'],
  [/^(?:python[\d.]* -m )?pip3? install\b()/, 'Install Python packages'],
  [/^(?:bundle install|gem install)\b()/, 'Install Ruby packages'],
  [/^go mod download\b()/, 'Get Go modules'],
  [/^(?:go build|cargo build|make|mvn|mvnw|gradle|gradlew|(?:npm|yarn|pnpm) (?:run )?build)(?:\s|$)()/, 'Compile the app'],
];

function describeRun(rest: string): string | undefined {
  const command = rest.replace(/^(?:--\S+\s+)+/, '').replace(/^\/bin\/sh -c\s+/, '');
  for (const one of command.split(/&&|\|\||[;|\n]/)) {
    const bare = one.trim().replace(/^(?:(?:sudo|\w+=\S*)\s+)*(?:\S*\/)?/, '');
    const [found] = installers.flatMap(([pattern, words]) => {
      const match = pattern.exec(bare);
      return match ? [{ words, packages: (match[1] ?? '').split(/\s+/).filter((word) => word && !/^[-\\]/.test(word)) }] : [];
    });
    if (found) return found.packages.length > 0 ? `${found.words} ${listed(found.packages)}` : found.words;
  }
  return `Run ${command.split(/\s+/)[0]?.split('/').pop() ?? 'a command'}`;
}

const listed = (words: string[]): string =>
  words.length > 3 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ').replace(/, ([^,]*)$/, ' and $1');

const lastWord = (text: string): string | undefined => text.split(/\s+/).pop() || undefined;
