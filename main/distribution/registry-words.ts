import type { Failure } from '../../contract/failure.ts';
import { nameOf, troubleWords } from './trouble-words.ts';

/** What a registry was asked for. */
export type Asked = 'registry' | 'sign-in' | 'manifest' | 'layer' | 'upload' | 'tags' | 'catalog';

/** An answer that is a refusal: its status, and the registry's own code and words for it. */
export type Answered = { status: number; code?: string; said?: string };

/** No answer, or one that cannot be gone on with. */
export type Trouble = {
  trouble:
    | 'unreachable'
    | 'silent'
    | 'cut'
    /** Its certificate is of nobody that this computer knows. */
    | 'untrusted'
    /** It does not know encryption. */
    | 'plain'
    /** It leads on to an address without encryption. */
    | 'leads-to-plain'
    | 'circles'
    | 'no-address'
    /** The system's proxy does not lead there. */
    | 'proxy'
    | 'odd';
  said: string;
};

export type About = {
  asked: Asked;
  writes: boolean;
  registry: string;
  repository: string | undefined;
  hadLogin: boolean;
  username: string | undefined;
  missingHelper: string | undefined;
};
export type Words = Omit<Failure, 'cause'>;

/** What an address of the distribution protocol stands for. */
export function askedOf(url: string): Asked {
  if (/\/blobs\/uploads\//.test(url)) return 'upload';
  if (/\/v2\/.+\/manifests\//.test(url)) return 'manifest';
  if (/\/v2\/.+\/blobs\//.test(url)) return 'layer';
  if (/\/v2\/.+\/tags\/list/.test(url)) return 'tags';
  return /\/v2\/_catalog/.test(url) ? 'catalog' : 'registry';
}

export const repositoryIn = (url: string): string | undefined => /\/v2\/(.+?)\/(?:manifests|blobs|tags)\//.exec(url)?.[1];

/** Words for whatever a registry did other than what it was asked for; there are some for everything. */
export function registryFailure(fault: About & (Answered | Trouble)): Words {
  const words = 'trouble' in fault ? troubleWords(fault) : answerWords(fault);
  return { ...words, registry: fault.registry };
}

const placeIn = ({ registry, repository }: About): string => (repository ? `${registry}/${repository}` : registry);

function answerWords(fault: About & Answered): Words {
  const { status } = fault;
  if (status === 401) return signInWords(fault);
  if (status === 403) return fault.writes ? mayNotPush(fault) : mayNotGet(fault);
  if (status === 404) return notFoundWords(fault);
  if (status === 429) return waitWords(fault);
  if (status >= 300 && status < 400) return movedWords(fault);
  if (status >= 500) return brokenWords(fault);
  return refusedWords(fault);
}

function signInWords(fault: About): Words {
  if (fault.missingHelper !== undefined)
    return {
      kind: 'sign-in',
      title: `${nameOf(fault)} wants you to sign in first`,
      detail: `Docker’s settings say that the program “docker-credential-${fault.missingHelper}” has your sign-in, but it is not on this computer.`,
      hint: 'Install that program, or sign in here.',
    };
  return fault.hadLogin
    ? {
        kind: 'sign-in',
        title: `${nameOf(fault)} does not take your sign-in`,
        detail: 'The name and password it was given are wrong or no longer valid.',
        hint: 'Sign in once more.',
      }
    : {
        kind: 'sign-in',
        title: `${nameOf(fault)} wants you to sign in first`,
        detail: 'It does not give this to everybody, or there is nothing of that name.',
        hint: 'Sign in, or check the spelling of the name.',
      };
}

function mayNotPush(fault: About): Words {
  const { registry, repository = '', hadLogin, username } = fault;
  const isOfficial = registry === 'docker.io' && repository.startsWith('library/');
  const who = username ? `You are signed in as “${username}”.` : hadLogin ? 'You are signed in.' : 'You are not signed in there.';
  return {
    kind: 'registry-refused',
    title: `You may not push to ${placeIn(fault)}`,
    detail: isOfficial
      ? 'A name without a “/” belongs to Docker’s own images on Docker Hub.'
      : `${who} The registry takes nothing for this name.`,
    hint: isOfficial
      ? 'Add a tag such as your-name/app, and push that.'
      : 'What is before the last “/” usually has to be your own name or that of your team.',
  };
}

function mayNotGet(fault: About): Words {
  const who = fault.hadLogin ? 'Your sign-in there does not allow it.' : 'You are not signed in there.';
  return {
    kind: 'registry-refused',
    title: fault.asked === 'sign-in' ? `${nameOf(fault)} does not let you in` : `You may not get ${placeIn(fault)}`,
    detail: `${who} It is private, or there is nothing of that name.`,
    hint: fault.hadLogin ? 'Check the spelling, or ask its owner to let you in.' : 'Check the spelling, or sign in.',
  };
}

function notFoundWords(fault: About & Answered): Words {
  const { asked, writes } = fault;
  if (asked === 'upload' && fault.code === 'BLOB_UPLOAD_UNKNOWN')
    return {
      kind: 'registry-refused',
      title: `${nameOf(fault)} has lost what was sent so far`,
      detail: 'It no longer knows the upload. Several servers behind one address that do not know of each other do that.',
      hint: 'Try again. If it happens each time, tell the registry’s owner.',
    };
  if (writes)
    return {
      kind: 'registry-refused',
      title: `${nameOf(fault)} has no place for ${fault.repository ?? 'this name'}`,
      detail: 'Some registries take images only for repositories that were created there before, as Amazon’s does.',
      hint: 'Create the repository on the registry’s own page, then try again. Check the spelling of the name.',
    };
  if (asked === 'layer')
    return {
      kind: 'not-found',
      title: `${nameOf(fault)} has lost a part of the image`,
      detail: `It lists the image ${placeIn(fault)}, but not all of its layers are there.`,
      hint: 'Push the image there once more, or tell the registry’s owner.',
    };
  if (asked === 'registry' || asked === 'sign-in' || asked === 'catalog')
    return {
      kind: 'registry-refused',
      title: `${fault.registry} does not answer as a registry of images does`,
      detail: 'There is a server, but nothing where a registry answers. It may be a web site.',
      hint: 'Check the address, and open it in a browser to see what is there.',
    };
  return {
    kind: 'not-found',
    title: `The registry has no image ${placeIn(fault)} of that tag`,
    detail: 'The repository may exist, but not with this tag.',
    hint: 'Check the spelling of the name and of the tag after the “:”.',
  };
}

const waitWords = (fault: About): Words => ({
  kind: 'registry-refused',
  title: 'The registry wants you to wait',
  detail: `${nameOf(fault)} was asked for more in a short time than it allows this computer, or one that shares its address.`,
  hint: fault.hadLogin ? 'Try again in an hour.' : 'Try again in an hour. With a sign-in the limit is usually higher.',
});

const movedWords = (fault: About): Words => ({
  kind: 'registry-refused',
  title: `${nameOf(fault)} sends you to another address`,
  detail: fault.writes
    ? 'It says that it takes nothing here. Nothing was sent to the other address.'
    : 'It does not say where it is to be found.',
  hint: 'Ask its owner for its address now, and use that one.',
});

function brokenWords(fault: About & Answered): Words {
  const { status } = fault;
  const name = nameOf(fault);
  if (status === 507 || /no space|disk (?:is )?full|quota/i.test(fault.said ?? ''))
    return {
      kind: 'registry-refused',
      title: `${name} has no room left`,
      detail: 'It could not keep what was sent.',
      hint: 'Delete old images there, or tell its owner.',
    };
  if (status === 503)
    return {
      kind: 'registry-unreachable',
      title: `${name} is not ready`,
      detail: 'It is too busy, starting, or being worked on.',
      hint: 'Try again in some minutes.',
    };
  if (status === 502 || status === 504)
    return {
      kind: 'registry-unreachable',
      title: `${name} does not answer`,
      detail: 'There is a server before it, which got no answer from it.',
      hint: 'Try again in some minutes. If it stays so, tell its owner.',
    };
  return {
    kind: 'registry-refused',
    title: `${name} had a fault of its own`,
    detail: 'It could not do what it was asked to. The fault is not on your side.',
    hint: 'Try again later. If it stays so, tell its owner.',
  };
}

/** What remains of 400 to 499. */
function refusedWords(fault: About & Answered): Words {
  const { status, writes, code = '', said = '' } = fault;
  const name = nameOf(fault);
  const because = (title: string, detail: string, hint: string): Words => ({ kind: 'registry-refused', title, detail, hint });
  if (status === 405 || code === 'UNSUPPORTED')
    return writes
      ? because(
          `${name} takes no images`,
          'It only gives them out: it is closed for changes, or a mirror of another registry.',
          'Push to the registry behind it, or ask its owner.',
        )
      : because(
          `${fault.registry} does not answer as a registry of images does`,
          'It does not know what it was asked for.',
          'Check the address, and open it in a browser to see what is there.',
        );
  if (status === 413)
    return because(
      `Too large for ${placeIn(fault)}`,
      'The registry, or a server before it, does not take so much at once.',
      'Ask its owner to raise the limit.',
    );
  if (status === 451)
    return because(`${name} may not give this out`, 'The law where it is forbids it.', 'Use another image, or ask its owner.');
  if (status === 409 || /immutable/i.test(said))
    return because(
      `${name} does not let this be changed`,
      'A tag of that name is there and stays as it is, or somebody else is changing it at this moment.',
      'Choose another tag, or try again.',
    );
  if (status === 408) return troubleWords({ ...fault, trouble: 'silent', said });
  if (code === 'DIGEST_INVALID' || code === 'SIZE_INVALID')
    return because(
      `${name} got something else than was sent`,
      'What arrived does not match its digest: it was damaged on the way.',
      'Try again.',
    );
  if (code === 'NAME_INVALID' || code === 'TAG_INVALID')
    return because(
      `${name} does not allow the name ${fault.repository ?? ''}`.trim(),
      'It has rules of its own for names.',
      'Choose another name or tag.',
    );
  if (code === 'MANIFEST_INVALID' || code === 'MANIFEST_BLOB_UNKNOWN' || status === 406 || status === 415)
    return because(
      `${name} does not take this kind of image`,
      'It does not know the form that the image is described in, or lacks parts of it.',
      'Ask its owner which kinds of images it keeps.',
    );
  return because(
    `${name} refused`,
    said ? `It says: “${said}”` : `It answered with the status ${status} and no reason.`,
    writes ? 'Check the name and what you may do there, then try again.' : 'Check the name, then try again.',
  );
}
