import type { CompareDetails } from '../../../../contract/compare.ts';
import { bytes, dateAndTime, shortId } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { kindWords, modeLetters, octal, ownerWords } from '../file-words.ts';
import c from './DifferencePane.module.css';

type Props = { details: CompareDetails; names: [string, string] };

/** What a place is in each image, line by line; of what both have, only what differs. */
export const PlaceTable = ({ details, names }: Props) => (
  <table className={`sm num ${c.table}`}>
    <thead>
      <tr>
        <td />
        {names.map((name, at) => (
          <th key={at === 0 ? 'first' : 'second'} scope="col">
            <PlainText text={name} />
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rowsOf(details).map(({ name, values: [first, second] }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{first === undefined ? <span className="t3">not there</span> : <PlainText text={first} />}</td>
          <td>{second === undefined ? <span className="t3">not there</span> : <PlainText text={second} />}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

type Row = { name: string; values: [string | undefined, string | undefined] };

function rowsOf({ facts, sides, aspects }: CompareDetails): Row[] {
  const isInBoth = facts[0] !== undefined && facts[1] !== undefined;
  const told = [0, 1].map((side) => {
    const [own, placed] = [facts[side as 0 | 1], sides[side as 0 | 1]];
    if (!own) return undefined;
    const { kind, mode, uid, gid, link, modified, size } = own;
    return {
      Kind: kind === 'file' ? `${kindWords(kind)}, ${bytes(size)}` : kindWords(kind),
      // other bytes of the same number are seen by nothing else
      ...(placed?.digest && facts[0]?.size === facts[1]?.size && { Content: shortId(placed.digest) }),
      ...(link !== undefined && { [kind === 'symlink' ? 'Leads to' : 'Device']: link }),
      ...(kind !== 'symlink' && { Rights: `${modeLetters(kind, mode)} ${octal(mode)}` }),
      Owner: ownerWords(uid, gid),
      // another time is told only where times count
      ...(modified > 0 && (!isInBoth || aspects.includes('time')) && { Written: dateAndTime(modified * 1000) }),
      ...(placed && { 'In layer': String(placed.layer + 1) }),
      ...(placed?.package && { Package: `${placed.package.name} ${placed.package.version}` }),
    } as Record<string, string>;
  });
  const names = [...new Set(told.flatMap((one) => Object.keys(one ?? {})))];
  const rows = names.map((name): Row => ({ name, values: [toldOf(told[0], name), toldOf(told[1], name)] }));
  return isInBoth ? rows.filter(({ name, values: [first, second] }) => first !== second || name === 'Package') : rows;
}

/** A place that is there, but has nothing of that name, says so by a dash. */
const toldOf = (told: Record<string, string> | undefined, name: string): string | undefined => told && (told[name] ?? '–');
