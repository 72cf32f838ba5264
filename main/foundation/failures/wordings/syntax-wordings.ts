import type { Failure } from '../../../../contract/failure.ts';
import { text, type Wording } from './wording.ts';

/** Mistakes in a Dockerfile whose line builders do not always name. */
export const syntaxWordings: Wording[] = [
  mistake(/can't find = in "(.*?)"\. Must be of the form/, (word) => [
    `“${word}” on an ENV or LABEL line has no “=”`,
    'Such a line is written NAME=value, and a value with a space needs quotation marks.',
    'Put the value in quotation marks, as in NAME="two words", then build again.',
  ]),
  mistake(/\b(ENV|LABEL) must have two arguments/, (keyword) => [
    `A line with ${keyword} gives no value`,
    'It is written NAME=value.',
    `Add “=” and the value after the name. For an empty value, write NAME="".`,
  ]),
  mistake(
    /failed to process "(.*?)": (?:syntax error: missing '}'|missing ':' in substitution|unsupported modifier \([\s\S]*?\) in substitution)/,
    (word) => [
      `The Dockerfile has a variable that this builder can’t read: ${word}`,
      `Variables are written \${NAME}, \${NAME:-value if empty} or \${NAME:+value if not empty}. On most lines it can’t contain a space.`,
      'Fix it and build again. Newer builders understand more forms.',
    ],
  ),
  mistake(/failed to process "\$\{.*?": (\w+): (.*)/, (name, words) => [
    `The variable ${name} has no value`,
    `The Dockerfile requires it and says: ${words}.`,
    `Fill in the build argument ${name}, or give it a value above that line.`,
  ]),
  { when: text(/failed to parse stage name "(.*?)": invalid reference format/), say: ([, name = '']) => noImageName(name) },
  mistake(/invalid signal: (\S+)/i, (signal) => [
    `STOPSIGNAL needs a signal, but has ${signal}`,
    'A signal is a name such as SIGTERM or a number.',
    'Fix the STOPSIGNAL line and build again.',
  ]),
  mistake(/invalid proto: (\S+)/i, (protocol) => [
    `EXPOSE needs a protocol, but has ${protocol}`,
    'A port may end in /tcp, /udp or /sctp.',
    'Fix the EXPOSE line and build again.',
  ]),
  mistake(/invalid mount target "\/"/, () => [
    'A RUN --mount has no target',
    'It needs “target=” with the folder where the step finds it, and “/” can’t be used.',
    'Add a target, as in --mount=type=cache,target=/root/.cache, then build again.',
  ]),
  mistake(/unexpected key '(.*?)' in|invalid field '(.*?)' must be a key=value pair|unsupported sharing value "(.*?)"/, (word) => [
    `RUN --mount doesn’t support “${word}”`,
    'After --mount= there are pairs such as type=cache, separated by commas without spaces.',
    'Look for a typo, then build again.',
  ]),
  mistake(/unterminated heredoc/, () => [
    'A here-document (<<) in the Dockerfile has no end',
    'It ends where its closing word, such as EOF, is alone on a line.',
    'Put that word on a line of its own, without spaces before it, then build again.',
  ]),
  mistake(/(\S+) stage name already used/, (stage) => [
    `Two stages are called ${stage}`,
    'The classic builder tells stages apart by their names.',
    'Give one of them another name.',
  ]),
  mistake(/failed to parse platform (\S+):/, (platform) => [
    `There’s no platform ${platform}`,
    'A platform is a system and a kind of computer, such as linux/amd64 or linux/arm64.',
    'Fix it on the FROM line, or choose another one in the build’s options.',
  ]),
  mistake(/mkdir (?:\/\S+\/(?:merged|fs|rootfs[^/ ]*))?(\/.*?): not a directory|Cannot mkdir: (.*?) is not a directory/, (path) => [
    `${path} is a file in the image, not a folder`,
    'A COPY, ADD or WORKDIR uses it as a folder.',
    'Use another path. Without a “/” at the end, COPY and ADD take the target for a file.',
  ]),
  mistake(/marshal LLB definition: arguments are required/, () => [
    'A RUN has no command',
    'Its list is empty, so there’s nothing to run.',
    'Write the command after RUN, or remove the line.',
  ]),
  mistake(/cannot normalize nothing/, () => [
    'WORKDIR has no folder',
    'The name is made from variables, and none of them has a value.',
    'Fill in the build argument, or give it a default with ARG.',
  ]),
];

/** A FROM or --from with something that is not a valid image name. */
export const noImageName = (name: string): Failure => ({
  kind: 'dockerfile',
  title: `${name} isn’t a valid image name`,
  detail: 'Names have lowercase letters, digits, “.”, “_”, “-” and “/”, then a “:” and a tag.',
  hint: 'Fix the name in the Dockerfile, or the build argument that it comes from.',
});

/** A pattern in the engine's text, and the title, detail and hint to show for it. `say` gets the pattern's groups that matched. */
export function mistake(pattern: RegExp, say: (...found: string[]) => [title: string, detail: string, hint: string]): Wording {
  return {
    when: text(pattern),
    say: ([, ...places]): Failure => {
      const [title, detail, hint] = say(...places.filter((place) => place !== undefined));
      return { kind: 'dockerfile', title, detail, hint };
    },
  };
}
