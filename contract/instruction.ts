/** Says in plain words what a Dockerfile instruction does: "Copy your files into /app". Falls back to the instruction itself. */
export function describeInstruction(instruction: string): string {
  const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)\s+([\s\S]*)$/.exec(instruction) ?? [];
  const inWords = describers[keyword.toUpperCase()];
  return inWords?.(rest.trim()) ?? instruction;
}

const describers: Record<string, (rest: string) => string | undefined> = {
  FROM: (rest) => `Start from ${rest.replace(/^--\S+\s+/, '').split(/\s+/)[0]}`,
  RUN: describeRun,
  COPY: describeCopy,
  ADD: (rest) => `Add ${lastWord(rest) ? `files to ${lastWord(rest)}` : 'files'}`,
  WORKDIR: (rest) => `Work in the folder ${rest}`,
  ENV: (rest) => `Set the variable ${rest.split(/[\s=]/)[0]}`,
  ARG: (rest) => `Take the build argument ${rest.split('=')[0]}`,
  EXPOSE: (rest) => `Say that it listens on ${rest.replace(/map\[|\]|:\{\}/g, '').trim()}`,
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
  const target = lastWord(rest);
  if (!target) return undefined;
  const stage = /--from=(\S+)/.exec(rest)?.[1];
  if (stage) return `Copy from “${stage}” into ${target}`;
  // The engine's history has a checksum in the place of the sources.
  const sources = rest.split(/\s+/).filter((word) => !word.startsWith('--') && !/^(file|dir|multi):[0-9a-f]/.test(word) && word !== 'in');
  const named = sources.slice(0, -1);
  if (named.length === 1 && named[0] !== '.') return `Copy ${named[0]} into ${target}`;
  return `Copy your files into ${target}`;
}

const installers: [pattern: RegExp, words: string][] = [
  [/\b(?:apt-get|apt|apk|dnf|yum|microdnf|zypper)\b[^&|;]*\b(?:install|add)\b([^&|;]*)/, 'Install'],
  [/\b(?:npm (?:ci|install)|yarn install|pnpm (?:i|install))\b()/, 'Install JavaScript packages'],
  [/\bpip3? install\b()/, 'Install Python packages'],
  [/\b(?:bundle install|gem install)\b()/, 'Install Ruby packages'],
  [/\bgo mod download\b()/, 'Get Go modules'],
  [/\b(?:go build|cargo build|make|mvn|gradle|npm run build)\b()/, 'Compile the app'],
];

function describeRun(rest: string): string | undefined {
  const command = rest.replace(/^(?:--\S+\s+)+/, '').replace(/^\/bin\/sh -c\s+/, '');
  for (const [pattern, words] of installers) {
    const match = pattern.exec(command);
    if (!match) continue;
    const packages = (match[1] ?? '').split(/\s+/).filter((word) => word && !/^[-\\]/.test(word));
    return packages.length > 0 ? `${words} ${listed(packages)}` : words;
  }
  return `Run ${command.split(/\s+/)[0]?.split('/').pop() ?? 'a command'}`;
}

const listed = (words: string[]): string =>
  words.length > 3 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ').replace(/, ([^,]*)$/, ' and $1');

const lastWord = (text: string): string | undefined => text.split(/\s+/).pop() || undefined;
