import { useMemo } from 'react';
import type { TaglessBase } from '../../../../contract/build.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { listedUpTo } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { findOtherTags } from './find-other-tags.ts';

/** Says which images are asked for without a tag but are here under other tags. A registry may have them, so the build may go on. */
export function OtherTagsNote({ bases, path }: { bases: TaglessBase[]; path: string }) {
  const images = useMirror((mirror) => (mirror.engine.state === 'connected' ? mirror.images?.images : undefined));
  const file = path === 'Dockerfile' ? 'the Dockerfile' : path;
  const missing = useMemo(() => findOtherTags(bases, images ?? []), [bases, images]);
  return missing.map(({ name, line, here }) => (
    <div key={name} role="status">
      <Notice tone="quiet" title={`Line ${line} of ${file} asks for ${name}:latest, which isn’t here`}>
        Without a tag, the line means “latest”. You have {listedUpTo(here)}. As it stands, the build will look for it in a registry.
      </Notice>
    </div>
  ));
}
