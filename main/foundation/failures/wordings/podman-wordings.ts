import { noSuchStage, notInFolder } from './context-wordings.ts';
import { mistake, noImageName } from './syntax-wordings.ts';
import { text, type Wording } from './wording.ts';

/** What Podman's builder says of a Dockerfile in words of its own (Buildah's run_linux.go, stage_executor.go and copier). */
export const podmanWordings: Wording[] = [
  {
    when: text(/copier: stat: error resolving "\/([^"]+)": [^\n]*too many levels of symbolic links/),
    say: ([, path = '']) => ({
      kind: 'dockerfile',
      title: `The link ${path} leads back to itself`,
      detail: 'A COPY or ADD follows the link and never reaches a file.',
      hint: 'Remove the link, or put the file in its place.',
    }),
  },
  { when: text(/copier: stat: "\/([^"]+)": no such file/), say: ([, path = '']) => notInFolder(path) },
  { when: text(/COPY --from=(\S+): no stage or image found with that name/), say: ([, name = '']) => noSuchStage(name) },
  { when: text(/Invalid image name "(.*?)", expected colon-separated transport:reference/), say: ([, name = '']) => noImageName(name) },
  {
    when: text(/secret required but no secret with id "(.*?)" found/),
    say: ([, id]) => ({
      kind: 'invalid-input',
      title: `A step needs the secret “${id}”`,
      detail: 'The Dockerfile requires it, and Layerdeck can’t give secrets to Podman.',
      hint: 'Build with “podman build --secret” or on a Docker engine, or remove “required” from the step.',
    }),
  },
  {
    when: text(/ssh required but no ssh with id (\S+) found/),
    say: () => ({
      kind: 'invalid-input',
      title: 'A step needs an SSH key',
      detail: 'The Dockerfile requires one with --mount=type=ssh, and Layerdeck can’t give SSH keys to Podman.',
      hint: 'Build with “podman build --ssh” or on a Docker engine.',
    }),
  },
  {
    when: text(/looking up user "(.*?)"/),
    say: ([, name]) => ({
      kind: 'dockerfile',
      title: `The image has no user ${name}`,
      detail: 'A USER or --chown names a user that neither the base image nor an earlier step has added.',
      hint: 'Add the user in an earlier RUN, or use the user’s number.',
    }),
  },
  mistake(/the target "(.*?)" was not found in the provided Dockerfile/, (name) => [
    `The Dockerfile has no stage ${name}`,
    'Podman finds a stage only by its name or number, with the same capitals.',
    'Choose another target in the build’s options.',
  ]),
  mistake(/invalid mount type "(.*?)"/, (type) => [
    `There’s no mount type ${type}`,
    'The mount types for a RUN are bind, cache, tmpfs, secret and ssh.',
    'Look for a typo after --mount=type=, then build again.',
  ]),
  mistake(/must set volume destination/, () => [
    'A RUN --mount has no target',
    'It needs “target=” with the folder where the step finds it.',
    'Add a target, as in --mount=type=cache,target=/root/.cache, then build again.',
  ]),
  mistake(/: (\w+) only supports the (--.*) flags?$/, (keyword, flags) => [
    `A line with ${keyword} has an option that doesn’t exist`,
    `The engine supports ${flags}.`,
    'Look for a typo after “--”, then build again.',
  ]),
  mistake(/(?:^|: )([A-Z]+) requires (.*)$/, (keyword, what) => [
    `A line with ${keyword} has too few words or too many`,
    `The engine says that it requires ${what}.`,
    'Fix that line and build again.',
  ]),
  mistake(
    /(?:Missing ':'[^:]*|Unsupported modifier \(.*?\)) in substitution: (\S+)|Original:[^\n]*?(\$\{\S*)[^\n]*: unexpected end of statement while looking for matching }/,
    (word) => [
      `The Dockerfile has a variable that this builder can’t read: ${word}`,
      `Variables are written \${NAME}, \${NAME:-value if empty} or \${NAME:+value if not empty}. On most lines it can’t contain a space.`,
      'Fix it and build again.',
    ],
  ),
  mistake(/unable to parse platform "(.*?)"/, (platform) => [
    `There’s no platform ${platform}`,
    'A platform is a system and a kind of computer, such as linux/amd64 or linux/arm64.',
    'Fix it on the FROM line, or choose another one in the build’s options.',
  ]),
  mistake(/destination (\S+) already exists but is not a directory/, (path) => [
    `${path} is a file in the image, not a folder`,
    'A COPY or ADD uses it as a folder.',
    'Use another path. Without a “/” at the end, COPY and ADD take the target for a file.',
  ]),
  mistake(/stage \d+ requires a FROM instruction|no FROM statement found/, () => [
    'The Dockerfile doesn’t begin with FROM',
    'FROM names the image to start from and comes before every other step.',
    'Begin the file with a line such as FROM alpine, then build again.',
  ]),
  mistake(/no contents in "[^"]*"|: no stages to build$/, () => [
    'The Dockerfile has no steps',
    'It’s empty, or it has only comments.',
    'Begin the file with a line such as FROM alpine, then build again.',
  ]),
];
