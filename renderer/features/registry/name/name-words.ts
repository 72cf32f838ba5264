import { friendlyName } from '../../../../contract/grammar.ts';
import type { NameLook } from '../../../../contract/registry.ts';

/** Why a text can't be the registry's name; undefined if it can. */
export function nameProblem(text: string): string | undefined {
  if (friendlyName.test(text)) return undefined;
  if (/[A-Z]/.test(text)) return 'A name has small letters only.';
  if (!text.includes('.'))
    return 'A name has two parts or more, such as dev.docker.local: a single word would be read as a part of an image’s name.';
  return 'A name has letters, digits and hyphens, with single dots between, and its last part begins with a letter.';
}

/** What stands in the way of a name; undefined if nothing does. */
export const obstacleWords = ({ taken, file }: NameLook): string | undefined =>
  taken && `Line ${taken.number} of ${file} leads this name to ${taken.address} already. Choose another name, or remove that line.`;

/** What to think about before a name is given that others know as well. */
export const elsewhereWords = ({ leadsTo }: NameLook, name: string): string | undefined =>
  leadsTo &&
  `${name} leads to ${leadsTo.join(', ')} for everybody else. On this computer it would lead to the registry instead, for all programs.`;

/** Who writes the line. */
export function wayWords({ way, file }: NameLook): string {
  switch (way) {
    case 'itself':
      return `Layerdeck writes this line into ${file}, and changes nothing else there.`;
    case 'system-asks':
      return `Your system asks for permission, and this line comes into ${file}. Nothing else changes there.`;
    case 'by-hand':
      return `${file} belongs to the system, and no program is here that could ask for permission (pkexec). Write this line into it as root, then check again.`;
  }
}

/** What the engine in use needs to take the name; undefined if it needs nothing. */
export function engineWords({ engine, product }: NameLook, registry: string): { words: string; copy: string } | undefined {
  if (engine === 'takes') return undefined;
  if (engine === 'certificate')
    return {
      words: `${product} has to trust the registry’s certificate under this name. Save it under “Encryption…”, and put it here:`,
      copy: `/etc/${product === 'Podman' ? 'containers' : 'docker'}/certs.d/${registry}/ca.crt`,
    };
  if (product === 'Podman')
    return {
      words: 'Podman refuses to get from it without encryption, unless these lines are in /etc/containers/registries.conf:',
      copy: `[[registry]]\nlocation = "${registry}"\ninsecure = true`,
    };
  return {
    words:
      'With containerd’s image store, Docker refuses this name without encryption, unless its daemon.json has this and it’s started again:',
    copy: `"insecure-registries": ["${registry}"]`,
  };
}
