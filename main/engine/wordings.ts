import type { Failure } from '../../contract/failure.ts';

/** The facts of an error that wordings are chosen by. */
export type ErrorFacts = {
  /** The engine's or the system's text. */
  message: string;
  /** HTTP status of the engine's answer. */
  status?: number;
  /** System error code such as ENOSPC. */
  code?: string;
  /** What the system was asked to do: `connect`, `open`. */
  syscall?: string;
  /** Exit code of a failed RUN. */
  exitCode?: number;
};

type Wording = {
  /** True, or the match whose groups `say` needs. */
  when(facts: ErrorFacts): boolean | RegExpExecArray | null;
  say(match: string[], facts: ErrorFacts): Omit<Failure, 'cause'>;
};

const text = (pattern: RegExp) => (facts: ErrorFacts) => pattern.exec(facts.message);
const code =
  (...codes: string[]) =>
  (facts: ErrorFacts) =>
    facts.code !== undefined && codes.includes(facts.code);

/** Looked through from the top: what is certain and special first, what is general last. */
export const wordings: Wording[] = [
  {
    when: (facts) =>
      facts.exitCode === undefined ? /exit code: (\d+)/.exec(facts.message) : (['', String(facts.exitCode)] as unknown as RegExpExecArray),
    say: ([, exit]) => ({
      kind: 'step-failed',
      title: `A step of the build failed with exit code ${exit}`,
      detail: exitMeaning(Number(exit)),
      hint: 'The last lines of the log usually name the reason. Mend it and build again.',
    }),
  },
  {
    when: text(/(?:dockerfile parse error|Dockerfile parse error)(?: on)? line (\d+): (.*)/i),
    say: ([, line, what]) => ({
      kind: 'dockerfile',
      title: `The Dockerfile has a mistake in line ${line}`,
      detail: `The engine says: ${what}.`,
      hint: 'Mend that line and build again.',
    }),
  },
  {
    when: text(/unknown instruction: (\S+)/i),
    say: ([, word]) => ({
      kind: 'dockerfile',
      title: `The Dockerfile has an instruction that does not exist: ${word}`,
      detail: 'Each line begins with an instruction such as FROM, RUN or COPY.',
      hint: 'Look for a typing mistake and build again.',
    }),
  },
  {
    when: text(/(?:failed to read dockerfile|Cannot locate specified Dockerfile|no such file or directory.*Dockerfile)/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile was not found',
      detail: 'The folder has no file of that name, or .dockerignore leaves it out.',
      hint: 'Choose another Dockerfile or folder.',
    }),
  },
  {
    when: text(/(?:COPY|ADD) failed: .*?stat (\S+?):|"\/?([^"]+)": not found|failed to compute cache key.*?"([^"]+)"/),
    say: ([, a, b, c]) => ({
      kind: 'dockerfile',
      title: `The build needs ${a ?? b ?? c}, but it is not in the folder`,
      detail: 'A COPY or ADD names a file that was not sent. It does not exist, or .dockerignore leaves it out.',
      hint: 'Check the spelling and the .dockerignore file.',
    }),
  },
  {
    when: (facts) => facts.code === 'ENOSPC' || /no space left on device|disk quota exceeded/i.test(facts.message),
    say: (_, { code: system }) => ({
      kind: 'no-space',
      title: 'The disk is full',
      detail:
        system === 'ENOSPC'
          ? 'The file did not fit where you wanted it. Nothing half-written was kept.'
          : 'The engine has no room left for images.',
      hint: 'Free some space, or choose another place, and try again.',
    }),
  },
  {
    when: text(/no basic auth credentials|unauthorized|authentication required|401 Unauthorized/i),
    say: () => ({
      kind: 'sign-in',
      title: 'The registry wants you to sign in first',
      detail: 'It does not know this computer, or the name and password it was given are no longer right.',
      hint: 'Sign in with “docker login”, then try again.',
    }),
  },
  {
    when: text(/pull access denied for ([^,\s]+)/i),
    say: ([, name]) => ({
      kind: 'sign-in',
      title: `${name} does not exist, or you may not get it`,
      detail: 'A registry gives the same answer for an image that does not exist and for one that needs a sign-in.',
      hint: 'Check the spelling. If the image is private, sign in first.',
    }),
  },
  {
    when: text(/denied|insufficient_scope|403 Forbidden/i),
    say: () => ({
      kind: 'registry-refused',
      title: 'The registry refused',
      detail: 'You are not allowed to do that with this repository.',
      hint: 'Check the name before the “/”: it usually has to be your own.',
    }),
  },
  {
    when: text(
      /An image does not exist locally with the tag: (\S+)|failed to find image (\S+):|No such image: (\S+)|reference does not exist/i,
    ),
    say: ([, a, b, c]) => ({
      kind: 'not-found',
      title: `There is no image ${(a ?? b ?? c ?? '').replace(/^(sha256:\w{12})\w+/, '$1') || 'of that name'} here`,
      detail: 'It was removed or renamed in the meantime, or the name is misspelt.',
      hint: 'Look at the list of images and choose again.',
    }),
  },
  {
    when: text(/manifest unknown|manifest for (\S+) not found|not found: manifest/i),
    say: ([, name]) => ({
      kind: 'not-found',
      title: `The registry has no image ${name ?? 'of that name and tag'}`,
      detail: 'The repository may exist, but not with this tag.',
      hint: 'Check the spelling of the name and of the tag after the “:”.',
    }),
  },
  {
    when: text(/server gave HTTP response to HTTPS client|x509|certificate|tls:/i),
    say: () => ({
      kind: 'registry-unreachable',
      title: 'The registry’s connection is not trusted',
      detail: 'The engine asks for an encrypted connection with a certificate it knows, and the registry has none.',
      hint: 'Registries on “localhost” need none. For another one, ask its owner how to trust it.',
    }),
  },
  {
    when: text(
      /(?:dial tcp|lookup|Get "https?:|Head "https?:|Put "https?:|Post "https?:|Patch "https?:)[^\n]*?(?:refused|no such host|timeout|timed out|unreachable|EOF|reset by peer|server misbehaving|network)/i,
    ),
    say: (_, { message }) => ({
      kind: 'registry-unreachable',
      title: `The registry ${hostOf(message) ?? ''} does not answer`.replace('  ', ' '),
      detail: 'It is switched off, its address is wrong, or this computer has no network.',
      hint: 'Check the address and the network, then try again.',
    }),
  },
  {
    when: text(
      /conflict: unable to (?:remove repository reference|delete)[^\n]*container (\w+)|image is being used by (?:running|stopped) container (\w+)/i,
    ),
    say: ([, a, b]) => ({
      kind: 'in-use',
      title: 'A container uses this image',
      detail: `The container ${a ?? b ?? ''} was made from it.`,
      hint: 'Remove the container first.',
    }),
  },
  {
    when: text(/image has dependent child images/i),
    say: () => ({
      kind: 'in-use',
      title: 'Other images are built on this one',
      detail: 'It can only go together with them.',
      hint: 'Remove those images first.',
    }),
  },
  {
    when: text(/port is already allocated|address already in use/i),
    say: () => ({
      kind: 'port-taken',
      title: 'The port is already taken',
      detail: 'Another program uses the port that was chosen.',
      hint: 'Try again: Layerdeck looks for another free port.',
    }),
  },
  {
    when: text(
      /unexpected EOF|invalid tar header|archive\/tar|invalid diffID|invalid checksum|flate: corrupt|gzip: invalid|zstd|not a docker-archive|does not contain a valid|invalid header|manifest\.json: no such file/i,
    ),
    say: () => ({
      kind: 'bad-archive',
      title: 'The file is damaged or is not an image',
      detail: 'Its contents do not add up: it was cut off, changed on the way, or is something else.',
      hint: 'Copy or save it again from where it came.',
    }),
  },
  {
    when: text(/invalid reference format|invalid tag format|repository name must be/i),
    say: () => ({
      kind: 'name-invalid',
      title: 'That is no valid name for an image',
      detail: 'Names have small letters, digits, “.”, “_”, “-” and “/”, then a “:” and a tag.',
      hint: 'Type something like my-app:1.0.',
    }),
  },
  {
    when: (facts) => facts.code === 'EACCES' || facts.code === 'EPERM' || /permission denied/i.test(facts.message),
    say: () => ({
      kind: 'not-permitted',
      title: 'This computer does not allow it',
      detail: 'Your user may not use the file or the engine’s socket.',
      hint: 'Choose another place, or ask the owner of this computer to let you use the engine.',
    }),
  },
  {
    when: (facts) =>
      code('ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE')(facts) ||
      /socket hang up|aborted|premature close/i.test(facts.message),
    say: () => ({
      kind: 'engine-lost',
      title: 'The engine stopped answering',
      detail: 'It was stopped or it crashed while it was at work. What was not finished is lost.',
      hint: 'Start the engine again; Layerdeck connects by itself. Then try again.',
    }),
  },
  {
    when: (facts) => facts.code === 'ENOENT' && facts.syscall !== 'connect',
    say: () => ({
      kind: 'not-found',
      title: 'The file or folder is not there any more',
      detail: 'It was moved, renamed or removed since you chose it.',
      hint: 'Choose it once more.',
    }),
  },
  {
    when: code('ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ABORT_ERR'),
    say: () => ({
      kind: 'engine-missing',
      title: 'No engine answers there',
      detail: 'There is nothing at this address.',
      hint: 'Start the engine; Layerdeck connects by itself.',
    }),
  },
  {
    when: (facts) => facts.status === 404 && /No such image: ?(\S+)?|not found/i.exec(facts.message),
    say: ([, name]) => ({
      kind: 'not-found',
      title: name ? `There is no image ${name} any more` : 'It is not there any more',
      detail: 'It was removed or renamed in the meantime.',
      hint: 'Look at the list of images and choose again.',
    }),
  },
];

function exitMeaning(exit: number): string {
  if (exit === 127) return 'A command in the step was not found: it is misspelt or not installed in the image.';
  if (exit === 126)
    return 'A command in the step may not be run: it is not marked as a program, or was built for another kind of computer.';
  if (exit === 137) return 'The step was killed, most often because it needed more memory than there is.';
  return 'The command in the step ended with an error of its own.';
}

const hostOf = (message: string): string | undefined =>
  /(?:https?:\/\/|dial tcp:? (?:lookup )?)([^/"\s]+?)(?:[/"\s]|: |$)/.exec(message)?.[1];
