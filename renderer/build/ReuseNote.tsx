import { Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type { Builder } from '../../contract/engine.ts';
import { withDefaultTag } from '../../contract/reference.ts';
import { client } from '../connection/client.ts';
import { isName } from '../connection/describe-reference.ts';
import { useAsked } from '../connection/use-asked.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import c from './BuildDialog.module.css';
import { type BuildDraft, nextKey } from './build-draft.ts';

type Props = { draft: BuildDraft; onChange(part: Partial<BuildDraft>): void; builder: Builder };

/** Before a build: an image of its name that is here and may have come from elsewhere may save steps. */
export function ReuseNote({ draft, onChange, builder }: Props) {
  const { names, cacheFrom, noCache } = draft;
  const found = useImageWithDigest(names.map(({ text }) => text.trim()).filter(isName));
  if (found === undefined || noCache) return null;
  const { name: image, isOfRegistry } = found;
  const isReused = cacheFrom.some(({ text }) => text.trim() === image);
  const toggle = () =>
    onChange({
      cacheFrom: isReused
        ? cacheFrom.filter(({ text }) => text.trim() !== image)
        : [...cacheFrom, { key: nextKey(cacheFrom), text: image }],
    });
  return (
    <div className={c.last} role="note">
      <IconStack2 size={15} stroke={1.7} aria-hidden />
      <span className="grow">
        <span className="mono">{image}</span> is here{isOfRegistry && ', and came from a registry or went to one'}.{' '}
        {isReused ? 'Its steps that are still the same will be reused' : 'Its steps that are still the same can be reused'},{' '}
        {conditions[builder]}.
      </span>
      <Button size="xs" variant="subtle" onClick={toggle}>
        {isReused ? 'Do not reuse them' : 'Reuse its steps'}
      </Button>
    </div>
  );
}

// no engine tells before the build which of its images fulfil this
const conditions: Record<Builder, string> = {
  buildkit: 'if BuildKit built it with a record of its steps',
  classic: 'if the classic builder built it',
};

type Found = { name: string /** Whether a registry gave it or got it; false where that is not known. */; isOfRegistry: boolean };

/** The first of the names that has an image here with a digest for registries. */
function useImageWithDigest(names: string[]): Found | undefined {
  const targets = useReferenceTargets();
  const name = names.map(withDefaultTag).find((one) => targets.has(one));
  const id = name && targets.get(name);
  const { answer } = useAsked(id, (signal) => client.images.details({ id: id ?? '' }, { signal }));
  if (!name || !answer || answer.digests.length === 0) return undefined;
  // engines that keep images as registries do give every image this digest, which then tells nothing
  return { name, isOfRegistry: !answer.digests.every((digest) => digest.endsWith(`@${answer.id}`)) };
}
