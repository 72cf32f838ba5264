import { shortDigest } from '../../../foundation/formats/digest.ts';
import { RefusedArchive } from '../../../foundation/formats/refused-archive.ts';

/** For layers that did not come, or came with other bytes than the image says. */
export const missingLayers = (diffIds: ReadonlySet<string>): RefusedArchive => {
  const [first = ''] = diffIds;
  const one = `The layer ${shortDigest(first)}`;
  return new RefusedArchive(
    diffIds.size === 1 ? 'A layer of the image couldn’t be read' : `${diffIds.size} layers of the image couldn’t be read`,
    `${one}${diffIds.size === 1 ? '' : ' and others'} didn’t come, or came with other bytes than the image says. Nothing of ${diffIds.size === 1 ? 'it' : 'them'} was kept. Try again, or get the image anew.`,
  );
};

/** For files whose bytes are not what the layer's index says. */
export const unreadFiles = (count: number): RefusedArchive =>
  new RefusedArchive(
    count === 1 ? 'The file couldn’t be read' : `${count} files couldn’t be read`,
    'The layer didn’t come, or its bytes are no longer what they were. Try again, or get the image anew.',
  );
