import type { ReceiptShown } from '../../../../contract/receipt.ts';
import { fileEnding, type SavePacking } from '../../../desk/suggest-file-name.ts';

/** "for-lab-03.tar" */
export const forPerson = (name: string, packing: SavePacking): string =>
  `for-${name.replace(/[^\p{L}\p{N}_.-]+/gu, '-').slice(0, 80)}${fileEnding(packing)}`;

/** For whom the file is, and who can load it. */
export function madeForWords({ name, takesParts, isRegistry }: ReceiptShown): string {
  if (isRegistry) return `Made for the registry ${name}. There, open it in Layerdeck and press “Copy to a registry…”.`;
  const others = 'Any other computer is told what is missing before it loads.';
  if (takesParts === false) return `Made for ${name}. Layerdeck has to load it there: its engine by itself takes images only whole.`;
  return `Made for ${name}. ${others}`;
}
