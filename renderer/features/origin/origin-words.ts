import type { OriginAbout, OriginFact, OriginReason } from '../../../contract/origin.ts';
import { splitDigest } from '../../desk/image-name.ts';
import { count, dateAndTime } from '../../ui/format.ts';

export const aboutWords: Record<OriginAbout, string> = {
  'got-from': 'Registry',
  'built-here': 'Built here',
  'starts-from': 'Starts from',
  source: 'Source code',
  revision: 'Commit',
  builder: 'Built by',
  'built-at': 'Built at',
  version: 'Version',
  title: 'Title',
  maker: 'Made by',
  licence: 'Licence',
  base: 'Base',
  material: 'Built using',
  ingredients: 'Ingredients',
  signature: 'Signature',
};

/** What is known, in words. */
export function valueWords({ about, certainty, value, because }: OriginFact): string {
  if (about === 'signature' && value === '')
    return because.why === 'not-checked' ? count(because.signatures, 'signature') : signatureWords(because);
  if (about === 'ingredients' && certainty === 'stated' && value === '') return 'A long list of packages';
  if (because.why === 'engine-built-it') return 'On this engine';
  if (value === '') return 'Not known';
  if (about === 'got-from' && value.includes('@')) {
    const { repository, short } = splitDigest(value);
    return `${repository} at ${short}`;
  }
  if (about === 'ingredients') return `A list of ${count(Number(value), 'package')}`;
  if (about === 'built-at') return Number.isNaN(Date.parse(value)) ? value : dateAndTime(Date.parse(value));
  return value;
}

function signatureWords({ why }: OriginReason): string {
  if (why === 'signature-did-not-pass') return 'One that didn’t pass';
  return why === 'nothing-says-so' ? 'None found' : 'Not known';
}

/** Why it is believed, or isn't. */
export function reasonWords(because: OriginReason): string {
  switch (because.why) {
    case 'built-here':
      return because.isOwn ? 'Layerdeck built it itself.' : 'Another program built it on an engine whose history of builds has it.';
    case 'registry-has-it':
      return 'Layerdeck asked: the registry has just this image.';
    case 'registry-lacks-it':
      return 'The registry was asked, and doesn’t have it.';
    case 'engine-checked-it':
      return 'The engine got it from there, or published it there, and checked every byte.';
    case 'engine-noted-it':
      return 'The engine noted it when it got the image from there, or published it there. No name changes that.';
    case 'engine-built-it':
      return 'The engine noted that it built the image itself.';
    case 'engine-checked-signature':
      return because.issuer ? `The engine checked it. ${because.issuer} vouches for the signer.` : 'The engine checked it.';
    case 'signature-did-not-pass':
      return `The engine checked it, and says: ${because.said}`;
    case 'engine-made-it-up':
      return 'This engine gives every name such a digest. Only the registry knows whether it has it.';
    case 'same-layers':
      return because.layers === 1
        ? 'Its layer is the lowest one of this image, byte for byte.'
        : `Its ${because.layers} layers are the lowest ${because.layers} of this image, byte for byte.`;
    case 'label':
      return `The label ${because.label} says so.`;
    case 'attestation':
      return 'Whoever built it attached this. Layerdeck checked no signature of it.';
    case 'not-checked':
      return 'Layerdeck doesn’t check signatures: that takes the key or the account of whoever signed.';
    case 'nothing-says-so':
      return 'Nothing says so, either way.';
    case 'not-asked':
      return 'The registry would have to be asked.';
    case 'failed':
      return [`${because.failure.title}.`, because.failure.hint].filter(Boolean).join(' ');
  }
}
