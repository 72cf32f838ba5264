import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ArchivedImage, ArchivePreview } from '../../../../contract/archive.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { GrantedPath } from '../../../../contract/file.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { imageName } from '../../../desk/image-name.ts';
import type { ComparedSide } from '../../../desk/navigation.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { PlainText } from '../../../ui/PlainText.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import c from './ChooseSides.module.css';

type Look =
  | { state: 'reading'; file: GrantedPath }
  | { state: 'images'; file: GrantedPath; images: ArchivedImage[] }
  | { state: 'failed'; failure: Failure };

/** An image in a file; of several images, which one. */
export function FileChooser({ icon, onChoose }: { icon: ReactNode; onChoose(side: ComparedSide): void }) {
  const [look, setLook] = useState<Look>();
  const take = (file: GrantedPath, images: ArchivedImage[], image: number) => {
    const [id = ''] = images[image]?.ids ?? [];
    const name = imageName({ id, references: images[image]?.references ?? [] });
    onChoose({ from: { kind: 'archive', archive: file.grant, image, id }, name });
  };
  const choose = async () => {
    try {
      const [file] = await client.files.chooseArchives();
      if (!file) return;
      setLook({ state: 'reading', file });
      const preview = await readPreview(file.grant);
      if (preview?.kind !== 'images') setLook({ state: 'failed', failure: noImage(file, preview) });
      else if (preview.images.length === 1) take(file, preview.images, 0);
      else setLook({ state: 'images', file, images: preview.images });
    } catch (error) {
      setLook({ state: 'failed', failure: failureOf(error) });
    }
  };
  return (
    <>
      <div>
        <Button leftSection={icon} loading={look?.state === 'reading'} onClick={() => void choose()}>
          Choose a file…
        </Button>
      </div>
      {look?.state === 'reading' && (
        <p className="row t2" role="status">
          <Ring size={15} /> Looking into {look.file.name}
        </p>
      )}
      {look?.state === 'failed' && <FailureNote failure={look.failure} />}
      {look?.state === 'images' && (
        <ul className={c.found} aria-label={`Images in ${look.file.name}`}>
          {look.images.map(({ ids, references, platform }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is in a file doesn't move, and may be there twice
            <li key={`${at} ${ids[0]}`} className={c.one}>
              <span className="grow cut">
                <PlainText text={imageName({ id: ids[0] ?? '', references })} />
              </span>
              <span className="sm t3">{platform}</span>
              <Button size="xs" onClick={() => take(look.file, look.images, at)}>
                Take it
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

async function readPreview(archive: string): Promise<ArchivePreview | undefined> {
  for await (const event of await client.archives.preview({ archive })) if (event.kind === 'preview') return event.preview;
  return undefined;
}

function noImage({ name }: GrantedPath, preview: ArchivePreview | undefined): Failure {
  const refused = preview?.kind === 'refused' ? preview : undefined;
  return {
    kind: 'bad-archive',
    title: refused?.title ?? 'The file holds no image',
    detail: refused?.reason ?? `What is in ${name} is something else.`,
    hint: 'Choose a file as docker save writes it.',
  };
}
