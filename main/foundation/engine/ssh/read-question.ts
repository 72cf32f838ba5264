import type { QuestionWords } from '../../../../contract/engine.ts';

/** What ssh asks, by its own words and its hint; a question in other words is shown as it is. */
export function readQuestion(text: string, hint: string): QuestionWords {
  const [, host] = /authenticity of host '(.+?)' can't be established/.exec(text) ?? [];
  const [, keyKind, fingerprint] = /([\w-]+) key fingerprint is:?\s+(\S+?)\.?$/m.exec(text) ?? [];
  if (host !== undefined && keyKind !== undefined && fingerprint !== undefined) {
    const others = /known by the following other names\/addresses:\n([\s\S]*?)\nAre you sure/.exec(text)?.[1];
    return {
      kind: 'host-key',
      host: withoutRepeat(host),
      keyKind,
      fingerprint,
      ...(others && { others: others.split('\n').map((line) => line.trim()) }),
    };
  }
  if (hint === 'confirm') return { kind: 'confirm', text };
  if (hint === 'none') return { kind: 'notice', text };
  const [, key] = /passphrase for (?:key )?'(.+)':$/i.exec(text) ?? [];
  if (key !== undefined) return { kind: 'passphrase', key };
  const [, owner] = /^\(?(\S+?@[^\s)]+?)(?:\)\s*|'s )password:$/i.exec(text) ?? [];
  if (owner !== undefined) return { kind: 'password', owner };
  return { kind: 'secret', text };
}

/** What ssh wants to hear where a person only agrees. */
export const agreement = 'yes';

// ssh adds the number to a name, and to a number the same number
const withoutRepeat = (host: string): string => /^(\S+) \(\1\)$/.exec(host)?.[1] ?? host;
