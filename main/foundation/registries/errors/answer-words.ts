import type { Reason, Trouble } from './failure-reason.ts';
import { type About, nameOf, nameWithin, type Words } from './registry-name.ts';

export type AnswerReason = Exclude<Reason, Trouble>;

const placeIn = ({ registry, repository }: About): string => (repository ? `${registry}/${repository}` : registry);

const noRegistry = ({ registry }: About, detail: string): Words => ({
  kind: 'registry-refused',
  title: `${registry} doesn’t answer like an image registry`,
  detail,
  hint: 'Check the address. Open it in a browser to see what is there.',
});

/** The wording for each answer that is a refusal. */
export const answerWords: Record<AnswerReason, (about: About) => Words> = {
  'login-needed': (about) => ({
    kind: 'sign-in',
    title: `${nameOf(about)} wants you to sign in first`,
    detail: 'This isn’t public, or there’s nothing with that name.',
    hint: 'Sign in, or check the spelling of the name.',
  }),
  'login-refused': (about) => ({
    kind: 'sign-in',
    title: `${nameOf(about)} doesn’t accept your sign-in`,
    detail: 'The user name and password are wrong or no longer valid.',
    hint: 'Sign in again.',
  }),
  'login-helper-missing': (about) => ({
    kind: 'sign-in',
    title: `${nameOf(about)} wants you to sign in first`,
    detail: `Docker’s settings say that the program “docker-credential-${about.missingHelper}” holds your sign-in, but it isn’t on this computer.`,
    hint: 'Install that program, or sign in here.',
  }),
  'not-let-in': (about) => ({ ...mayNotGet(about), title: `${nameOf(about)} doesn’t let you in` }),
  'may-not-get': (about) => mayNotGet(about),
  'may-not-push': (about) => ({
    kind: 'registry-refused',
    title: `You may not push to ${placeIn(about)}`,
    detail: `${whoYouAre(about)} The registry doesn’t accept a push to this name.`,
    hint: 'Check the part before the last “/”. It usually has to be your own name or your team’s.',
  }),
  'official-name': (about) => ({
    kind: 'registry-refused',
    title: `You may not push to ${placeIn(about)}`,
    detail: 'A name without a “/” belongs to Docker’s own images on Docker Hub.',
    hint: 'Add a tag such as your-name/app, and push that.',
  }),
  'no-image': (about) => ({
    kind: 'not-found',
    title: `The registry has no image ${placeIn(about)} with that tag`,
    detail: 'The repository may exist, but not with this tag.',
    hint: 'Check the spelling of the name and of the tag after the “:”.',
  }),
  'no-repository': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} has no repository ${about.repository ?? 'with this name'}`,
    detail: 'Some registries, such as Amazon’s, only accept images for repositories that already exist.',
    hint: 'Check the spelling of the name. If it’s right, create the repository on the registry’s website, then try again.',
  }),
  'no-registry': (about) => noRegistry(about, 'There’s a server, but it has nothing where a registry would answer. It may be a website.'),
  'layer-lost': (about) => ({
    kind: 'not-found',
    title: `${nameOf(about)} has lost part of the image`,
    detail: `It lists the image ${placeIn(about)}, but some of its layers are missing.`,
    hint: 'Push the image there again, or tell the registry’s owner.',
  }),
  'upload-lost': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} lost what was sent so far`,
    detail: 'It no longer knows the upload. This happens when several servers at one address don’t know of each other.',
    hint: 'Try again. If it happens each time, tell the registry’s owner.',
  }),
  'too-many-requests': (about) => ({
    kind: 'registry-refused',
    title: 'The registry wants you to wait',
    detail: `This computer, or another one with the same address, asked for more in a short time than ${nameWithin(about)} allows.`,
    hint: about.hadLogin ? 'Try again in an hour.' : 'Try again in an hour, or sign in: the limit is then usually higher.',
  }),
  moved: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} sends you to another address`,
    detail: about.writes
      ? 'It doesn’t accept anything here. Nothing was sent to the other address.'
      : 'It doesn’t say where to find what you asked for.',
    hint: 'Ask its owner for its current address, and use that one.',
  }),
  full: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} has no space left`,
    detail: 'It couldn’t store what was sent.',
    hint: 'Delete old images there, or tell its owner.',
  }),
  'not-ready': (about) => ({
    kind: 'registry-unreachable',
    title: `${nameOf(about)} isn’t ready`,
    detail: 'It’s too busy, it’s starting, or it’s being worked on.',
    hint: 'Try again in a few minutes.',
  }),
  'no-answer-behind': (about) => ({
    kind: 'registry-unreachable',
    title: `${nameOf(about)} doesn’t answer`,
    detail: 'There’s a server in front of it, which got no answer from it.',
    hint: 'Try again in a few minutes. If nothing changes, tell its owner.',
  }),
  broken: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} had an error of its own`,
    detail: 'It couldn’t do what it was asked to. The error isn’t on your side.',
    hint: 'Try again later. If nothing changes, tell its owner.',
  }),
  'takes-none': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} doesn’t accept images`,
    detail: 'You can only get images from it: it’s closed for changes, or it’s a mirror of another registry.',
    hint: 'Push to the registry behind it, or ask its owner.',
  }),
  'asks-unknown': (about) => noRegistry(about, 'It doesn’t understand what it was asked for.'),
  'too-large': (about) => ({
    kind: 'registry-refused',
    title: `This is too large for ${placeIn(about)}`,
    detail: 'The registry, or a server in front of it, doesn’t accept that much at once.',
    hint: 'Ask its owner to raise the limit.',
  }),
  law: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} isn’t allowed to hand this over`,
    detail: 'The law where it is forbids it.',
    hint: 'Use another image, or ask its owner.',
  }),
  unchangeable: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} doesn’t allow this to be changed`,
    detail: 'The tag already exists and can’t be changed, or somebody else is changing it right now.',
    hint: 'Choose another tag, or try again.',
  }),
  'damaged-on-the-way': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} received something other than what was sent`,
    detail: 'What arrived doesn’t match its digest: it was damaged on the way.',
    hint: 'Try again.',
  }),
  'name-not-allowed': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} doesn’t allow the name ${about.repository ?? ''}`.trim(),
    detail: 'It has its own rules for names.',
    hint: 'Choose another name or tag.',
  }),
  'kind-not-taken': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} doesn’t accept this kind of image`,
    detail: 'It doesn’t know the image’s format, or it lacks parts of the image.',
    hint: 'Ask its owner which kinds of images it stores.',
  }),
  refused: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} refused`,
    detail: quoted(about),
    hint: about.writes ? 'Check the name and your permissions there, then try again.' : 'Check the name, then try again.',
  }),
};

function mayNotGet(about: About): Words {
  const who = about.hadLogin ? 'Your sign-in there doesn’t allow it.' : 'You aren’t signed in there.';
  return {
    kind: 'registry-refused',
    title: `You may not get ${placeIn(about)}`,
    detail: `${who} It’s private, or there’s nothing with that name.`,
    hint: about.hadLogin ? 'Check the spelling, or ask its owner for access.' : 'Check the spelling, or sign in.',
  };
}

function whoYouAre({ username, hadLogin }: About): string {
  if (username) return `You’re signed in as “${username}”.`;
  return hadLogin ? 'You’re signed in.' : 'You aren’t signed in there.';
}

function quoted(about: About): string {
  if (!('status' in about)) return 'It gave no reason.';
  return about.said ? `It says: “${about.said}”` : `It answered with status ${about.status} and gave no reason.`;
}
