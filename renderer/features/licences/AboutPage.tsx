import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LicenceFile } from '../../../contract/licences.ts';
import { bridge } from '../../connection/bridge.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './AboutPage.module.css';
import { LicenceView } from './LicenceView.tsx';
import { packageKey } from './match-packages.ts';
import { PackageList } from './PackageList.tsx';

/** Version and licence of Layerdeck, and of every package in it. */
export function AboutPage() {
  const { answer, failure, again } = useAsked('licences', (signal) => client.licences.list(undefined, { signal }));
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

/** The packager adds Electron, which is not in our list of packages. */
const runtimeWords = (platform: string): string =>
  `The installed app also contains Electron and Chromium. Their licences are in the files LICENSE.electron.txt and LICENSES.chromium.html ${
    platform === 'darwin' ? 'inside the app, in Contents/Resources' : 'beside the program'
  }.`;
