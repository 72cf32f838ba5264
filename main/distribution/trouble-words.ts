import type { About, Trouble, Words } from './registry-words.ts';

/** What a registry is called in a sentence. */
export const nameOf = ({ registry }: About): string => (registry === 'docker.io' ? 'Docker Hub' : `The registry ${registry}`);

/** What is said where a registry gives no answer, or one that cannot be gone on with. */
export function troubleWords(fault: About & Trouble): Words {
  const name = nameOf(fault);
  switch (fault.trouble) {
    case 'unreachable':
      return {
        kind: 'registry-unreachable',
        title: `${name} does not answer`,
        detail: 'It is switched off, its address is wrong, or this computer has no network.',
        hint: 'Check the address and the network, then try again.',
      };
    case 'silent':
      return {
        kind: 'registry-unreachable',
        title: `${name} does not answer`,
        detail: 'It can be reached, but then says nothing for a long time.',
        hint: 'It may have much to do. Try again later.',
      };
    case 'cut':
      return {
        kind: 'registry-unreachable',
        title: `The connection to ${fault.registry === 'docker.io' ? name : `the registry ${fault.registry}`} broke off`,
        detail: 'It could be reached, and then the connection ended in the middle.',
        hint: 'Try again. If it happens each time, the network or something in it, such as a proxy, ends long connections.',
      };
    case 'untrusted':
      return {
        kind: 'registry-unreachable',
        title: 'The registry’s connection is not trusted',
        detail: `${name} shows a certificate that this computer does not know, or that is for another name.`,
        hint: 'Ask its owner for the certificate of the authority behind it, and how to have this computer trust it.',
      };
    case 'plain':
      return {
        kind: 'registry-unreachable',
        title: 'The registry’s connection is not trusted',
        detail: `${name} speaks without encryption, which is only taken from a registry on this computer, or where the engine’s settings allow it.`,
        hint: 'Ask its owner for an encrypted address, or add it to the engine’s “insecure registries”.',
      };
    case 'leads-to-plain':
      return {
        kind: 'registry-refused',
        title: `${name} leads on to an address without encryption`,
        detail: 'What is sent or got there could be read and changed by anybody on the way, so nothing was sent.',
        hint: 'Tell the registry’s owner.',
      };
    case 'circles':
      return {
        kind: 'registry-refused',
        title: `${name} leads in circles`,
        detail: 'Each address it gives leads to another one, and none has what was asked for.',
        hint: 'Check the address. If it is right, tell the registry’s owner.',
      };
    case 'proxy':
      return {
        kind: 'registry-unreachable',
        title: `The proxy does not let you reach ${fault.registry === 'docker.io' ? name : `the registry ${fault.registry}`}`,
        detail: 'This computer’s settings send such requests through a proxy, which refused.',
        hint: 'Ask who keeps the network, or name the registry in the setting NO_PROXY if it can be reached without.',
      };
    case 'no-address':
      return {
        kind: 'name-invalid',
        title: `“${fault.registry}” is no address of a registry`,
        detail: 'The part of the name before the first “/” is the address, and this one cannot be. A port is a number up to 65535.',
        hint: 'Check the name.',
      };
    case 'odd':
      return {
        kind: 'registry-refused',
        title: `${name} gave an answer that makes no sense`,
        detail: 'It does not speak as registries do, or what stands before it spoils its answers.',
        hint: 'Check the address. If it is right, tell the registry’s owner.',
      };
  }
}
