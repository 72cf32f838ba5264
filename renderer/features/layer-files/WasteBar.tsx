import { IconChevronDown, IconChevronUp, IconRecycle } from '@tabler/icons-react';
import { useState } from 'react';
import type { OpenedFiles, WasteItem } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { bytes, count } from '../../ui/format.ts';
import c from './WasteBar.module.css';
import { WasteList } from './WasteList.tsx';

type Props = {
  opened: OpenedFiles;
  /** Its id, if it is on an engine. */
  image: string | undefined;
  onGoTo(item: WasteItem): void;
  onLayer(layer: number): void;
};

/** What the image carries for nothing: one quiet line that opens. */
export function WasteBar({ opened, image, onGoTo, onLayer }: Props) {
  const { files } = opened;
  const [isOpen, setIsOpen] = useState(false);
  const { answer: waste, failure } = useAsked(files, (signal) => client.layerFiles.waste({ files }, { signal }));
  const build = useMirror(({ builds }) => (image === undefined ? undefined : builds.find(({ imageId }) => imageId === image)?.id));
  const hasSome = waste !== undefined && waste.total > 0;
  const Icon = isOpen ? IconChevronDown : IconChevronUp;
  const close = () => setIsOpen(false);
  return (
    <>
      {isOpen && waste && (
        <WasteList
          opened={opened}
          waste={waste}
          build={build}
          onClose={close}
          onGoTo={(item) => {
            close();
            onGoTo(item);
          }}
          onLayer={(layer) => {
            close();
            onLayer(layer);
          }}
        />
      )}
      <div className={c.bar}>
        <IconRecycle size={16} stroke={1.6} className="t3" aria-hidden />
        <p className="grow cut num" role="status">
          {failure ? (
            failure.title
          ) : waste ? (
            <Words total={waste.total} number={waste.count} />
          ) : (
            <span className="t2">Adding up what is wasted</span>
          )}
        </p>
        {hasSome && (
          <button type="button" className={c.toggle} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Hide the list' : 'Show the list'}
            <Icon size={15} stroke={1.7} aria-hidden />
          </button>
        )}
      </div>
    </>
  );
}

const Words = ({ total, number }: { total: number; number: number }) =>
  total === 0 ? (
    <span className="t2">Nothing is wasted: every byte is of use.</span>
  ) : (
    <>
      <b className={c.sum}>Waste: {bytes(total)}</b>
      <span className="t2">in {count(number, 'place')}. A new build can leave it out.</span>
    </>
  );
