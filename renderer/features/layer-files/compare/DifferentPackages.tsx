import type { ComparedPackages, PackageDifference } from '../../../../contract/compare.ts';
import { count, listed } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { PlainText } from '../../../ui/PlainText.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { FileMark } from '../FileMark.tsx';
import c from './CompareImagesPage.module.css';
import l from './DifferentPackages.module.css';

type Props = { packages: ComparedPackages; names: [string, string] };

/** Packages that were added, removed, or exchanged for another version. */
export function DifferentPackages({ packages: { known, rows, totals, total }, names }: Props) {
  const unknown = names.filter((_, at) => known[at] === 'unknown');
  return (
    <ScrollRegion label="Packages" className={c.pad}>
      {unknown.length > 0 ? (
        <Notice tone="quiet" title={`It isn’t known which packages ${listed(unknown)} ${unknown.length === 1 ? 'has' : 'have'}`}>
          There is a database of packages, but in a form that Layerdeck doesn’t read, or in a layer that was not read itself.
        </Notice>
      ) : known.every((one) => one === 'none') ? (
        <p className="t2">Neither has a database of dpkg, apk or rpm, so no package manager installed anything that could be compared.</p>
      ) : (
        <p className={`t2 num ${l.lead}`}>
          {total === 0 ? 'The same packages in the same versions: ' : ''}
          {names.map((name, at) => `${name} has ${known[at] === 'none' ? 'none' : count(totals[at] ?? 0, 'package')}`).join(', ')}.
        </p>
      )}
      {rows.length > 0 && (
        <>
          <div className={`sm t3 ${l.row} ${l.head}`} aria-hidden>
            <span />
            <span>Package</span>
            <span className="cut">{names[0]}</span>
            <span className="cut">{names[1]}</span>
          </div>
          <LongList items={rows} keyOf={({ manager, name }) => `${manager} ${name}`} rowHeight={30} isVaried label="Packages that differ">
            {(row) => <Row row={row} names={names} />}
          </LongList>
          {total > rows.length && <p className="sm t2">{count(total - rows.length, 'more package', 'more packages')} not shown.</p>}
        </>
      )}
    </ScrollRegion>
  );
}

const Row = ({ row: { manager, name, change, versions }, names }: { row: PackageDifference; names: [string, string] }) => (
  <div className={l.row} data-change={change}>
    <FileMark change={change} />
    <span className={l.name}>
      <b>
        <PlainText text={name} />
      </b>{' '}
      <span className="sm t3">{manager}</span>
    </span>
    {versions.map((all, at) => (
      <span key={at === 0 ? 'first' : 'second'} className={`mono ${l.version}`}>
        <span className="hidden">{names[at]}: </span>
        {all.length === 0 ? <span className={l.absent}>not there</span> : <PlainText text={all.join(', ')} />}
      </span>
    ))}
  </div>
);
