import { Fragment } from 'react';
import { describeInstruction } from '../../../contract/instruction.ts';
import type { OpenedFiles } from '../../../contract/layer-files.ts';
import type { ImageOrigin } from '../../../contract/origin.ts';
import { Bar } from '../../ui/Bar.tsx';
import { bytes } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './LayerPicker.module.css';

export type Base = ImageOrigin['startsFrom'][number];

type Props = {
  opened: OpenedFiles;
  sizes: ReadonlyMap<string, number>;
  /** The image on the engine that has just the lowest of these layers. */
  base: Base | undefined;
  layer: number | undefined;
  onLayer(layer: number | undefined): void;
};

/** The whole image, and its layers with the newest on top: its own, and those that it has from another image. */
export function LayerPicker({ opened: { layers }, sizes, base, layer: chosen, onLayer }: Props) {
  const shown = layers.map(({ diffId, instruction, size }, layer) => ({
    layer,
    instruction,
    key: `${layer} ${diffId}`,
    size: sizes.get(diffId) ?? size,
  }));
  const most = Math.max(1, ...shown.map(({ size = 0 }) => size));
  const sum = shown.reduce<number | undefined>((all, { size }) => (all === undefined || size === undefined ? undefined : all + size), 0);
  const below = base?.layers ?? 0;
  const groups = [
    { title: below > 0 ? 'Its own layers, newest first' : 'Layers, newest first', layers: shown.slice(below).reverse() },
    { title: `As in ${base?.name}`, layers: shown.slice(0, below).reverse() },
  ];
  return (
    <nav className={`scroll ${c.picker}`} aria-label="Layers">
      <button type="button" className={`${c.layer} ${c.whole}`} aria-pressed={chosen === undefined} onClick={() => onLayer(undefined)}>
        <span className={c.line}>
          <span className="grow">Whole image</span>
          {sum !== undefined && <span className="num t2">{bytes(sum)}</span>}
        </span>
      </button>
      {groups
        .filter((group) => group.layers.length > 0)
        .map((group) => (
          <Fragment key={group.title}>
            <h2 className={`sm t3 ${c.title}`}>{group.title}</h2>
            <ol aria-label={group.title}>
              {group.layers.map((one) => (
                <LayerItem
                  key={one.key}
                  one={one}
                  most={most}
                  isChosen={chosen === one.layer}
                  onPress={() => onLayer(chosen === one.layer ? undefined : one.layer)}
                />
              ))}
            </ol>
          </Fragment>
        ))}
    </nav>
  );
}

type ItemProps = {
  one: { layer: number; instruction: string | undefined; size: number | undefined };
  most: number;
  isChosen: boolean;
  onPress(): void;
};

const LayerItem = ({ one: { layer, instruction, size }, most, isChosen, onPress }: ItemProps) => (
  <li>
    <button type="button" className={c.layer} aria-pressed={isChosen} title={instruction} onClick={onPress}>
      <span className={c.line}>
        <span className={`num t3 ${c.number}`}>{layer + 1}</span>
        <span className="grow cut">
          {instruction === undefined ? 'A layer of unknown origin' : <PlainText text={describeInstruction(instruction)} />}
        </span>
        {size !== undefined && <span className="num t2">{bytes(size)}</span>}
      </span>
      {size !== undefined && <Bar className={c.bar} parts={[{ key: 'size', fraction: size / most, kind: isChosen ? 'accent' : 'soft' }]} />}
    </button>
  </li>
);
