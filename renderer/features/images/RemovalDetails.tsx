import type { RemovalPreview } from '../../../contract/image.ts';
import { imageName } from '../../desk/image-name.ts';
import { count, grouped } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import c from './RemovalDetails.module.css';
import { blockedBy, freedWords, otherNames, removableIds } from './removal-words.ts';

const shownAtMost = 50;

export function RemovalDetails({ preview }: { preview: RemovalPreview }) {
  const blocked = preview.images.filter(({ usedBy }) => usedBy.length > 0);
  const going = preview.images.filter(({ usedBy }) => usedBy.length === 0);
  const children = going.reduce((sum, { childCount }) => sum + childCount, 0);
  return (
    <>
      {going.length > 0 && <Going images={going} />}
      {removableIds(preview).length > 0 && <p className="num">{freedWords(preview)}</p>}
      {children > 0 && <Notice tone="quiet">{childWords(children, going.length === 1 ? 'this one' : 'these')}</Notice>}
      {blocked.length > 0 && (
        <Notice tone="warn" title={blockedTitle(blocked.length, going.length)}>
          {blocked.slice(0, 8).map((image) => (
            <p key={image.id}>{blockedBy(image)}</p>
          ))}
          {blocked.length > 8 && <p>and {grouped(blocked.length - 8)} more.</p>}
          <p>A container keeps its image, even if it is stopped. Remove it first.</p>
        </Notice>
      )}
    </>
  );
}

const blockedTitle = (blocked: number, going: number): string => {
  if (going > 0) return `${count(blocked, 'image')} can’t be removed`;
  return blocked === 1 ? 'A container uses it' : 'Containers use them';
};

const childWords = (number: number, base: string): string =>
  number === 1
    ? `One image was built on ${base}. It stays, and so do the layers that it shares.`
    : `${count(number, 'image')} were built on ${base}. They stay, and so do the layers that they share.`;

const Going = ({ images }: { images: RemovalPreview['images'] }) => (
  <ul className={c.list} aria-label="To be removed">
    {images.slice(0, shownAtMost).map((image) => (
      <li key={image.id} className={c.item}>
        <span className="strong cut">{imageName(image)}</span>
        {otherNames(image.references) && <span className={c.also}>{otherNames(image.references)}</span>}
      </li>
    ))}
    {images.length > shownAtMost && <li className={`t2 ${c.item}`}>and {grouped(images.length - shownAtMost)} more</li>}
  </ul>
);
