import { text, type Wording } from './wording.ts';

/** What goes wrong in a Dockerfile and its steps. */
export const buildWordings: Wording[] = [
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
    when: text(/the Dockerfile(?: \(.*?\))? cannot be empty|file with no instructions|no build stage in current context/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The Dockerfile has no steps',
      detail: 'It is empty, has nothing but comments, or does not begin with FROM, which names the image to start from.',
      hint: 'Begin it with a line such as FROM alpine and build again.',
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
];

function exitMeaning(exit: number): string {
  if (exit === 127) return 'A command in the step was not found: it is misspelt or not installed in the image.';
  if (exit === 126)
    return 'A command in the step may not be run: it is not marked as a program, or was built for another kind of computer.';
  if (exit === 137) return 'The step was killed, most often because it needed more memory than there is.';
  return 'The command in the step ended with an error of its own.';
}
