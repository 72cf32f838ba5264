import type { Trouble } from './failure-reason.ts';
import { type About, nameOf, nameWithin, type Words } from './registry-name.ts';

/** The wording if a registry gives no answer or no usable one. */
export const troubleWords: Record<Trouble, (about: About) => Words> = {
  unreachable: (about) => ({
    kind: 'registry-unreachable',
    title: `${nameOf(about)} doesn’t answer`,
    detail: 'It’s switched off, its address is wrong, or this computer has no network.',
    hint: 'Check the address and the network, then try again.',
  }),
  silent: (about) => ({
    kind: 'registry-unreachable',
    title: `${nameOf(about)} doesn’t answer`,
    detail: 'It can be reached but then sends nothing for a long time.',
    hint: 'Try again later. It may be busy.',
  }),
  cut: (about) => ({
    kind: 'registry-unreachable',
    title: `The connection to ${nameWithin(about)} broke off`,
    detail: 'It could be reached, but then the connection ended too early.',
    hint: 'Try again. If it happens each time, the network or something in it, such as a proxy, cuts off long connections.',
  }),
  untrusted: (about) => ({
    kind: 'registry-unreachable',
    title: 'The connection to the registry isn’t trusted',
    detail: `${nameOf(about)} has a certificate that this computer doesn’t trust, or one for another name.`,
    hint: 'Ask its owner for the certificate of its authority, and how to make this computer trust it.',
  }),
  plain: (about) => ({
    kind: 'registry-unreachable',
    title: 'The connection to the registry isn’t trusted',
    detail: `${nameOf(about)} doesn’t use encryption, which is only accepted from a registry on this computer or if the engine’s settings allow it.`,
    hint: 'Ask its owner for an encrypted address, or add it to the engine’s “insecure registries”.',
  }),
  stranger: ({ registry }) => ({
    kind: 'registry-unreachable',
    title: `Something else answers at ${registry}`,
    detail:
      'The registry there has a certificate of its own, and whoever answers now doesn’t show it. Layerdeck sent no password and no image.',
    hint: 'Look at the “Registry” page. If the registry doesn’t run, another program has taken its port.',
  }),
  outdated: ({ registry }) => ({
    kind: 'registry-unreachable',
    title: `The certificate of ${registry} isn’t valid now`,
    detail: 'It has run out, or this computer’s clock is wrong.',
    hint: 'Check the clock, then make a new certificate under “Encryption…” on the “Registry” page.',
  }),
  'leads-to-plain': (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} redirects to an address without encryption`,
    detail: 'Anybody on the way could read and change the data, so nothing was sent.',
    hint: 'Tell the registry’s owner.',
  }),
  circles: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} redirects in circles`,
    detail: 'Each address it gives leads to another one, and none has what was asked for.',
    hint: 'Check the address. If it is right, tell the registry’s owner.',
  }),
  proxy: (about) => ({
    kind: 'registry-unreachable',
    title: `The proxy doesn’t let you reach ${nameWithin(about)}`,
    detail: 'This computer’s settings send such requests through a proxy, which refused.',
    hint: 'Ask the people who run the network, or add the registry to the NO_PROXY setting if it can be reached without a proxy.',
  }),
  'no-address': ({ registry }) => ({
    kind: 'name-invalid',
    title: `“${registry}” isn’t a registry’s address`,
    detail: 'The part of the name before the first “/” is the address, and this one isn’t possible. A port is a number up to 65535.',
    hint: 'Check the name.',
  }),
  odd: (about) => ({
    kind: 'registry-refused',
    title: `${nameOf(about)} gave an answer that makes no sense`,
    detail: 'It doesn’t answer like a registry, or something in front of it damages its answers.',
    hint: 'Check the address. If it’s right, tell the registry’s owner.',
  }),
};
