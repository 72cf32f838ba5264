import { text, type Wording } from './wording.ts';

/** What engines say of images, names, containers and archives. */
export const imageWordings: Wording[] = [
  {
    when: text(
      /An image does not exist locally with the tag: (\S+)|failed to find image (\S+):|No such image: (\S+)|reference does not exist/i,
    ),
    say: ([, a, b, c]) => ({
      kind: 'not-found',
      title: `There is no image ${(a ?? b ?? c ?? '').replace(/^(sha256:\w{12})\w+/, '$1') || 'of that name'} here`,
      detail: 'It was removed or renamed in the meantime, or the name is misspelt.',
      hint: 'Look at the list of images and choose again.',
    }),
  },
  {
    when: text(
      /conflict: unable to (?:remove repository reference|delete)[^\n]*container (\w+)|image is being used by (?:running|stopped) container (\w+)/i,
    ),
    say: ([, a, b]) => ({
      kind: 'in-use',
      title: 'A container uses this image',
      detail: `The container ${a ?? b ?? ''} was made from it.`,
      hint: 'Remove the container first.',
    }),
  },
  {
    when: text(/image has dependent child images/i),
    say: () => ({
      kind: 'in-use',
      title: 'Other images are built on this one',
      detail: 'It can only go together with them.',
      hint: 'Remove those images first.',
    }),
  },
  {
    when: text(/port is already allocated|address already in use/i),
    say: () => ({
      kind: 'port-taken',
      title: 'The port is already taken',
      detail: 'Another program uses the port that was chosen.',
      hint: 'Try again: Layerdeck looks for another free port.',
    }),
  },
  {
    when: text(
      /unexpected EOF|invalid tar header|archive\/tar|invalid diffID|invalid checksum|flate: corrupt|gzip: invalid|zstd|not a docker-archive|does not contain a valid|invalid header|(?:manifest\.json|repositories): no such file/i,
    ),
    say: () => ({
      kind: 'bad-archive',
      title: 'The file is damaged or is not an image',
      detail: 'Its contents do not add up: it was cut off, changed on the way, or is something else.',
      hint: 'Copy or save it again from where it came.',
    }),
  },
  {
    when: text(/cannot load (\w+) image on (\w+)/),
    say: ([, theirs, own]) => ({
      kind: 'bad-archive',
      title: `The image is for ${theirs}, and the engine runs ${own}`,
      detail: 'The file is not to blame: an engine keeps images of its own system only.',
      hint: `Load it on a computer whose engine runs ${theirs}.`,
    }),
  },
  {
    when: text(/invalid reference format|invalid tag format|repository name must be/i),
    say: () => ({
      kind: 'name-invalid',
      title: 'That is no valid name for an image',
      detail: 'Names have small letters, digits, “.”, “_”, “-” and “/”, then a “:” and a tag.',
      hint: 'Type something like my-app:1.0.',
    }),
  },
  {
    // a manifest that is missing is the registry's to say
    when: (facts) => facts.status === 404 && !/manifest/.test(facts.message) && /No such image: ?(\S+)?|not found/i.exec(facts.message),
    say: ([, name]) => ({
      kind: 'not-found',
      title: name ? `There is no image ${name} any more` : 'It is not there any more',
      detail: 'It was removed or renamed in the meantime.',
      hint: 'Look at the list of images and choose again.',
    }),
  },
  {
    when: text(/a line of the answer does not end/),
    say: () => ({
      kind: 'unknown',
      title: 'The engine’s answer could not be read',
      detail: 'One line of it is longer than any line that an engine sends. Layerdeck stopped reading it.',
      hint: 'Try again. If it happens again, look whether a proxy stands between this computer and the engine.',
    }),
  },
  {
    when: text(/no space left on device|disk quota exceeded/i),
    say: () => ({
      kind: 'no-space',
      title: 'The engine’s disk is full',
      detail: 'It has no room left for images.',
      hint: 'Remove images that you no longer need, then try again.',
    }),
  },
  {
    when: text(/permission denied|operation not permitted/i),
    say: () => ({
      kind: 'not-permitted',
      title: 'The engine may not do that',
      detail: 'It is not allowed to use a file or folder that it needs.',
      hint: 'The original message below names it. Ask the owner of the engine’s computer.',
    }),
  },
];
