import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import type { ImageArchive } from '../../../../contract/archive.ts';
import type { Completeness, SuitcaseMark } from '../../../../contract/receipt.ts';
import { imageName } from '../../../desk/image-name.ts';
import { ago, count, dateAndTime, listedUpTo } from '../../../ui/format.ts';
import { leavesOut } from '../leaves-out.ts';
import c from './Suitcase.module.css';

type Props = { preview: ImageArchive; completeness: Completeness | undefined };

/** Whether a file that leaves out layers can be loaded here, and for whom it was packed. Nothing for a whole file. */
export function CompletenessCard({ preview, completeness }: Props) {
  const { images, suitcase } = preview;
  if (!leavesOut(preview)) return null;
  const inFile = new Set(images.flatMap(({ layers }) => layers.filter(({ isAbsent }) => !isAbsent).map(({ diffId }) => diffId))).size;
  const lacking = completeness?.lacking ?? [];
  const isElsewhere = lacking.length > 0 && suitcase?.isRegistry === true;
  const isBad = lacking.length > 0 && !isElsewhere;
  const isComplete = completeness !== undefined && lacking.length === 0;
  return (
    <section className={c.complete} data-bad={isBad || undefined} aria-label="Whether it is complete">
      <p className={c.verdict}>
        {isComplete && <IconCircleCheckFilled size={18} aria-hidden />}
        {isBad && <IconCircleXFilled size={18} aria-hidden />}
        <span>{verdict(completeness, suitcase)}</span>
      </p>
      <p className="t2">{explained(completeness, suitcase, images.length)}</p>
      {suitcase && <MadeFor mark={suitcase} />}
      <dl className={c.sums}>
        <dt>In the file</dt>
        <dd className="num">{count(inFile, 'layer')}</dd>
        {completeness && isElsewhere && (
          <>
            <dt>In the registry</dt>
            <dd className="num">{count(completeness.leftOut, 'layer')}</dd>
          </>
        )}
        {completeness && !isElsewhere && (
          <>
            <dt>Already here</dt>
            <dd className="num">{count(completeness.leftOut - completeness.missing, 'layer')}</dd>
            <dt>Missing</dt>
            <dd className="num">{completeness.missing === 0 ? 'none' : count(completeness.missing, 'layer')}</dd>
          </>
        )}
      </dl>
      {isBad && (
        <p className="t2">
          Missing for {listedUpTo(lacking.map(({ image }) => nameOf(images[image])))}. Make a receipt of this engine under “Engines” and
          have the images saved again with it, or have them saved whole.
        </p>
      )}
    </section>
  );
}

const nameOf = (image: ImageArchive['images'][number] | undefined): string =>
  image ? imageName({ id: image.ids[0] ?? '', references: image.references }) : 'an image';

function verdict(completeness: Completeness | undefined, suitcase: SuitcaseMark | undefined): string {
  if (completeness?.lacking.length === 0) return 'Complete here';
  if (suitcase?.isRegistry) return `Packed for the registry ${suitcase.madeFor}`;
  if (!completeness) return 'Not every layer is in the file';
  return suitcase ? `Not for this computer: it was packed for ${suitcase.madeFor}` : 'Not complete here';
}

function explained(completeness: Completeness | undefined, suitcase: SuitcaseMark | undefined, images: number): string {
  if (suitcase?.isRegistry && completeness?.lacking.length !== 0)
    return 'What is left out is there: use “Copy to a registry…”. This engine lacks it, so the file can’t be loaded here.';
  if (!completeness) return 'Whether the rest is here can be said once an engine answers.';
  if (completeness.lacking.length > 0) return 'Layers are neither in the file nor on this engine, so it can’t be loaded.';
  const all = images === 1 ? 'the image' : images === 2 ? 'both images' : `all ${images} images`;
  const added = completeness.isAdded ? ' This engine takes images only whole: Layerdeck adds the layers from its own images.' : '';
  return `With the layers this engine already has, ${all} can be loaded.${added}`;
}

const MadeFor = ({ mark: { madeFor, receiptOf } }: { mark: SuitcaseMark }) => (
  <p className="sm t3">
    Packed for {madeFor}
    {receiptOf !== undefined && (
      <>
        , by its receipt made <span title={dateAndTime(receiptOf)}>{ago(receiptOf, Date.now())}</span>
      </>
    )}
  </p>
);
