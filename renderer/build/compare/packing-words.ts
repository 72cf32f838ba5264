import type { Fork, Packed } from '../../../contract/cache-fork.ts';

/** How the copied files were packed, which the classic builder's cache looks at and no layer keeps; as far as it is proved. */
export function packingWords({ packed, instructions }: Fork, first: string, isMore: boolean): string[] {
  const [one, own] = packed ?? [];
  if (one && own) {
    const found = differences(one, own, first);
    return found.length > 0 ? [...found, proof] : [];
  }
  const known = one ?? own;
  // of an archive that ADD unpacks, or a download, the layer does not keep what was given
  const orArchive = /^ADD\b/i.test(instructions[1]) ? ', or, of an archive or a download, its own bytes' : '';
  const open = `the owner, a name in the folder or the way in which modes are written ${isMore ? 'may differ, too' : 'differs'}${orArchive}`;
  if (!known) return [`How they were packed could not be found out: ${open}.`];
  const [where, other] = one ? [first, 'here'] : ['this image', `in ${first}`];
  return [
    `The files of ${where} were packed with the owner ${ownerOf(known)}.`,
    `How they were packed ${other} could not be found out: ${open}.`,
    proof,
  ];
}

const proof = 'This is proved: a digest made anew of the layer’s files, packed in this way, is the one that the image’s history holds.';

function differences(one: Packed, own: Packed, first: string): string[] {
  return [
    ...(ownerOf(one) === ownerOf(own)
      ? []
      : [
          `Another owner: ${ownerOf(one)} in ${first}, ${ownerOf(own)} here. The classic builder’s cache looks at it, and the image does not keep it.`,
        ]),
    ...(ownerOf(one) === ownerOf(own) ? [] : otherProgram(one, own, first)),
    ...(one.hasKindInMode === own.hasKindInMode
      ? []
      : [
          `Modes written otherwise: ${one.hasKindInMode ? first : 'this image'} has the kind of file in them, as docker’s command up to 23 writes it and newer ones do not.`,
        ]),
    ...(one.isDotted === own.isDotted
      ? []
      : [`Names written otherwise: in ${one.isDotted ? first : 'this image'} they begin with “./”, as tar writes them.`]),
    ...(one.source === own.source ? [] : [`Another name in the folder: ${nameOf(one)} in ${first}, ${nameOf(own)} here.`]),
  ];
}

/** Docker's command gives all files to root before it sends them; so another owner is another program's. */
function otherProgram(one: Packed, own: Packed, first: string): string[] {
  const others = [...(isRoot(one) ? [] : [first]), ...(isRoot(own) ? [] : ['this image'])];
  return [
    `Docker’s command and Layerdeck pack every file as 0:0. So another program packed the files of ${others.join(' and of ')}: Compose 1 and scripts that use docker’s library for Python leave the owner as it is on the disk.`,
  ];
}

const isRoot = ({ uid, gid }: Packed): boolean => uid === 0 && gid === 0;
const ownerOf = ({ uid, gid }: Packed): string => `${uid}:${gid}`;
const nameOf = ({ source }: Packed): string => (source === '' ? 'the whole folder' : `“${source}”`);
