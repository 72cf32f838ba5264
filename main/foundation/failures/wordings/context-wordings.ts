import { text, type Wording } from './wording.ts';

/** Builders' errors about the folder's files and about downloads by ADD. */
export const contextWordings: Wording[] = [
  {
    when: text(/forbidden path outside the build context: (.*?) \(/i),
    say: ([, path = '']) => outsideFolder(path),
  },
  {
    when: text(/failed to unmarshal the received message: string field contains invalid UTF-8/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'This builder can’t read the name of a file',
      detail:
        'The name isn’t in UTF-8, as on very old systems. Newer builders don’t accept such names, not even from docker’s own command.',
      hint: 'Rename the file (“Look inside…” shows its name with the character “\ufffd”), or leave it out with a line in .dockerignore.',
    }),
  },
  {
    when: text(/too many (?:symlinks: \/?(\S+)|links)/i),
    say: ([, path]) => ({
      kind: 'dockerfile',
      title: path ? `The link ${path} leads back to itself` : 'A link in the folder leads back to itself',
      detail: 'A COPY or ADD follows the link and never reaches a file.',
      hint: 'Remove the link, or put the file in its place.',
    }),
  },
  {
    when: text(/error reading \.dockerignore: .*is a directory/i),
    say: () => ({
      kind: 'dockerfile',
      title: '.dockerignore is a folder',
      detail: 'It should be a file that lists what to leave out of the build. The classic builder refuses to build with a folder there.',
      hint: 'Rename the folder, or remove it.',
    }),
  },
  {
    when: text(/(?:COPY|ADD) failed:[^\n]*? stat ([\s\S]+?): (?:file does not exist|no such file)/i),
    say: ([, path = '']) => notInFolder(path),
  },
  {
    // BuildKit names the place where it put the folder, then the file
    when: text(/lstat (?:\/\S*?\/)?buildkit-mount\d+\/([\s\S]+?): (?:no such file|not a directory)/i),
    say: ([, path = '']) => notInFolder(path),
  },
  {
    when: text(/lstat ([\s\S]+?): (?:no such file|not a directory)/i),
    say: ([, path = '']) => notInFolder(path),
  },
  {
    when: text(/cannot copy to non-directory: (\S+)/i),
    say: ([, path]) => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD puts a folder where a file is',
      detail: `There’s already a file at ${inImage(path)}, from the base image or an earlier step.`,
      hint: 'Write another target at the end of the line, or remove the file in an earlier step.',
    }),
  },
  {
    when: text(/cannot (?:replace|overwrite) (?:to )?(?:directory|non-directory) (\S+)|cannot overwrite (?:non-)?directory/i),
    say: ([, path]) => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD puts a file where a folder is',
      detail: `There’s already a folder at ${inImage(path)}, from the base image or an earlier step.`,
      hint: 'Write another target at the end of the line, or a target inside the folder.',
    }),
  },
  {
    when: text(/Error processing tar file[^\n]*: link (\S+)/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A second name for a file couldn’t be created',
      detail: 'A file in the folder has several names (hard links), and the others can’t be created from where the first one is.',
      hint: 'Replace the second name with a copy of the file, then build again.',
    }),
  },
  {
    when: text(/header key "(exclude-patterns|followpaths)" contains value with non-printable ASCII/i),
    say: ([, list]) => ({
      kind: 'dockerfile',
      title:
        list === 'followpaths'
          ? 'A COPY or ADD names a file with a control character'
          : '.dockerignore has a line with a control character',
      detail: 'It contains a tab or something similar. Such names can’t be sent to BuildKit, not even by docker’s own command.',
      hint: 'Rename the file, or write a “?” in place of that character.',
    }),
  },
  {
    when: text(/illegal exclusion pattern: "(!?)"/i),
    say: () => ({
      kind: 'dockerfile',
      title: '.dockerignore has a line that isn’t a pattern: “!”',
      detail: 'A “!” keeps what is named after it, but here nothing is.',
      hint: 'Remove the line, or name a file after it.',
    }),
  },
  {
    when: text(/syntax error in pattern/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A pattern for file names can’t be read',
      detail: 'It’s in .dockerignore, or in a COPY or ADD.',
      hint: 'Look for a “[” without a “]” or a “\\” at the end. Correct it, then build again.',
    }),
  },
  {
    when: text(/git error: exec: "git"|exec: "git": executable file not found[\s\S]*(?:init repo|fetch)/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The engine has no git',
      detail: 'An ADD downloads a git repository, and the engine’s computer doesn’t have the git program.',
      hint: 'Install git where the engine runs, or put the repository’s files in the folder.',
    }),
  },
  {
    when: text(/failed to fetch remote (\S+?):? /i),
    say: ([, address]) => ({
      kind: 'dockerfile',
      title: `The git repository ${address} couldn’t be downloaded`,
      detail: 'An ADD asks for it. It doesn’t exist, it requires a sign-in, or the engine has no network.',
      hint: 'Check the address and the engine’s network.',
    }),
  },
  {
    // about an ADD: errors about registries have more text before this
    when: text(/(?:ADD failed|failed to load cache key): (?:Get|Head) "?((?:https?:\/\/)([^/"\s]+)[^"\s]*)"?: /i),
    say: ([, address, host]) => ({
      kind: 'dockerfile',
      title: `${host} doesn’t answer`,
      detail: `An ADD downloads ${address}. The address is wrong, the server is off, or the engine has no network.`,
      hint: 'Check the address in the Dockerfile and the engine’s network. Behind a proxy, the engine has to know the proxy.',
    }),
  },
  {
    when: text(/failed to GET (\S+) with status (\d+)|invalid response status (\d+)/i),
    say: ([, address, a, b]) => ({
      kind: 'dockerfile',
      title: `An ADD got no file from its address, which answered ${a ?? b}`,
      detail: `${address ?? 'The file it asks for'} ${Number(a ?? b) === 404 ? 'doesn’t exist' : 'wasn’t handed over'}.`,
      hint: 'Check the address in the Dockerfile.',
    }),
  },
  {
    when: text(/invalid checksum digest|digest mismatch/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'An ADD got a file that doesn’t match its checksum',
      detail: 'The --checksum has a typo, or the file at the address has changed.',
      hint: 'Compare the checksum with the one from the file’s publisher.',
    }),
  },
  {
    when: text(/invalid from flag value (\S+?):/i),
    say: ([, name = '']) => noSuchStage(name),
  },
  {
    // `# syntax=` names an image that reads the Dockerfile
    when: text(
      /(?:frontend gateway\.v0: failed to|docker\/dockerfile(?:-upstream)?[:/])[^\n]*(?:dial tcp|no such host|refused|timeout|not found)/i,
    ),
    say: () => ({
      kind: 'registry-unreachable',
      title: 'The reader for this Dockerfile couldn’t be downloaded',
      detail: 'The “# syntax=” line asks for a Dockerfile reader from a registry, and the registry doesn’t answer or doesn’t have it.',
      hint: 'Check the network, or remove the line: the builder’s own reader understands most instructions.',
    }),
  },
];

/** A COPY from something that is neither a stage nor an image. */
export const noSuchStage = (name: string) => ({
  kind: 'dockerfile' as const,
  title: `COPY --from=${name} names neither a stage nor an image that can be pulled`,
  detail: 'A stage has to be above the line. Any other name is looked up in a registry.',
  hint: 'Compare the spelling with the names after AS.',
});

/** A path outside the folder, including one above it that BuildKit looks for inside the folder. */
export const outsideFolder = (path: string) => ({
  kind: 'dockerfile' as const,
  title: `${path} isn’t in the folder`,
  detail: path.split('/').includes('..')
    ? 'A COPY or ADD names a place above the folder. A build only sees the chosen folder and what is below it.'
    : 'It’s a link that leads out of the folder or back to itself. A build only sees the chosen folder and what is below it.',
  hint: 'Choose a folder further up that contains everything, or put the file in this folder.',
});

/** A COPY or ADD of a file that was not sent. */
export const notInFolder = (path: string) => ({
  kind: 'dockerfile' as const,
  title: `The build needs ${path.trim() === path ? path : `“${path}”`}, but it isn’t in the folder`,
  detail: 'A COPY or ADD names a file that wasn’t sent. It doesn’t exist, or .dockerignore leaves it out.',
  hint: 'Check the spelling and the .dockerignore file.',
});

/** A path in the image, taken from the builder's path, which includes the folder it has the image in. */
const inImage = (path = ''): string => path.replace(/^.*?(?:buildkit-mount\d+|overlay2\/\w+\/merged)\/?/, '/') || 'that place';
