import { Checkbox } from '@mantine/core';
import { IconArrowRight, IconPlus, IconTag } from '@tabler/icons-react';
import type { ArchivedImage } from '../../../contract/archive.ts';
import { ago, shortId } from '../../ui/format.ts';
import { StateIcon } from '../../ui/StateIcon.tsx';
import c from './archive.module.css';
import type { TagHolder, TagPlan } from './plan-load.ts';

type Props = {
  tag: TagPlan;
  image: ArchivedImage;
  /** The image the tag would point to. */
  to: string;
  isKept: boolean;
  onKeep(reference: string, isKept: boolean): void;
};

/** What loading does to one name, and the choice to leave it as it is. */
export function TagPlanRow({ tag, image, to, isKept, onKeep }: Props) {
  const { kind, reference } = tag;
  const keep = (label: string, whole = label) => (
    <Checkbox
      label={label}
      aria-label={whole}
      checked={isKept}
      onChange={(event) => onKeep(reference, event.currentTarget.checked)}
      className={c.keep}
    />
  );
  if (kind === 'moves') {
    return (
      <li className={c.moves} data-kept={isKept || undefined}>
        <IconTag size={16} stroke={1.7} aria-hidden />
        <div className="grow">
          <p className="strong">
            {isKept
              ? `${reference} stays at ${shortId(tag.from.id)}`
              : `This moves ${reference} from ${shortId(tag.from.id)} to ${shortId(to)}`}
          </p>
          {!isKept && <Move from={tag.from} to={to} image={image} />}
          {keep(`Leave ${reference} where it is`)}
        </div>
      </li>
    );
  }
  return (
    <li className={c.tag} data-kept={isKept || undefined}>
      {kind === 'here' ? <StateIcon state="there-already" /> : <IconPlus size={16} stroke={1.7} aria-hidden />}
      <span className="grow">
        <span className={c.reference}>{reference}</span> <span className="t3">{isKept ? 'Left out' : words[kind]}</span>
      </span>
      {kind !== 'here' && keep('Leave out', `Leave out ${reference}`)}
    </li>
  );
}

const words = { new: 'New', here: 'Already here', unknown: '' };

const Move = ({ from, to, image }: { from: TagHolder; to: string; image: ArchivedImage }) => (
  <>
    <p className={c.move}>
      <Moved id={from.id} createdAt={from.createdAt} />
      <IconArrowRight size={14} stroke={1.7} aria-label="to" />
      <Moved id={to} createdAt={image.createdAt} />
    </p>
    <p className="t2">{moveWords(from, image)}</p>
  </>
);

const Moved = ({ id, createdAt }: { id: string; createdAt: number }) => (
  <span className={c.moved}>
    <span className="mono">{shortId(id)}</span>
    {createdAt > 0 && <span className="t2">built {ago(createdAt, Date.now())}</span>}
  </span>
);

function moveWords({ createdAt, losesLastName }: TagHolder, image: ArchivedImage): string {
  const isOlder = image.createdAt > 0 && createdAt > image.createdAt;
  const stays = losesLastName
    ? 'The image that has it now stays, but untagged: it has no other tag.'
    : 'The image that has it now keeps its other tags.';
  return isOlder ? `The file holds the older image. ${stays}` : stays;
}
