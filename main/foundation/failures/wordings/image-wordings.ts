import { text, type Wording } from './wording.ts';

/** Engines' errors about images, names, containers and archives. */
export const imageWordings: Wording[] = [
  {
    // Docker 26 with containerd's store; Docker 28 publishes what is here
    when: text(/push a manifest list\/index which references multiple platform specific manifests/i),
    say: () => ({
      kind: 'not-found',
      title: 'Some platforms of the image aren’t here',
      detail:
        'The image names several platforms. This engine publishes all of them or none, and some are neither here nor in the registry.',
      hint: 'Update the engine: newer ones publish the platforms that are here.',
    }),
  },
  {
    when: text(
      /An image does not exist locally with the tag: (\S+)|failed to find image (\S+):|No such image: (\S+?):?(?=\s|$)|reference does not exist/i,
    ),
    say: ([, a, b, c]) => ({
      kind: 'not-found',
      title: `There’s no image ${(a ?? b ?? c ?? '').replace(/^(sha256:\w{12})\w+/, '$1') || 'with that name'} here`,
      detail: 'It was removed or renamed in the meantime, or the name has a typo.',
      hint: 'Go to the list of images and choose again.',
    }),
  },
  {
    when: text(
      /conflict: unable to (?:remove repository reference|delete)[^\n]*container (\w+)|image is being used by (?:running|stopped) container (\w+)|image used by (\w{12})\w*: image is in use by a container/i,
    ),
    say: ([, a, b, c]) => ({
      kind: 'in-use',
      title: 'A container uses this image',
      detail: `The container ${a ?? b ?? c ?? ''} was made from it.`,
      hint: 'Remove the container first.',
    }),
  },
  {
    when: text(/image has dependent child images/i),
    say: () => ({
      kind: 'in-use',
      title: 'Other images are built on this one',
      detail: 'It can only be removed together with them.',
      hint: 'Remove those images first.',
    }),
  },
  {
    when: text(/port is already allocated|address already in use/i),
    say: () => ({
      kind: 'port-taken',
      title: 'The port is already in use',
      detail: 'Another program uses the chosen port.',
      hint: 'Try again. Layerdeck then looks for a free port.',
    }),
  },
  {
    when: text(
      /unexpected EOF|invalid tar header|archive\/tar|invalid diffID|invalid checksum|flate: corrupt|gzip: invalid|zstd|not a docker-archive|does not contain a valid|invalid header|(?:manifest\.json|repositories): no such file/i,
    ),
    say: () => ({
      kind: 'bad-archive',
      title: 'The file is damaged or isn’t an image',
      detail: 'Its content doesn’t add up: it was cut off, it was changed on the way, or it’s something else.',
      hint: 'Copy or save it again from where it came from.',
    }),
  },
  {
    when: text(/unhandled tar header type/),
    say: () => ({
      kind: 'bad-archive',
      title: 'The engine can’t read a file in the archive',
      detail:
        'A file in it is stored in a special form that this engine doesn’t support: for example, without its empty parts (tar --sparse).',
      hint: 'Unpack the archive, then pack its content with tar and no extra options.',
    }),
  },
  {
    when: text(/cannot load (\w+) image on (\w+)/),
    say: ([, theirs, own]) => ({
      kind: 'bad-archive',
      title: `The image is for ${theirs}, but the engine runs ${own}`,
      detail: 'The file isn’t to blame: an engine only stores images for its own system.',
      hint: `Load the file on a computer whose engine runs ${theirs}.`,
    }),
  },
  {
    when: text(/invalid reference format|invalid tag format|repository name must be/i),
    say: () => ({
      kind: 'name-invalid',
      title: 'The name isn’t a valid image name',
      detail: 'Names have lowercase letters, digits, “.”, “_”, “-” and “/”, then a “:” and a tag.',
      hint: 'Type something like my-app:1.0.',
    }),
  },
  {
    // a missing manifest is the registry's error, and so is a name that containerd doesn't find there
    when: (facts) =>
      facts.status === 404 &&
      !/manifest|failed to resolve reference/.test(facts.message) &&
      /No such image: ?(\S+)?|not found/i.exec(facts.message),
    say: ([, name]) => ({
      kind: 'not-found',
      title: name ? `The image ${name} no longer exists` : 'It no longer exists',
      detail: 'It was removed or renamed in the meantime.',
      hint: 'Go to the list of images and choose again.',
    }),
  },
  {
    when: text(/a line of the answer does not end/),
    say: () => ({
      kind: 'unknown',
      title: 'The engine’s answer couldn’t be read',
      detail: 'One of its lines is longer than anything an engine sends, so Layerdeck stopped reading.',
      hint: 'Try again. If it happens again, check whether there’s a proxy between this computer and the engine.',
    }),
  },
  {
    when: text(/no space left on device|disk quota exceeded/i),
    say: () => ({
      kind: 'no-space',
      title: 'The engine’s disk is full',
      detail: 'It has no space left for images.',
      hint: 'Remove images that you no longer need, then try again.',
    }),
  },
  {
    when: text(/permission denied|operation not permitted/i),
    say: () => ({
      kind: 'not-permitted',
      title: 'The engine isn’t allowed to do that',
      detail: 'It lacks permission for a file or folder that it needs.',
      hint: 'Look at the original message below, which names it, and ask the owner of the engine’s computer.',
    }),
  },
];
