import { contextWordings, notInFolder } from './context-wordings.ts';
import { dockerfileWordings } from './dockerfile-wordings.ts';
import { causeOf } from './step-causes.ts';
import { text, type Wording } from './wording.ts';

/** What goes wrong in a Dockerfile and its steps. */
export const buildWordings: Wording[] = [
  {
    when: (facts) => (facts.exitCode === undefined ? /exit code: (\d+)/.exec(facts.message) : ['', String(facts.exitCode)]),
    say: ([, exit], { message, output }) => ({
      kind: 'step-failed',
      title: `A step of the build failed with exit code ${exit}`,
      ...causeOf(Number(exit), `${message}\n${output ?? ''}`),
    }),
  },
  ...dockerfileWordings,
  ...contextWordings,
  {
    when: text(/exec: "([^"]+)": (?:executable file not found|stat [^\n]*no such file)/),
    say: ([, command]) => ({
      kind: 'step-failed',
      title: `A step of the build could not start ${command}`,
      detail: 'The image has no program of that name where programs are looked for.',
      hint: 'Check the spelling, or install the program in an earlier step.',
    }),
  },
  {
    when: text(/no match for platform in manifest|no matching manifest for (\S+)|does not match the specified platform/i),
    say: ([, platform]) => ({
      kind: 'not-found',
      title: `The base image is not made for ${platform ?? 'the platform that was chosen'}`,
      detail: 'An image is made for one or several kinds of computers, and this kind is not among them.',
      hint: 'Choose another platform for the build, or another base image.',
    }),
  },
  {
    when: text(/secret (\S+?): not found|secret (\S+) not found/i),
    say: ([, a, b]) => ({
      kind: 'invalid-input',
      title: `A step needs the secret “${a ?? b}”`,
      detail: 'The Dockerfile says that it cannot do without, and none of that name was given.',
      hint: 'Add the secret to the build, from a file or from the environment, and build again.',
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
    when: text(/no build stage in current context/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile does not begin with FROM',
      detail: 'FROM names the image to start from, and comes before every other step.',
      hint: 'Begin it with a line such as FROM alpine and build again.',
    }),
  },
  {
    when: text(/the Dockerfile(?: \(.*?\))? cannot be empty|file with no instructions/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile has no steps',
      detail: 'It is empty, or has nothing but comments.',
      hint: 'Begin it with a line such as FROM alpine and build again.',
    }),
  },
  {
    when: text(/(?:COPY|ADD) failed: no source files were specified/),
    say: () => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD matches no file',
      detail: 'Nothing in the folder fits its pattern, or .dockerignore leaves it out.',
      hint: 'Check the pattern and the .dockerignore file.',
    }),
  },
  {
    // BuildKit puts a “/” before every name
    when: text(/"\/?([^"]+)": not found|failed to compute cache key.*?"\/?([^"]+)"/),
    say: ([, a, b]) => notInFolder(a ?? b ?? ''),
  },
  {
    // nobody here stopped it: of what failed side by side, the engine handed on the one that it called off
    when: text(/^(?:rpc error: code = \w+ desc = )?context cancell?ed$/i),
    say: () => ({
      kind: 'step-failed',
      title: 'The engine called the build off',
      detail: 'Something in it failed, and the engine does not say what.',
      hint: 'Build again: mostly the cause is then named.',
    }),
  },
];
