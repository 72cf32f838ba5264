import { Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type { Builder } from '../../../../contract/engine.ts';
import { withDefaultTag } from '../../../../contract/reference.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { isName } from '../../../desk/describe-reference.ts';
import { useReferenceTargets } from '../../../desk/use-reference-targets.ts';
import c from './BuildDialog.module.css';
import { type BuildDraft, nextKey } from './build-draft.ts';

type Props = { draft: BuildDraft; onChange(part: Partial<BuildDraft>): void; builder: Builder };

/** Says before a build that an image of the same name, which may have come from elsewhere, could save steps. */
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
        {isReused ? 'The build will reuse its steps that are still the same' : 'The build can reuse its steps that are still the same'},{' '}
        {conditions[builder]}.
      </span>
      <Button size="xs" variant="subtle" onClick={toggle}>
        {isReused ? 'Don’t reuse them' : 'Reuse its steps'}
      </Button>
    </div>
  );
}

// no engine says before the build which of its images meet this condition
const conditions: Record<Builder, string> = {
  buildkit: 'if BuildKit built it with a record of its steps',
  classic: 'if the classic builder built it',
};

type Found = { name: string /** Whether it came from a registry or went to one; false if that isn’t known. */; isOfRegistry: boolean };

/** The first of the names whose image here has a digest from a registry. */
function useImageWithDigest(names: string[]): Found | undefined {
  const targets = useReferenceTargets();
  const name = names.map(withDefaultTag).find((one) => targets.has(one));
  const id = name && targets.get(name);
  const { answer } = useAsked(id, (signal) => client.images.details({ id: id ?? '' }, { signal }));
  if (!name || !answer || answer.digests.length === 0) return undefined;
  // engines that store images as registries do give every image this digest, which then says nothing
  return { name, isOfRegistry: !answer.digests.every((digest) => digest.endsWith(`@${answer.id}`)) };
}
