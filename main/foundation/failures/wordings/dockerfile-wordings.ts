import { text, type Wording } from './wording.ts';

/** Errors about Dockerfiles that are written correctly, or nearly so. */
export const dockerfileWordings: Wording[] = [
  {
    when: text(/the (--[\w-]+) option requires BuildKit/i),
    say: ([, option]) => ({
      kind: 'dockerfile',
      title: `The classic builder doesn’t support ${option}`,
      detail: 'It isn’t a mistake, but only BuildKit, the newer builder, understands it.',
      hint: 'Open “Engine” at the foot of the window and choose “BuildKit where the engine has it”. If that’s already chosen, this engine doesn’t have BuildKit.',
    }),
  },
  {
    when: text(/no SSH key "([^"]*)" forwarded/i),
    say: () => ({
      kind: 'invalid-input',
      title: 'A step needs an SSH key',
      detail: 'It asks for one with --mount=type=ssh, usually to download something from a git server. The build wasn’t given one.',
      hint: 'Choose “Change…”, switch on “Let steps use the SSH keys of this computer” in the options, then build again.',
    }),
  },
  {
    when: text(/the SSH agent of this computer no longer answers/),
    say: () => ({
      kind: 'invalid-input',
      title: 'This computer’s SSH agent stopped answering',
      detail: 'A step needs SSH keys. The agent that holds them answered when the build began but no longer does.',
      hint: 'Start the agent, then build again.',
    }),
  },
  {
    when: text(/unexpected end of statement while looking for matching (double|single)-quote/i),
    say: ([, kind]) => ({
      kind: 'dockerfile',
      title: `A ${kind === 'double' ? '“"”' : "“'”"} in the Dockerfile isn’t closed`,
      detail:
        'A quotation mark needs a second one in the same word, and COPY, ADD and others first split the line at spaces, even between quotation marks.',
      hint: 'For a name with a space, write a list: COPY ["a b.txt", "/to/"]. Otherwise add the second mark, or write a “\\” before the first if it’s part of a name.',
    }),
  },
  {
    when: text(/No image was generated/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'This Dockerfile puts nothing in the image',
      detail: 'FROM scratch by itself is empty, and the classic builder makes no empty images.',
      hint: 'Add a COPY or another step after FROM scratch.',
    }),
  },
  {
    when: text(/max depth exceeded/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The image would have too many layers',
      detail: 'Each RUN, COPY and ADD adds a layer to those of the base image, and engines accept only about 125 in total.',
      hint: 'Join several RUN lines into one with “&&”, and several COPY lines into one.',
    }),
  },
  {
    when: text(/circular dependency detected on stage: (\S+)/i),
    say: ([, stage]) => ({
      kind: 'dockerfile',
      title: `The stage ${stage} needs itself`,
      detail: 'It takes files from a stage that needs this one first, so neither can begin.',
      hint: 'Look at the COPY --from and FROM lines of these stages.',
    }),
  },
  {
    when: text(/base name \((.*?)\) should not be blank/i),
    say: ([, name]) => ({
      kind: 'dockerfile',
      title: `FROM names no image: ${name} is empty`,
      detail: 'The name is made from build arguments, and none of them has a value.',
      hint: 'Fill in the build argument, or give it a default with ARG before the first FROM.',
    }),
  },
  {
    when: text(/unsupported mount type "([^"]*)"/i),
    say: ([, type]) => ({
      kind: 'dockerfile',
      title: `There’s no mount type ${type}`,
      detail: 'The mount types for a RUN are bind, cache, tmpfs, secret and ssh.',
      hint: 'Look for a typo after --mount=type=, then build again.',
    }),
  },
  {
    when: text(/Invalid containerPort: (\S+)/i),
    say: ([, port]) => ({
      kind: 'dockerfile',
      title: `EXPOSE needs a port, but has ${port}`,
      detail: 'A port is a number from 1 to 65535 and may end in /tcp or /udp.',
      hint: 'Fix the EXPOSE line and build again.',
    }),
  },
  {
    when: text(/line greater than maximum allowed size of (\d+)/i),
    say: ([, size]) => ({
      kind: 'dockerfile',
      title: 'The Dockerfile has a line that is too long',
      detail: `This builder accepts lines of up to ${Number(size).toLocaleString('en')} characters.`,
      hint: 'Break the line with a “\\” at the end, or move its content to a file.',
    }),
  },
  {
    when: text(/unable to find user (\S+?):|can't find uid for user (\S+?):|no such user: (\S+)/i),
    say: ([, a, b, c]) => ({
      kind: 'dockerfile',
      title: `The image has no user ${a ?? b ?? c}`,
      detail: 'A USER or --chown names a user that neither the base image nor an earlier step has added.',
      hint: 'Add the user in an earlier RUN, or use the user’s number.',
    }),
  },
  {
    when: text(/with more than one source file, the destination must be a directory/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD of several files has to end in “/”',
      detail: 'The last word is the target. For several files it has to be a folder.',
      hint: 'Add a “/” at the end, then build again.',
    }),
  },
];
