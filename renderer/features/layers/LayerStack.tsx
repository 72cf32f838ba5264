import type { Layer } from '../../../contract/image.ts';
import { describeInstruction } from '../../../contract/instruction.ts';
import { bytes, count } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './LayerStack.module.css';
import { type PlacedLayer, placeLayers, ribbonPath } from './place-layers.ts';

const blockWidth = 72;
const ribbonWidth = 56;

type Props = { layers: Layer[]; withEmpty: boolean; selected: number; onSelect(index: number): void };

/** Blocks in proportion to their bytes, each joined to a row of text. Newest on top. */
export function LayerStack({ layers, withEmpty, selected, onSelect }: Props) {
  const { placed, height } = placeLayers(layers, withEmpty);
  return (
    <div className={c.stack} style={{ height }}>
      <svg width={blockWidth + ribbonWidth} height={height} className={c.blocks} aria-hidden>
        {placed.map((place) => (
          <Block key={place.index} place={place} isSelected={place.index === selected} onSelect={onSelect} />
        ))}
      </svg>
      <ol className={c.rows} aria-label="Layers, newest first">
        {placed.map((place) => (
          <LayerRow key={place.index} place={place} isSelected={place.index === selected} onSelect={onSelect} />
        ))}
      </ol>
    </div>
  );
}

const toneOf = ({ sharedWith }: Layer) => (sharedWith === undefined ? 'unknown' : sharedWith > 0 ? 'shared' : 'own');

type PlaceProps = { place: PlacedLayer; isSelected: boolean; onSelect(index: number): void };

function Block({ place: { layer, index, block, row }, isSelected, onSelect }: PlaceProps) {
  if (!block) return null;
  return (
    // The row beside it is a button that does the same; the block is for the mouse only.
    // biome-ignore lint/a11y/noStaticElementInteractions: hidden from the keyboard and from screen readers on purpose
    <g data-tone={toneOf(layer)} data-on={isSelected || undefined} onClick={() => onSelect(index)}>
      <path className={c.ribbon} d={ribbonPath(block, row, blockWidth, blockWidth + ribbonWidth)} />
      <rect className={c.block} width={blockWidth} y={block.top} height={block.height} rx={Math.min(4, block.height / 2)} />
      {block.height > 22 && (
        <text className={c.share} x={blockWidth / 2} y={block.top + block.height / 2 + 4} textAnchor="middle">
          {Math.round(block.share * 100)}%
        </text>
      )}
    </g>
  );
}

function LayerRow({ place: { layer, index, row }, isSelected, onSelect }: PlaceProps) {
  const { instruction, sharedWith = 0, hasLayer } = layer;
  return (
    <li className={c.item} style={{ top: row.top }}>
      <button type="button" className={c.row} data-quiet={!hasLayer || undefined} aria-pressed={isSelected} onClick={() => onSelect(index)}>
        <span className="grow">
          <span className={`${c.what} cut`}>
            <PlainText text={describeInstruction(instruction)} />
          </span>
          {hasLayer && (
            <span className={`${c.command} mono cut`}>
              <PlainText text={instruction} />
            </span>
          )}
        </span>
        {sharedWith > 0 && (
          <span className={`${c.shared} num`} title={`${count(sharedWith, 'other image')} on this engine also use this layer`}>
            shared with {sharedWith}
          </span>
        )}
        <span className={`${c.size} num`}>{hasLayer ? bytes(layer.size) : hasLayer === false ? 'no files' : 'unknown'}</span>
      </button>
    </li>
  );
}
