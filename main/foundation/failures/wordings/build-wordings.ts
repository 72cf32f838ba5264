import { contextWordings, notInFolder } from './context-wordings.ts';
import { dockerfileWordings } from './dockerfile-wordings.ts';
import { podmanWordings } from './podman-wordings.ts';
import { causeOf } from './step-causes.ts';
import { syntaxWordings } from './syntax-wordings.ts';
import { text, type Wording } from './wording.ts';

// Podman's words end with it
const exitIn = /exit code: (\d+)|: while running runtime: exit status (\d+)$/;

/** Errors in a Dockerfile and its steps. */
export const buildWordings: Wording[] = [
  {
    when: (facts) => (facts.exitCode === undefined ? exitIn.exec(facts.message) : ['', String(facts.exitCode)]),
    say: ([, docker, podman], { message, output }) => ({
      kind: 'step-failed',
      title: `A step of the build failed with exit code ${docker ?? podman}`,
      ...causeOf(Number(docker ?? podman), `${message}\n${output ?? ''}`),
    }),
  },
  ...podmanWordings,
  ...dockerfileWordings,
  ...contextWordings,
  {
    when: text(/exec: "([^"]+)": (?:executable file not found|stat [^\n]*no such file)/),
    say: ([, command]) => ({
      kind: 'step-failed',
      title: `A step of the build couldn’t start ${command}`,
      detail: 'The image has no program with that name in the folders for programs.',
      hint: 'Check the spelling, or install the program in an earlier step.',
    }),
  },
  {
    when: text(/no match for platform in manifest|no matching manifest for (\S+)|does not match the specified platform/i),
    say: ([, platform]) => ({
      kind: 'not-found',
      title: `The base image isn’t made for ${platform ?? 'the chosen platform'}`,
      detail: 'An image is made for one or more kinds of computers, and this kind isn’t among them.',
      hint: 'Choose another platform for the build, or another base image.',
    }),
  },
  {
    when: text(/secret (\S+?): not found|secret (\S+) not found/i),
    say: ([, a, b]) => ({
      kind: 'invalid-input',
      title: `A step needs the secret “${a ?? b}”`,
      detail: 'The Dockerfile requires it, and the build wasn’t given a secret with that name.',
      hint: 'Add the secret to the build, from a file or from the environment, then build again.',
    }),
  },
  {
    when: text(/(?:dockerfile parse error|Dockerfile parse error)(?: on)? line (\d+): (.*)/i),
    say: ([, line, what]) => ({
      kind: 'dockerfile',
      title: `The Dockerfile has a mistake on line ${line}`,
      detail: `The engine says: ${what}.`,
      hint: 'Fix that line and build again.',
    }),
  },
  ...syntaxWordings,
  {
    when: text(/unknown instruction: (\S+)/i),
    say: ([, word]) => ({
      kind: 'dockerfile',
      title: `The Dockerfile has an instruction that doesn’t exist: ${word}`,
      detail: 'Each line begins with an instruction such as FROM, RUN or COPY.',
      hint: 'Look for a typo, then build again.',
    }),
  },
  {
    // the builder asks for it over a session, which may break off like any connection
    when: text(/failed to read dockerfile:.*code = Unavailable/i),
    say: () => ({
      kind: 'engine-lost',
      title: 'The builder lost its connection to Layerdeck',
      detail: 'The builder asks Layerdeck for the Dockerfile and the files of the folder. The connection for that broke off.',
      hint: 'Build again. If it happens again, restart the engine.',
    }),
  },
  {
    when: text(/(?:failed to read dockerfile|Cannot locate specified Dockerfile|no such file or directory.*Dockerfile)/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile wasn’t found',
      detail: 'The folder has no file with that name, or .dockerignore leaves it out.',
      hint: 'Choose another Dockerfile or folder.',
    }),
  },
  {
    // containerd's store: between two steps the engine cleared away a layer that nothing named yet
    when: text(/parent snapshot \S+ does not exist/i),
    say: () => ({
      kind: 'step-failed',
      title: 'The engine cleared a layer away that the build needed',
      detail: 'The engine tidies up while it builds, and was too quick. Neither the Dockerfile nor the folder is at fault.',
      hint: 'Build it again.',
    }),
  },
  {
    when: text(/no build stage in current context/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile doesn’t begin with FROM',
      detail: 'FROM names the image to start from and comes before every other step.',
      hint: 'Begin the file with a line such as FROM alpine, then build again.',
    }),
  },
  {
    when: text(/the Dockerfile(?: \(.*?\))? cannot be empty|file with no instructions/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile has no steps',
      detail: 'It’s empty, or it has only comments.',
      hint: 'Begin the file with a line such as FROM alpine, then build again.',
    }),
  },
  {
    when: text(/(?:COPY|ADD) failed: no source files were specified/),
    say: () => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD matches no file',
      detail: 'Nothing in the folder matches its pattern, or .dockerignore leaves it out.',
      hint: 'Check the pattern and the .dockerignore file.',
    }),
  },
  {
    // BuildKit puts a “/” before every name
    when: text(/"\/?([^"]+)": not found|failed to compute cache key.*?"\/?([^"]+)"/),
    say: ([, a, b]) => notInFolder(a ?? b ?? ''),
  },
  {
    // nobody stopped it: of several parallel failures, the engine reported the step that it cancelled itself
    when: text(/^(?:rpc error: code = \w+ desc = )?context cancell?ed$/i),
    say: () => ({
      kind: 'step-failed',
      title: 'The engine cancelled the build',
      detail: 'Something in the build failed, but the engine doesn’t say what.',
      hint: 'Build again. Usually the engine then names the cause.',
    }),
  },
];
