import { useCallback, useEffect, useState } from 'react';
import type { FileChange, OpenedFiles } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { useKept } from '../../connection/use-kept.ts';
import { FileAside } from './FileAside.tsx';
import c from './FilesBrowser.module.css';
import { FileTools } from './FileTools.tsx';
import { FileTree } from './FileTree.tsx';
import { type FileLook, firstLook, topOf, viewOf, wholeView } from './file-look.ts';
import { LayerAside } from './LayerAside.tsx';
import { type Base, LayerPicker } from './LayerPicker.tsx';
import { useTreeReader } from './use-tree-reader.ts';
import { WasteBar } from './WasteBar.tsx';

type Props = {
  opened: OpenedFiles;
  sizes: ReadonlyMap<string, number>;
  /** Its id, if it is on an engine. */
  image: string | undefined;
  base: Base | undefined;
  /** Opens the image anew, once main no longer knows it. */
  onReopen(): void;
};

/** From left to right: which layer, which file, and what is in it. */
export function FilesBrowser({ opened, sizes, image, base, onReopen }: Props) {
  const [look, setLook] = useState<FileLook>(firstLook);
  const [chosen, setChosen] = useState<number>();
  const [goal, setGoal] = useState<string>();
  const [openedPlace, setOpenedPlace] = useState<number>();
  const whole = wholeView(look, opened);
  const { next, shown } = useTreeReader(viewOf(look, opened), look.order);
  const asked = useAsked(JSON.stringify(whole), (signal) => client.layerFiles.summary(whole, { signal }));
  const summary = useKept('summary', asked.answer);
  // where the tree has what was chosen among what was found
  const [foundAt, setFoundAt] = useState<string>();
  const choose = useCallback((place: number, path?: string) => {
    setChosen(place);
    setFoundAt(path);
  }, []);
  const change = (part: Partial<FileLook>) => {
    setLook((before) => ({ ...before, ...part }));
    if (part.text === '' && foundAt !== undefined) setGoal(foundAt);
  };
  /** Shows a place where it is in the tree, as a layer has it. */
  const goTo = (place: number, path: string, layer?: number) => {
    setLook(({ order }) => ({ ...firstLook, order, layer }));
    setChosen(place);
    setGoal(path);
  };
  const { reader } = next;
  useEffect(() => {
    if (goal !== undefined) void reader.reveal(goal).then(() => setGoal((now) => (now === goal ? undefined : now)));
  }, [goal, reader]);
  return (
    <div className={c.browser}>
      <div className={c.columns}>
        <LayerPicker
          opened={opened}
          sizes={sizes}
          base={base}
          layer={look.layer}
          onLayer={(layer) => change({ layer, ...(layer === undefined && { change: undefined, withBefore: false }) })}
        />
        <section className={c.middle} aria-label="Files">
          <FileTools look={look} summary={summary} onChange={change} />
          <FileTree
            label={look.layer === undefined ? 'Files of the image' : `Files of layer ${look.layer + 1}`}
            tree={shown}
            chosen={chosen}
            order={look.order}
            isMarked={look.layer !== undefined}
            empty={emptyWords(look)}
            onChoose={choose}
            onOpen={() => setOpenedPlace(chosen)}
            onOrder={(order) => change({ order })}
            onReopen={onReopen}
          />
        </section>
        {chosen === undefined ? (
          <LayerAside opened={opened} layer={look.layer} summary={summary} />
        ) : (
          <FileAside
            opened={opened}
            view={whole}
            top={topOf(look, opened)}
            place={chosen}
            openedPlace={openedPlace}
            onLayer={(layer, { place, path }) => goTo(place, path, layer)}
          />
        )}
      </div>
      <WasteBar
        opened={opened}
        image={image}
        onGoTo={({ place, path, layer }) => goTo(place, path, layer)}
        onLayer={(layer) => {
          setChosen(undefined);
          change({ ...firstLook, order: look.order, layer });
        }}
      />
    </div>
  );
}

const changeNames: Record<FileChange, string> = { added: 'adds', changed: 'changes', removed: 'removes' };

function emptyWords({ text, change, layer }: FileLook): string {
  if (text.trim() !== '') return `Nothing here has “${text.trim()}” in its name.`;
  if (change) return `This layer ${changeNames[change]} no files.`;
  return layer === undefined ? 'The image has no files.' : 'This layer changes no files.';
}
