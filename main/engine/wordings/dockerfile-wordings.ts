import { text, type Wording } from './wording.ts';

/** What builders refuse in a Dockerfile that is written as it should be, or nearly so. */
export const dockerfileWordings: Wording[] = [
  {
    when: text(/the (--[\w-]+) option requires BuildKit/i),
    say: ([, option]) => ({
      kind: 'dockerfile',
      title: `The classic builder knows no ${option}`,
      detail: 'It is no mistake, but only BuildKit, the newer builder, understands it.',
      hint: 'Open “Engine” at the foot of the window and choose “BuildKit where the engine has it”. Where it is chosen already, this engine has none.',
    }),
  },
  {
    when: text(/no SSH key "([^"]*)" forwarded/i),
    say: () => ({
      kind: 'invalid-input',
      title: 'A step wants an SSH key',
      detail: 'It asks for one with --mount=type=ssh, most often to get something from a git server. None was given to the build.',
      hint: 'Choose “Change…”, switch on “Let steps use the SSH keys of this computer” in the options, and build again.',
    }),
  },
  {
    when: text(/the SSH agent of this computer does not answer any more/),
    say: () => ({
      kind: 'invalid-input',
      title: 'The SSH agent of this computer went away',
      detail: 'A step cannot do without SSH keys. The agent, which keeps them, answered when the build began, and does not any more.',
      hint: 'Start it again and build again.',
    }),
  },
  {
    when: text(/unexpected end of statement while looking for matching (double|single)-quote/i),
    say: ([, kind]) => ({
      kind: 'dockerfile',
      title: `A ${kind === 'double' ? '“"”' : "“'”"} in the Dockerfile has no second one`,
      detail: 'What stands between two of them is one word, and this one never ends.',
      hint: 'Add the second one, or write a “\\” before the first if it is part of a name.',
    }),
  },
  {
    when: text(/No image was generated/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'This Dockerfile puts nothing into the image',
      detail: 'FROM scratch alone is empty, and the classic builder makes no image of nothing.',
      hint: 'Add a COPY or another step after FROM scratch.',
    }),
  },
  {
    when: text(/max depth exceeded/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'The image would have too many layers',
      detail: 'Each RUN, COPY and ADD adds one to those of the base image, and engines take no more than about 125 together.',
      hint: 'Join several RUN lines into one with “&&”, and several COPY lines into one.',
    }),
  },
  {
    when: text(/circular dependency detected on stage: (\S+)/i),
    say: ([, stage]) => ({
      kind: 'dockerfile',
      title: `The stage ${stage} needs itself`,
      detail: 'It takes files from a stage that needs this one first, so that neither can begin.',
      hint: 'Look at the COPY --from and FROM lines of these stages.',
    }),
  },
  {
    when: text(/base name \((.*?)\) should not be blank/i),
    say: ([, name]) => ({
      kind: 'dockerfile',
      title: `FROM names no image: ${name} is empty`,
      detail: 'The name is put together from build arguments, and none of them has a value.',
      hint: 'Fill in the build argument, or give it a default with ARG before the first FROM.',
    }),
  },
  {
    when: text(/unsupported mount type "([^"]*)"/i),
    say: ([, type]) => ({
      kind: 'dockerfile',
      title: `There is no mount of the type ${type}`,
      detail: 'A RUN can mount bind, cache, tmpfs, secret and ssh.',
      hint: 'Look for a typing mistake after --mount=type= and build again.',
    }),
  },
  {
    when: text(/Invalid containerPort: (\S+)/i),
    say: ([, port]) => ({
      kind: 'dockerfile',
      title: `EXPOSE names no port: ${port}`,
      detail: 'A port is a number from 1 to 65535, and may end in /tcp or /udp.',
      hint: 'Mend the line with EXPOSE and build again.',
    }),
  },
  {
    when: text(/line greater than maximum allowed size of (\d+)/i),
    say: ([, size]) => ({
      kind: 'dockerfile',
      title: 'The Dockerfile has a line that is too long',
      detail: `This builder takes lines of at most ${Number(size).toLocaleString('en')} characters.`,
      hint: 'Cut the line with a “\\” at its end, or put what it does into a file.',
    }),
  },
  {
    when: text(/unable to find user (\S+?):|can't find uid for user (\S+?):|no such user: (\S+)/i),
    say: ([, a, b, c]) => ({
      kind: 'dockerfile',
      title: `The image has no user ${a ?? b ?? c}`,
      detail: 'A USER or --chown names somebody whom the base image and the steps before do not know.',
      hint: 'Add the user in a RUN before, or name it by its number.',
    }),
  },
  {
    when: text(/with more than one source file, the destination must be a directory/i),
    say: () => ({
      kind: 'dockerfile',
      title: 'A COPY or ADD of several files has to end with “/”',
      detail: 'The last word is where the files go. For several of them it has to be a folder.',
      hint: 'Put a “/” at its end and build again.',
    }),
  },
];
