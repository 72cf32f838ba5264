import type { Dockerfile } from '../../../contract/build.ts';
import { count } from '../../ui/format.ts';
import type { BuildDraft } from './form/build-draft.ts';
import { changedArgs, filledLabels, isGiven, typed } from './form/build-request.ts';

/** What differs from a plain build, for the closed options: "up to “app”", "2 arguments", "no cache". */
export function describeOptions(draft: BuildDraft, dockerfile: Dockerfile | undefined): string[] {
  const args = Object.keys(changedArgs(draft, dockerfile)).length;
  const secrets = draft.secrets.filter(isGiven).length;
  const sources = typed(draft.cacheFrom).length;
  const labels = filledLabels(draft).length;
  return [
    draft.target && `up to “${draft.target}”`,
    draft.platform.trim(),
    args > 0 && `${count(args, 'argument')} changed`,
    secrets > 0 && count(secrets, 'secret'),
    draft.ssh && 'your SSH keys',
    draft.noCache && 'no cache',
    draft.pullBase && 'newer base images',
    sources > 0 && `cache from ${count(sources, 'image')}`,
    draft.inlineCache && 'inline cache',
    draft.network === 'none' && 'no network',
    draft.network === 'host' && 'this computer’s network',
    labels > 0 && count(labels, 'label'),
  ]
    .filter((word) => typeof word === 'string')
    .filter(Boolean);
}
