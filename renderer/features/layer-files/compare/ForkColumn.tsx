import type { ReactNode } from 'react';
import { describeInstruction } from '../../../../contract/instruction.ts';
import type { FilesLayer } from '../../../../contract/layer-files.ts';
import { bytes, count } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { differenceWords } from './difference-words.ts';
import c from './ForkColumn.module.css';
import { layerFork } from './layer-fork.ts';
import { type PlacedLayer, pairLayers } from './pair-layers.ts';
import type { Compared } from './verdict.ts';

/** The layers of both: one stack as far as they are the same, two above it. */
export function ForkColumn({ compared: { names, images, summary }, children }: { compared: Compared; children?: ReactNode }) {
  const [first, second] = images;
  const fork = layerFork(first.layers, second.layers);
  // packed bytes beside unpacked ones would tell a difference that isn't there
  const isComparable = (first.sizes.unpacked === undefined) === (second.sizes.unpacked === undefined);
  const sizesOf = (side: 0 | 1) => summary?.layerBytes[side] ?? images[side].layers.map(({ size }) => (isComparable ? size : undefined));
  const [sizes, others] = [sizesOf(0), sizesOf(1)];
  const pairs = pairLayers(first.layers.slice(fork.common), second.layers.slice(fork.common), [
    sizes.slice(fork.common),
    others.slice(fork.common),
  ]);
  const common = first.layers.slice(0, fork.common).map((layer, at): PlacedLayer => ({ layer, size: sizes[at] ?? others[at] }));
  const most = Math.max(1, ...[...sizes, ...others].map((size) => size ?? 0));
  return (
    <section className={`scroll ${c.column}`} aria-labelledby="compare-fork">
      <h2 id="compare-fork" className="h2">
        <PlainText text={titleWords(fork.first, fork.second, fork.common)} />
      </h2>
      <p className="sm t2">{commonWords(fork.common, common, fork.alsoShared)}</p>
      {pairs.length > 0 && (
        <>
          <div className={c.tops}>
            {names.map((name, at) => (
              <p key={at === 0 ? 'first' : 'second'} className={c.top}>
                <b className="cut" title={name}>
                  <PlainText text={name} />
                </b>
                <span className="sm t2 num">{totalWords(images[at as 0 | 1].sizes, summary?.totals[at]?.bytes)}</span>
              </p>
            ))}
          </div>
          <ol className={c.pairs} aria-label="Layers above, newest first">
            {pairs.toReversed().map(({ first: one, second: other }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: layers of an image never move
              <li key={at} className={c.pair}>
                <Block size={one?.size} most={most} isThere={one !== undefined} tone="first" />
                <span className={c.words}>
                  <span className={c.step} title={(other ?? one)?.layer.instruction}>
                    <PlainText text={stepWords((other ?? one)?.layer)} />
                  </span>
                  <span className="sm t2 num">{pairSizes(one, other, names)}</span>
                </span>
                <Block size={other?.size} most={most} isThere={other !== undefined} tone="second" />
              </li>
            ))}
          </ol>
          <svg className={c.ribbons} viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden>
            <path data-side="first" d="M8 0 C8 40 122 20 122 60 H150 C150 20 52 40 52 0 Z" />
            <path data-side="second" d="M292 0 C292 40 178 20 178 60 H150 C150 20 248 40 248 0 Z" />
          </svg>
        </>
      )}
      {common.length > 0 ? (
        <ol className={c.common} aria-label="Layers of both, newest first">
          {common.toReversed().map(({ layer, size }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: layers of an image never move
            <li key={at} className={c.shared}>
              <span className="sm t2 num">{size === undefined ? '' : bytes(size)}</span>
              <Block size={size} most={most} isThere tone="both" />
              <span className={`sm ${c.step}`} title={layer.instruction}>
                <PlainText text={stepWords(layer)} />
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className={`sm t2 ${c.nothing}`}>Nothing below is the same.</p>
      )}
      <div className={c.more}>{children}</div>
    </section>
  );
}

/** Pixels of a block; an empty layer is still seen. */
const [lowest, highest] = [4, 84];

const Block = ({ size = 0, most, isThere, tone }: { size?: number | undefined; most: number; isThere: boolean; tone: string }) => (
  <span className={c.block} data-tone={isThere ? tone : 'none'} style={{ height: Math.max(lowest, (size / most) * highest) }} aria-hidden />
);

const stepWords = (layer: FilesLayer | undefined): string =>
  layer?.instruction === undefined ? 'A layer of unknown origin' : describeInstruction(layer.instruction);

function titleWords(first: FilesLayer | undefined, second: FilesLayer | undefined, common: number): string {
  if (!first && !second) return 'All layers are the same';
  if (common === 0) return 'They share no layer at the bottom';
  const [one, other] = [first && stepWords(first), second && stepWords(second)];
  if (one === undefined || other === undefined) return `One goes on at “${one ?? other}”`;
  return one === other ? `They diverge at “${one}”` : `They diverge at “${one}” and “${other}”`;
}

function commonWords(common: number, layers: PlacedLayer[], alsoShared: number): string {
  const also =
    alsoShared > 0 ? ` ${count(alsoShared, 'layer')} above ${alsoShared === 1 ? 'is' : 'are'} in both, too, but on other layers.` : '';
  if (common === 0) return also.trim() || 'Not even the first layer is the same one.';
  const sum = layers.every(({ size }) => size !== undefined) ? layers.reduce((all, { size = 0 }) => all + size, 0) : undefined;
  return `${count(common, 'layer')}${sum === undefined ? '' : `, ${bytes(sum)},`} below ${common === 1 ? 'is' : 'are'} the same.${also}`;
}

/** All files, as soon as they are known; before, what the place of the image says. */
function totalWords({ packed, unpacked }: Compared['images'][0]['sizes'], files: number | undefined): string {
  if (files !== undefined) return bytes(files);
  if (unpacked !== undefined) return bytes(unpacked);
  return packed === undefined ? '' : `${bytes(packed)} packed`;
}

function pairSizes(one: PlacedLayer | undefined, other: PlacedLayer | undefined, names: [string, string]): string {
  if (!one || !other) {
    const { size } = (one ?? other) as PlacedLayer;
    return `only in ${one ? names[0] : names[1]}${size === undefined ? '' : `, ${bytes(size)}`}`;
  }
  if (one.layer.diffId === other.layer.diffId) return 'the same, on other layers';
  if (one.size === undefined || other.size === undefined) return 'another layer';
  const difference = differenceWords(one.size, other.size);
  return difference === '' ? bytes(other.size) : `${bytes(one.size)} → ${bytes(other.size)}`;
}
