import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LicenceFile } from '../../contract/licences.ts';
import { bridge } from '../connection/bridge.ts';
import { client } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Ring } from '../ui/Ring.tsx';
import c from './AboutPage.module.css';
import { LicenceView } from './LicenceView.tsx';
import { packageKey } from './match-packages.ts';
import { PackageList } from './PackageList.tsx';

/** What this is, who may use it how, and what it is made of. */
export function AboutPage() {
  const { answer, failure, again } = useAsked('licences', () => client.licences.list());
  return (
    <div className="page">
      <PageHead title="About Layerdeck" summary={answer && `Version ${answer.own.version} · ${answer.own.licence} licence`} />
      {failure && (
        <div className={c.failure}>
          <FailureNote failure={failure}>
            <Button size="xs" onClick={again}>
              Try again
            </Button>
          </FailureNote>
        </div>
      )}
      {answer && <Licences file={answer} />}
      {!answer && !failure && (
        <p className={`row t2 ${c.asking}`} role="status">
          <Ring /> Reading the licences
        </p>
      )}
      <p className={`sm t3 ${c.foot}`}>{runtimeWords(bridge().platform)}</p>
    </div>
  );
}

function Licences({ file: { own, packages } }: { file: LicenceFile }) {
  const [chosen, setChosen] = useState(packageKey(own));
  const all = [own, ...packages];
  const shown = all.find((one) => packageKey(one) === chosen) ?? own;
  return (
    <div className={c.split}>
      <PackageList own={own} packages={packages} chosen={chosen} onChoose={(one) => setChosen(packageKey(one))} />
      <LicenceView key={chosen} shown={shown} />
    </div>
  );
}

/** What the packager puts beside the program is in no list of ours. */
const runtimeWords = (platform: string): string =>
  `A packaged Layerdeck also carries Electron and Chromium. Their licences are the files LICENSE.electron.txt and LICENSES.chromium.html ${
    platform === 'darwin' ? 'inside of the app, in Contents/Resources' : 'beside the program'
  }.`;
