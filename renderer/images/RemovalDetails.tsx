import type { RemovalPreview } from '../../contract/image.ts';
import { imageName } from '../connection/image-name.ts';
import { count, grouped } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import c from './RemovalDetails.module.css';
import { alsoGoes, blockedBy, freedWords, removableIds } from './removal-words.ts';

const shownAtMost = 50;

export function RemovalDetails({ preview }: { preview: RemovalPreview }) {
  const blocked = preview.images.filter(({ usedBy }) => usedBy.length > 0);
  const going = preview.images.filter(({ usedBy }) => usedBy.length === 0);
  const children = going.reduce((sum, { childCount }) => sum + childCount, 0);
  return (
    <>
      {going.length > 0 && <Going images={going} />}
      {removableIds(preview).length > 0 && <p className="num">{freedWords(preview)}</p>}
      {children > 0 && <Notice tone="quiet">{childWords(children)}</Notice>}
      {blocked.length > 0 && (
        <Notice tone="warn" title={blockedTitle(blocked.length, going.length)}>
          {blocked.slice(0, 8).map((image) => (
            <p key={image.id}>{blockedBy(image)}</p>
          ))}
          {blocked.length > 8 && <p>and {grouped(blocked.length - 8)} more.</p>}
          <p>Remove the container first, also if it has stopped.</p>
        </Notice>
      )}
    </>
  );
}

const blockedTitle = (blocked: number, going: number): string => {
  if (going > 0) return `${count(blocked, 'image')} cannot be removed`;
  return blocked === 1 ? 'A container keeps it' : 'Containers keep them';
};

const childWords = (number: number): string =>
  number === 1
    ? 'One image is built on this. It stays and keeps the layers it shares on disk.'
    : `${count(number, 'image')} are built on this. They stay and keep the layers they share on disk.`;

const Going = ({ images }: { images: RemovalPreview['images'] }) => (
  <ul className={c.list} aria-label="What is removed">
    {images.slice(0, shownAtMost).map((image) => (
      <li key={image.id} className={c.item}>
        <span className="strong cut">{imageName(image)}</span>
        {alsoGoes(image.references) && <span className={c.also}>{alsoGoes(image.references)}</span>}
      </li>
    ))}
    {images.length > shownAtMost && <li className={`t2 ${c.item}`}>and {grouped(images.length - shownAtMost)} more</li>}
  </ul>
);
