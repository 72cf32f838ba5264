import { createHash } from 'node:crypto';
import { isSecretName } from '../../../contract/secret-name.ts';
import { WithheldValues } from '../../foundation/secrets/withheld-values.ts';

/** Parts a build's arguments into those that are stored and salted digests of those whose names sound secret. */
export function withholdSecrets(all: Record<string, string> = {}, salt: string) {
  const entries = Object.entries(all);
  const secrets = entries.filter(([name]) => isSecretName(name)).map(([, value]) => value);
  const withheld = new WithheldValues(secrets);
  const equals = new Set(secrets);
  // a value that contains a secret is withheld too; one that merely equals it, as a user name may equal a password, is not
  const isKept = ([name, value]: [string, string]) => !isSecretName(name) && (equals.has(value) || withheld.clean(value) === value);
  return {
    withheld,
    args: Object.fromEntries(entries.filter(isKept)),
    argDigests: Object.fromEntries(
      entries
        .filter((entry) => !isKept(entry))
        .map(([name, value]) => [name, createHash('sha256').update(salt).update(value).digest('hex')]),
    ),
  };
}
