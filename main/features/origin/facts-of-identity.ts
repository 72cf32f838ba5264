import type { OriginFact } from '../../../contract/origin.ts';
import type { ImageIdentity, SignatureIdentity } from '../../foundation/engine/answers/identity-answers.ts';

/** What a text of a certificate may have of it; it goes into one line. */
const longest = 500;

/** What the engine checked when it got, built or published an image, as facts: only what it says it checked is verified. Pure. */
export function factsOfIdentity({ Signature, Pull, Build }: ImageIdentity): OriginFact[] {
  return [
    ...Pull.filter(({ Repository }) => Repository !== '').map(({ Repository }): OriginFact => {
      return { about: 'got-from', certainty: 'verified', value: cut(Repository), because: { why: 'engine-noted-it' } };
    }),
    ...Build.slice(0, 1).map(({ CreatedAt }): OriginFact => {
      return { about: 'built-here', certainty: 'verified', value: cut(CreatedAt), because: { why: 'engine-built-it' } };
    }),
    ...Signature.map(factOfSignature),
  ];
}

function factOfSignature({ Name, Error: wrong, Signer }: SignatureIdentity): OriginFact {
  if (wrong !== '')
    return { about: 'signature', certainty: 'unknown', value: '', because: { why: 'signature-did-not-pass', said: cut(wrong) } };
  const who = Signer?.SourceRepositoryURI || Signer?.SubjectAlternativeName || Name;
  // who signed is what a signature tells: one that names nobody is none that was checked
  if (who === '') return { about: 'signature', certainty: 'unknown', value: '', because: { why: 'not-checked', signatures: 1 } };
  return {
    about: 'signature',
    certainty: 'verified',
    value: cut(who),
    because: { why: 'engine-checked-signature', issuer: cut(Signer?.CertificateIssuer ?? '') },
  };
}

const cut = (text: string): string => text.slice(0, longest);
