import { text, type Wording } from './wording.ts';

/** What builders say of the folder's files, and of what an ADD gets from elsewhere. */
export const contextWordings: Wording[] = [
  {
    when: text(/forbidden path outside the build context: (.*?) \(/i),
    say: ([, path = '']) => outsideFolder(path),
  },
  {
    when: text(/failed to unmarshal the received message: string field contains invalid UTF-8/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A file has a name that this builder cannot read',
      detail:
        'The name is not in UTF-8, as names from very old systems are. Newer builders take no such names, also not from docker’s own command.',
      hint: 'Rename the file (“Look inside…” shows its name with the sign “\ufffd”), or leave it out with a line in .dockerignore.',
    }),
  },
  {
    when: text(/too many (?:symlinks: \/?(\S+)|links)/i),
    say: ([, path]) => ({
      kind: 'dockerfile',
      title: path ? `The link ${path} leads back to itself` : 'A link in the folder leads back to itself',
      detail: 'A COPY or ADD follows it and never comes to a file.',
      hint: 'Remove the link, or put the file in its place.',
    }),
  },
  {
    when: text(/error reading \.dockerignore: .*is a directory/i),
    say: () => ({
      kind: 'dockerfile',
      title: '.dockerignore is a folder',
      detail: 'It should be a file with the names of what is left out of the build. The classic builder does not build without.',
      hint: 'Rename the folder, or remove it.',
    }),
  },
  {
    when: text(/(?:COPY|ADD) failed:[^\n]*? stat ([\s\S]+?): (?:file does not exist|no such file)/i),
    say: ([, path = '']) => notInFolder(path),
  },
  {
    // BuildKit names where it has put the folder, and then the file
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
      detail: `There is a file already at ${inImage(path)}, from the base image or a step before.`,
      hint: 'Give it another place at the end of the line, or remove the file in a step before.',
    }),
  },
  {
    when: text(/cannot (?:replace|overwrite) (?:to )?(?:directory|non-directory) (\S+)|cannot overwrite (?:non-)?directory/i),
    say: ([, path]) => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD puts a file where a folder is',
      detail: `There is a folder already at ${inImage(path)}, from the base image or a step before.`,
      hint: 'Give it another place at the end of the line, or name a place inside the folder.',
    }),
  },
  {
    when: text(/Error processing tar file[^\n]*: link (\S+)/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A second name of a file could not be made',
      detail: 'A file of the folder has several names (hard links), and the first one is at no place where the others can be made.',
      hint: 'Copy the file under its second name instead of linking it, and build again.',
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
      detail: 'A tab or the like stands in it. BuildKit cannot be told such names, also not by docker’s own command.',
      hint: 'Rename the file, or put a “?” in the place of that character.',
    }),
  },
  {
    when: text(/illegal exclusion pattern: "(!?)"/i),
    say: () => ({
      kind: 'dockerfile',
      title: '.dockerignore has a line that is no pattern: “!”',
      detail: 'A “!” keeps what is named after it, and nothing is.',
      hint: 'Remove the line, or name a file after it.',
    }),
  },
  {
    when: text(/syntax error in pattern/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A pattern of file names cannot be read',
      detail: 'It stands in .dockerignore, or in a COPY or ADD.',
      hint: 'Look for a “[” without its “]” or a “\\” at the end, correct it and build again.',
    }),
  },
  {
    when: text(/git error: exec: "git"|exec: "git": executable file not found[\s\S]*(?:init repo|fetch)/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The engine has no git',
      detail: 'An ADD gets a git repository, and the engine’s computer lacks the program for that.',
      hint: 'Install git where the engine runs, or put the repository’s files into the folder.',
    }),
  },
  {
    when: text(/failed to fetch remote (\S+?):? /i),
    say: ([, address]) => ({
      kind: 'dockerfile',
      title: `The git repository ${address} could not be got`,
      detail: 'An ADD asks for it. It does not exist, wants a sign-in, or the engine has no network.',
      hint: 'Check the address and the engine’s network.',
    }),
  },
  {
    // of an ADD: a registry is asked with more words before
    when: text(/(?:ADD failed|failed to load cache key): (?:Get|Head) "?((?:https?:\/\/)([^/"\s]+)[^"\s]*)"?: /i),
    say: ([, address, host]) => ({
      kind: 'dockerfile',
      title: `${host} does not answer`,
      detail: `An ADD gets ${address} from there. The address is wrong, the computer is switched off, or the engine has no network.`,
      hint: 'Check the address in the Dockerfile and the engine’s network. Behind a proxy, the engine needs to know it.',
    }),
  },
  {
    when: text(/failed to GET (\S+) with status (\d+)|invalid response status (\d+)/i),
    say: ([, address, a, b]) => ({
      kind: 'dockerfile',
      title: `The address of an ADD gave no file: it answered ${a ?? b}`,
      detail: `${address ?? 'What it asks for'} ${Number(a ?? b) === 404 ? 'does not exist there' : 'was not given out'}.`,
      hint: 'Check the address in the Dockerfile.',
    }),
  },
  {
    when: text(/invalid checksum digest|digest mismatch/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'An ADD did not get what its checksum says',
      detail: 'The --checksum is misspelt, or what lies at the address has changed.',
      hint: 'Compare the checksum with the one that its publisher gives.',
    }),
  },
  {
    when: text(/invalid from flag value (\S+?):/i),
    say: ([, name]) => ({
      kind: 'dockerfile',
      title: `COPY --from=${name} names no stage, and no image that can be got`,
      detail: 'A stage has to stand above the line. What is none is looked for in a registry.',
      hint: 'Check the spelling against the names after AS.',
    }),
  },
  {
    // `# syntax=` names an image that reads the Dockerfile
    when: text(
      /(?:frontend gateway\.v0: failed to|docker\/dockerfile(?:-upstream)?[:/])[^\n]*(?:dial tcp|no such host|refused|timeout|not found)/i,
    ),
    say: () => ({
      kind: 'registry-unreachable',
      title: 'What reads this Dockerfile could not be got',
      detail: 'Its line “# syntax=” asks for a reader of Dockerfiles out of a registry, and the registry does not answer or lacks it.',
      hint: 'Check the network, or remove the line: the builder’s own reader knows most instructions.',
    }),
  },
];

/** Also said of what BuildKit looks for inside of the folder, though the Dockerfile names a place above it. */
export const outsideFolder = (path: string) => ({
  kind: 'dockerfile' as const,
  title: `${path} is not in the folder`,
  detail: path.split('/').includes('..')
    ? 'A COPY or ADD names a place above the folder. A build sees the chosen folder and what is below it, and nothing else.'
    : 'It is a link that leads out of the folder or back to itself. A build sees the chosen folder and what is below it, and nothing else.',
  hint: 'Choose a folder further up that holds all of it, or put the file into this folder.',
});

/** A COPY or ADD of what was not sent. */
export const notInFolder = (path: string) => ({
  kind: 'dockerfile' as const,
  title: `The build needs ${path.trim() === path ? path : `“${path}”`}, but it is not in the folder`,
  detail: 'A COPY or ADD names a file that was not sent. It does not exist, or .dockerignore leaves it out.',
  hint: 'Check the spelling and the .dockerignore file.',
});

/** A place in the image, where the builder names it by the folder that it has the image in. */
const inImage = (path = ''): string => path.replace(/^.*?(?:buildkit-mount\d+|overlay2\/\w+\/merged)\/?/, '/') || 'that place';
