import { Button } from '@mantine/core';
import { IconArrowsDiff, IconArrowUp, IconListTree } from '@tabler/icons-react';
import type { ArchivedLayer } from '../../../contract/archive.ts';
import type { GrantedPath } from '../../../contract/file.ts';
import { useMirror } from '../../connection/mirror.ts';
import { closeDialog, openDialog } from '../../desk/dialogs.ts';
import { groupReferences, imageName } from '../../desk/image-name.ts';
import { compareWith, openPage } from '../../desk/navigation.ts';
import { ChipGroup } from '../../ui/ChipGroup.tsx';
import { ago, bytes, count, dateAndTime, shortId } from '../../ui/format.ts';
import c from './archive.module.css';
import { LayersInArchive } from './LayersInArchive.tsx';
import type { ImagePlan } from './plan-load.ts';
import { TagPlanRow } from './TagPlanRow.tsx';

type Props = {
  file: GrantedPath;
  plan: ImagePlan;
  keptBack: string[];
  onKeep(reference: string, isKept: boolean): void;
};

/** What an image in a file is called where there is only room for one name. */
export const archivedName = ({ id, image }: ImagePlan): string => imageName({ id, references: image.references });

/** One image in a file, and what loading it would do. */
export function ImageInArchive({ file, plan, keptBack, onKeep }: Props) {
  const { image, place } = plan;
  const { references, createdAt, layers, platform, size } = image;
  const [first, ...further] = groupReferences(references);
  const name = archivedName(plan);
  const isOnlyName = layers.length > 0 && layers.every(({ isAbsent }) => isAbsent);
  const from = { kind: 'archive' as const, archive: file.grant, image: place, id: image.ids[0] };
  const compare = () => {
    closeDialog();
    compareWith({ from, name });
  };
  const look = () => {
    closeDialog();
    openPage({ page: 'files', from, name });
  };
  return (
    <div className={c.image}>
      <div className={c.head}>
        <span className={`grow ${c.names}`}>
          {first ? <ChipGroup name={first.repository} chips={first.tags} max={6} /> : <span className="t2">Untagged</span>}
          {further.map(({ repository, tags }) => (
            <ChipGroup key={repository} name={repository} chips={tags} max={3} small />
          ))}
        </span>
        <span className="mono t3">{shortId(plan.id)}</span>
        <span className={`num ${c.size}`}>{isOnlyName ? 'only its name' : bytes(size)}</span>
      </div>
      <div className={c.about}>
        <span className="sm t3 grow">
          {[platform, count(layers.length, 'layer')].join(' · ')}
          {createdAt > 0 && (
            <>
              {' · '}
              <span title={dateAndTime(createdAt)}>built {ago(createdAt, Date.now())}</span>
            </>
          )}
        </span>
        <Button size="compact-xs" variant="subtle" leftSection={<IconListTree size={13} stroke={1.7} />} onClick={look}>
          Look at its files
        </Button>
        <Button size="compact-xs" variant="subtle" leftSection={<IconArrowsDiff size={13} stroke={1.7} />} onClick={compare}>
          Compare…
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconArrowUp size={13} stroke={1.7} />}
          onClick={() => openDialog({ name: 'copy', from: { kind: 'archive', file, image: place, id: image.ids[0], name } })}
        >
          Copy to a registry…
        </Button>
      </div>
      <PlatformNote platform={platform} />
      <ElsewhereNote layers={layers} />
      <ul className={c.tags} aria-label="What loading would do">
        {plan.tags.map((tag) => (
          <TagPlanRow key={tag.reference} tag={tag} image={image} to={plan.id} onKeep={onKeep} isKept={keptBack.includes(tag.reference)} />
        ))}
        {plan.tags.length === 0 && <li className="t2">{plan.isHere ? 'Already here.' : 'It will have no name.'}</li>}
      </ul>
      <LayersInArchive layers={layers} />
    </div>
  );
}

function PlatformNote({ platform }: { platform: string }) {
  const own = useMirror(({ engine }) => (engine.state === 'connected' ? engine.platform : undefined));
  if (!own || !platform || withoutVariant(platform) === withoutVariant(own)) return null;
  return (
    <p className="sm t2">
      It was built for {platform}, and the engine runs {own}. You can keep it and pass it on, but it may not run here.
    </p>
  );
}

function ElsewhereNote({ layers }: { layers: ArchivedLayer[] }) {
  const elsewhere = layers.filter(({ isElsewhere }) => isElsewhere).length;
  if (elsewhere === 0) return null;
  return (
    <p className="sm t2">
      {elsewhere} of its {count(layers.length, 'layer')} {elsewhere === 1 ? 'is' : 'are'} not in the file, as{' '}
      {elsewhere === 1 ? 'it' : 'they'} may not be passed on: only an engine that has {elsewhere === 1 ? 'it' : 'them'}, or can get{' '}
      {elsewhere === 1 ? 'it' : 'them'} elsewhere, can load the image.
    </p>
  );
}

const withoutVariant = (platform: string): string => platform.split('/').slice(0, 2).join('/');
