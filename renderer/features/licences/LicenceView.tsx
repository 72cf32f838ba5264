import type { LicenceText, LicensedPackage } from '../../../contract/licences.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../../ui/Facts.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import c from './AboutPage.module.css';
import { wholeText } from './match-packages.ts';

/** One package and the texts of its licence. */
export const LicenceView = ({ shown }: { shown: LicensedPackage }) => (
  <article className={c.view} aria-label={`${shown.name} ${shown.version}`}>
    <div className={c.head}>
      <div className="grow">
        <h2 className="h2">
          {shown.name} <span className="t3 num">{shown.version}</span>
        </h2>
        <Facts rows={facts(shown)} />
      </div>
      <CopyButton look="button" label="Copy the text" copy={() => copyText(wholeText(shown))}>
        Copy the text
      </CopyButton>
    </div>
    <ScrollRegion className={c.texts} label={`Licence of ${shown.name} ${shown.version}`}>
      {shown.texts.map((text) => (
        <Text key={text.file} text={text} isAlone={shown.texts.length === 1} />
      ))}
    </ScrollRegion>
  </article>
);

const Text = ({ text: { file, note, text }, isAlone }: { text: LicenceText; isAlone: boolean }) => (
  <>
    {!isAlone && <h3 className={`h3 mono ${c.file}`}>{file}</h3>}
    {note && <Notice tone="quiet">{note}</Notice>}
    <pre className={`mono ${c.text}`}>{text}</pre>
  </>
);

/** The website is named and not linked, so that nothing is handed to the system to open. */
function facts({ licence, author, homepage }: LicensedPackage): FactRow[] {
  const rows: FactRow[] = [{ name: 'Licence', value: licence }];
  if (author) rows.push({ name: 'By', value: author });
  if (homepage) {
    const copy = (
      <CopyButton label="Copy the address" copy={() => copyText(homepage)}>
        {homepage}
      </CopyButton>
    );
    rows.push({ name: 'Website', value: copy });
  }
  return rows;
}
