import { text, type Wording } from './wording.ts';

/** Errors of registries and of the network on the way to them. */
export const registryWordings: Wording[] = [
  {
    when: text(/toomanyrequests|429 Too Many Requests/i),
    say: () => ({
      kind: 'registry-refused',
      title: 'The registry wants you to wait',
      detail: 'This computer, or another one with the same address, pulled more images in a short time than the registry allows.',
      hint: 'Try again in an hour, or sign in: the limit is then usually higher.',
    }),
  },
  {
    when: text(/no basic auth credentials|unauthorized|authentication required|401 Unauthorized/i),
    say: () => ({
      kind: 'sign-in',
      title: 'The registry wants you to sign in first',
      detail: 'You aren’t signed in, or the user name and password are no longer right.',
      hint: 'Sign in, on the “Registry” page or where you’re asked to, then try again.',
    }),
  },
  {
    // BuildKit puts the name first
    when: text(/pull access denied for ([^,\s]+)|metadata for (\S+): pull access denied/i),
    say: ([, a, b]) => ({
      kind: 'sign-in',
      title: `${a ?? b} doesn’t exist, or you may not get it`,
      detail: 'A registry gives the same answer for an image that doesn’t exist and for one that needs a sign-in.',
      hint: 'Check the spelling. If the image is private, sign in first.',
    }),
  },
  {
    when: text(/denied|insufficient_scope|403 Forbidden/i),
    say: () => ({
      kind: 'registry-refused',
      title: 'The registry refused',
      detail: 'You aren’t allowed to do that with this repository.',
      hint: 'Check the name before the “/”: it usually has to be your own.',
    }),
  },
  {
    when: text(/manifest unknown|manifest for (\S+) not found|not found: manifest|(?:^| )([a-z0-9][\w./:-]*[:@][\w.:-]+): not found$/i),
    say: ([, a, b]) => ({
      kind: 'not-found',
      title: `The registry has no image ${a ?? b ?? 'with that name and tag'}`,
      detail: 'The repository may exist, but not with this tag.',
      hint: 'Check the spelling of the name and of the tag after the “:”.',
    }),
  },
  {
    when: text(/server gave HTTP response to HTTPS client|x509|certificate|tls:/i),
    say: () => ({
      kind: 'registry-unreachable',
      title: 'The connection to the registry isn’t trusted',
      detail: 'The engine requires an encrypted connection with a certificate it knows, and the registry doesn’t have one.',
      hint: 'Registries on “localhost” don’t need one. For any other registry, ask its owner how to trust it.',
    }),
  },
  {
    when: text(
      /(?:dial tcp|lookup|Get "https?:|Head "https?:|Put "https?:|Post "https?:|Patch "https?:)[^\n]*?(?:refused|no such host|timeout|timed out|unreachable|EOF|reset by peer|server misbehaving|network)/i,
    ),
    say: (_, { message }) => ({
      kind: 'registry-unreachable',
      title: `The registry ${hostOf(message) ?? ''} doesn’t answer`.replace('  ', ' '),
      detail: 'It’s switched off, its address is wrong, or this computer has no network.',
      hint: 'Check the address and the network, then try again.',
    }),
  },
];

const hostOf = (message: string): string | undefined =>
  /(?:https?:\/\/|dial tcp:? (?:lookup )?)([^/"\s]+?)(?:[/"\s]|: |$)/.exec(message)?.[1];
