import { copyText } from '../../desk/copy-text.ts';
import { Facts } from '../../ui/Facts.tsx';
import { LogPane } from '../../ui/LogPane.tsx';
import { LongList } from '../../ui/LongList.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { logLines } from './examples.ts';
import c from './Gallery.module.css';
import { Section } from './Section.tsx';

const rows = Array.from({ length: 5000 }, (_, place) => `Row ${place + 1}`);
const copy = () => copyText('a log');

export const Lists = () => (
  <>
    <Section title="Facts" isStacked>
      <Facts
        rows={[
          { name: 'Platform', value: 'linux/amd64' },
          { name: 'Address', value: 'unix:///var/run/docker.sock', mono: true },
          { name: 'Odd', value: <PlainText text={'a tab\there, a break\nand \u202eturned'} />, mono: true },
        ]}
      />
    </Section>
    <Section title="A long list, and a region that scrolls" isStacked>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={`scroll ${c.list}`} aria-label="A list that scrolls" tabIndex={0}>
        <LongList items={rows} keyOf={(row) => row} rowHeight={24} label="Rows">
          {(row) => <span className="num">{row}</span>}
        </LongList>
      </section>
      <ScrollRegion label="A text that scrolls" className={c.region}>
        {rows.slice(0, 20).map((row) => (
          <p key={row}>{row}</p>
        ))}
      </ScrollRegion>
    </Section>
    <Section title="Logs" isStacked>
      <div className={c.log}>
        <LogPane lines={logLines} copy={copy} empty="Nothing was printed yet." />
      </div>
      <div className={c.log}>
        <LogPane lines={[]} copy={copy} empty="Nothing was printed yet." />
      </div>
    </Section>
  </>
);
