import type { SuitcaseForecast } from '../../../../contract/receipt.ts';
import { Bar } from '../../../ui/Bar.tsx';
import { bytes, count } from '../../../ui/format.ts';
import c from './Suitcase.module.css';

/** What goes into a file for another computer, and what it has already. */
export function SuitcaseView({ forecast: { receipt, packed, leftOut } }: { forecast: SuitcaseForecast }) {
  const all = packed.bytes !== undefined && leftOut.bytes !== undefined ? packed.bytes + leftOut.bytes : undefined;
  return (
    <section className={c.view} aria-label="What is packed">
      <p className={c.headline} role="status">
        {packed.layers === 0 ? (
          <>
            {receipt.name} has <strong>every layer</strong>: only names are packed
          </>
        ) : (
          <>
            Only what it lacks: <strong>{sizeOf(packed)}</strong>
            {all !== undefined && leftOut.layers > 0 && ` instead of ${bytes(all)}`}
          </>
        )}
      </p>
      {all !== undefined && all > 0 && (
        <Bar
          className={c.bar}
          parts={[
            { key: 'packed', kind: 'accent' as const, fraction: (packed.bytes ?? 0) / all },
            { key: 'left', kind: 'neutral' as const, fraction: (leftOut.bytes ?? 0) / all },
          ].filter(({ fraction }) => fraction > 0)}
        />
      )}
      <ul className={`sm t2 ${c.legend}`}>
        <li>
          {count(packed.layers, 'layer')} {packed.layers === 1 ? 'goes' : 'go'} into the file
        </li>
        <li data-left>
          {count(leftOut.layers, 'layer')} {leftOut.layers === 1 ? 'is' : 'are'} there already
          {leftOut.bytes !== undefined && leftOut.layers > 0 && `, ${bytes(leftOut.bytes)}`}
        </li>
      </ul>
    </section>
  );
}

const sizeOf = ({ layers, bytes: size }: SuitcaseForecast['packed']): string =>
  size === undefined ? `${count(layers, 'layer')} of unknown size` : bytes(size);
