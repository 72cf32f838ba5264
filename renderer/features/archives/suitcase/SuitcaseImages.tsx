import { Checkbox } from '@mantine/core';
import type { PackedImage } from '../../../../contract/receipt.ts';
import { groupReferences } from '../../../desk/image-name.ts';
import { ChipGroup } from '../../../ui/ChipGroup.tsx';
import { bytes, count, shortId } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import c from './Suitcase.module.css';

type Props = { images: PackedImage[]; chosen: ReadonlySet<string>; onChange(id: string, isChosen: boolean): void };

/** The images for another computer, each with what of it that computer lacks. `chosen` are ids. */
export const SuitcaseImages = ({ images, chosen, onChange }: Props) => (
  <div className={`scroll ${c.images}`}>
    <LongList items={images} keyOf={({ id }) => id} rowHeight={48} isVaried label="What goes into the file">
      {(image) => (
        <div className={c.image}>
          <Checkbox
            checked={chosen.has(image.id)}
            onChange={(event) => onChange(image.id, event.currentTarget.checked)}
            label={<Names image={image} />}
            description={lackingWords(image)}
          />
          <span className="num t2">
            {image.lacking === 0 ? 'only its name' : image.bytes === undefined ? 'size unknown' : bytes(image.bytes)}
          </span>
        </div>
      )}
    </LongList>
  </div>
);

const Names = ({ image: { id, references } }: { image: PackedImage }) => (
  <span className={c.imageNames}>
    {references.length === 0 && <span className="mono">{shortId(id)}</span>}
    {groupReferences(references).map(({ repository, tags }) => (
      <ChipGroup key={repository} name={repository} chips={tags} max={4} small />
    ))}
  </span>
);

function lackingWords({ layers, lacking }: PackedImage): string {
  if (lacking === 0) return layers === 1 ? 'its layer is there' : `all ${count(layers, 'layer')} are there`;
  return lacking === layers ? `all of its ${count(layers, 'layer')}` : `${count(lacking, 'new layer')}, ${layers - lacking} there already`;
}
