import type { Failure } from '../../../../contract/failure.ts';
import type { Stays } from './plan-removal.ts';

/** Why a tag stays. */
export function stayWords({ why, what = '' }: Pick<Stays, 'why' | 'what'>): Failure {
  switch (why) {
    case 'moved':
      return {
        kind: 'in-use',
        title: 'It has moved in the meantime',
        detail: 'Somebody pushed to the tag or removed it after you looked.',
        hint: 'Look at where it is now, then decide again.',
      };
    case 'unreadable':
      return {
        kind: 'registry-refused',
        title: 'It isn’t known where the tag leads',
        detail: 'The registry doesn’t say it, so that it isn’t sure to be what you saw.',
        hint: 'Try again later.',
      };
    case 'part-of-list':
      return {
        kind: 'in-use',
        title: `It is one of the platforms of ${what}`,
        detail: 'Without it, that tag would be broken.',
        hint: `Remove ${what} as well, or only the tag itself.`,
      };
    case 'further-tag':
      return {
        kind: 'in-use',
        title: `${what} has come to the same image in the meantime`,
        detail: 'It would have gone as well, and you hadn’t seen it.',
        hint: 'Look again, then decide.',
      };
    case 'unknown-tags':
      return {
        kind: 'registry-refused',
        title: 'It isn’t known which other tags would go',
        detail: `The registry doesn’t say where ${what} leads.`,
        hint: 'Remove only the tag itself, or try again later.',
      };
  }
}

/** The failure for a tag that is there although the registry said that it removed it. */
export const stillHasIt: Failure = {
  kind: 'registry-refused',
  title: 'The registry still has the tag',
  detail: 'It said that it removed the tag, but still leads to the same image.',
  hint: 'Tell the registry’s owner.',
};
