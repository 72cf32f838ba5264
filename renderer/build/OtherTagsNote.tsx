import { useMemo } from 'react';
import type { TaglessBase } from '../../contract/build.ts';
import { useMirror } from '../connection/mirror.ts';
import { listed } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { otherTags } from './other-tags.ts';

const mostNamed = 3;

/** Says which images are asked for without a tag and are here under others; a registry may have them, so it stops nobody. */
export function OtherTagsNote({ bases, path }: { bases: TaglessBase[]; path: string }) {
  const images = useMirror((mirror) => (mirror.engine.state === 'connected' ? mirror.images?.images : undefined));
  const file = path === 'Dockerfile' ? 'the Dockerfile' : path;
  const missing = useMemo(() => otherTags(bases, images ?? []), [bases, images]);
  return missing.map(({ name, line, here }) => (
    <div key={name} role="status">
      <Notice tone="quiet" title={`Line ${line} of ${file} asks for ${name}:latest, which is not here`}>
        Without a tag, “latest” is meant. You have {listed(shown(here))}. As it stands, the build looks for it at a registry.
      </Notice>
    </div>
  ));
}

const shown = (names: string[]): string[] =>
  names.length <= mostNamed + 1 ? names : [...names.slice(0, mostNamed), `${names.length - mostNamed} more`];
