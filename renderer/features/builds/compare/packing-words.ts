import type { Fork, Packed } from '../../../../contract/cache-fork.ts';

/** How the copied files were packed, as far as that is proved: the classic builder's cache looks at it, and no layer keeps it. */
export function packingWords({ packed, instructions }: Fork, first: string, isMore: boolean): string[] {
  const [one, own] = packed ?? [];
  if (one && own) {
    const found = differences(one, own, first);
    return found.length > 0 ? [...found, proof] : [];
  }
  const known = one ?? own;
  // the layer does not keep an archive that ADD unpacks, or a download
  const orArchive = /^ADD\b/i.test(instructions[1]) ? ', or the bytes of an archive or a download' : '';
  const open = `the owner, a name in the folder or the way modes are written${orArchive} ${isMore ? 'may differ, too' : 'differs'}`;
  if (!known) return [`Layerdeck couldn’t find out how they were packed: ${open}.`];
  const [where, other] = one ? [first, 'here'] : ['this image', `in ${first}`];
  return [
    `The files of ${where} were packed with the owner ${ownerOf(known)}.`,
    `Layerdeck couldn’t find out how they were packed ${other}: ${open}.`,
    proof,
  ];
}

const proof = 'This is proved: the layer’s files, packed in this way, have the very digest that is in the image’s history.';

function differences(one: Packed, own: Packed, first: string): string[] {
  return [
    ...(ownerOf(one) === ownerOf(own)
      ? []
      : [
          `Another owner: ${ownerOf(one)} in ${first}, ${ownerOf(own)} here. The classic builder’s cache looks at it, and the image doesn’t keep it.`,
        ]),
    ...(ownerOf(one) === ownerOf(own) ? [] : otherProgram(one, own, first)),
    ...(one.hasKindInMode === own.hasKindInMode
      ? []
      : [
          `Modes written differently: in ${one.hasKindInMode ? first : 'this image'} they contain the kind of file, as docker’s command wrote them up to version 23.`,
        ]),
    ...(one.isDotted === own.isDotted
      ? []
      : [`Names written differently: in ${one.isDotted ? first : 'this image'} they begin with “./”, as tar writes them.`]),
    ...(one.source === own.source ? [] : [`Another name in the folder: ${nameOf(one)} in ${first}, ${nameOf(own)} here.`]),
  ];
}

/** Docker's command sends all files as owned by root, so another owner means another program. */
function otherProgram(one: Packed, own: Packed, first: string): string[] {
  const others = [...(isRoot(one) ? [] : [first]), ...(isRoot(own) ? [] : ['this image'])];
  return [
    `Docker’s command and Layerdeck pack every file as 0:0, so another program packed the files of ${others.join(' and of ')}: Compose 1 and scripts that use docker’s library for Python leave the owner as it is on disk.`,
  ];
}

const isRoot = ({ uid, gid }: Packed): boolean => uid === 0 && gid === 0;
const ownerOf = ({ uid, gid }: Packed): string => `${uid}:${gid}`;
const nameOf = ({ source }: Packed): string => (source === '' ? 'the whole folder' : `“${source}”`);
