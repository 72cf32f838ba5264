import type { EngineLook } from '../../../contract/engine.ts';
import { contextName, engineAddress } from '../../../contract/grammar.ts';
import type { Look } from './use-looks.ts';

/** How an engine is, in a few words and a line. */
export function healthOf(look: Look | undefined, sameAs: string | undefined): { title: string; line?: string } {
  if (!look) return { title: 'Asking' };
  if (look.failure) return { title: look.failure.title, line: [look.failure.detail, look.failure.hint].filter(Boolean).join(' ') };
  if (!look.answer) return { title: 'Asking' };
  const { product, version } = look.answer;
  const title = `${product} ${version} answers`;
  return { title, line: sameAs === undefined ? kindOf(look.answer) : `The same engine as ${sameAs}, by another way.` };
}

const kindOf = ({ platform, builder, store }: EngineLook): string =>
  [platform, builder === 'buildkit' ? 'BuildKit' : 'classic builder', store === 'containerd' ? 'images in containerd' : undefined]
    .filter(Boolean)
    .join(' · ');

/** What is wrong with the name of an engine to add, which docker's command has to take. */
export function nameProblem(name: string): string | undefined {
  if (name === 'default') return '“default” is docker’s own name for the engine on this computer.';
  if (contextName.test(name)) return undefined;
  return 'Letters, digits and . _ + - only, at least two, and a letter or digit first.';
}

/** What is wrong with an address, and what else it could be. */
export function addressProblem(address: string): string | undefined {
  if (engineAddress.test(address)) return undefined;
  if (/^https?:/.test(address)) return 'Write tcp:// in place of http:// or https://; certificates decide whether it is encrypted.';
  if (/^unix:\/\/[^/]/.test(address)) return 'A socket’s path begins at the root: unix:///path, with three slashes.';
  if (/^ssh:\/\/[^/@]*:[^/@]*@/.test(address)) return 'A password has no place here: SSH asks for it. Write ssh://user@build.example.';
  if (address.startsWith('ssh://')) return 'Write it as ssh://user@build.example, with a port such as :2222 behind it where one is needed.';
  if (/^[\w.-]+@[\w.-]+$/.test(address)) return `Write ssh:// in front of it: ssh://${address}`;
  if (address.startsWith('/')) return `Write unix:// in front of it: unix://${address}`;
  return 'Begin with ssh://, tcp:// or unix://, such as ssh://user@build.example.';
}
