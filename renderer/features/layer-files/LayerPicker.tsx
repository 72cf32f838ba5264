import { describeInstruction } from '../../../contract/instruction.ts';
import type { OpenedFiles } from '../../../contract/layer-files.ts';
import { Bar } from '../../ui/Bar.tsx';
import { bytes } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './LayerPicker.module.css';

type Props = {
  opened: OpenedFiles;
  sizes: ReadonlyMap<string, number>;
  layer: number | undefined;
  onLayer(layer: number | undefined): void;
};

/** The whole image, and its layers with the newest on top. */
export function LayerPicker({ opened: { layers }, sizes, layer: chosen, onLayer }: Props) {
  const sizeOf = (diffId: string, size: number | undefined) => sizes.get(diffId) ?? size;
  const known = layers.map(({ diffId, size }) => sizeOf(diffId, size));
  const most = Math.max(1, ...known.map((size) => size ?? 0));
  const sum = known.every((size) => size !== undefined) ? known.reduce<number>((all, size) => all + (size ?? 0), 0) : undefined;
  return (
    <nav className={`scroll ${c.picker}`} aria-label="Layers">
      <button type="button" className={`${c.layer} ${c.whole}`} aria-pressed={chosen === undefined} onClick={() => onLayer(undefined)}>
        <span className={c.line}>
          <span className="grow">Whole image</span>
          {sum !== undefined && <span className="num t2">{bytes(sum)}</span>}
        </span>
      </button>
      <h2 className={`sm t3 ${c.title}`}>Layers, newest first</h2>
      <ol>
        {layers
          .map(({ diffId, instruction }, layer) => ({ layer, instruction, key: `${layer} ${diffId}`, size: known[layer] }))
          .reverse()
          .map(({ layer, instruction, key, size }) => (
            <li key={key}>
              <button
                type="button"
                className={c.layer}
                aria-pressed={chosen === layer}
                title={instruction}
                onClick={() => onLayer(chosen === layer ? undefined : layer)}
              >
                <span className={c.line}>
                  <span className={`num t3 ${c.number}`}>{layer + 1}</span>
                  <span className="grow cut">
                    {instruction === undefined ? 'A layer of unknown origin' : <PlainText text={describeInstruction(instruction)} />}
                  </span>
                  {size !== undefined && <span className="num t2">{bytes(size)}</span>}
                </span>
                {size !== undefined && (
                  <Bar className={c.bar} parts={[{ key: 'size', fraction: size / most, kind: chosen === layer ? 'accent' : 'soft' }]} />
                )}
              </button>
            </li>
          ))}
      </ol>
    </nav>
  );
}
