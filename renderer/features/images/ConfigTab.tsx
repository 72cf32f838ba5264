import type { ImageDetails } from '../../../contract/image.ts';
import { type FactRow, Facts } from '../../ui/Facts.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import c from './ImagePage.module.css';

/** How the image starts and what it expects, in plain words. */
export const ConfigTab = ({ details }: { details: ImageDetails }) => (
  <ScrollRegion label="Config" className={c.pad}>
    <Facts wide rows={configRows(details)} />
  </ScrollRegion>
);

function configRows({ config, platform }: ImageDetails): FactRow[] {
  const start = [...config.entrypoint, ...config.command];
  const labels = Object.entries(config.labels).map(([name, value]) => `${name}=${value}`);
  return [
    orNone('Starts with', [start.map(quoted).join(' ')], 'Nothing. Whoever runs the image has to say what to start.'),
    orNone('Working folder', [config.workingDirectory], '/'),
    orNone('Listens on', config.ports, 'The image names no port.'),
    orNone('Runs as', [config.user], 'root, as the image asks for no other user.'),
    orNone('Environment', config.environment, 'None'),
    { name: 'Built for', value: <PlainText text={platform} /> },
    orNone('Labels', labels, 'None'),
  ];
}

// a value with a line break is one value, and must not look like two
function orNone(name: string, all: string[], none: string): FactRow {
  const values = all.filter((value) => value !== '');
  return values.length === 0 ? { name, value: none } : { name, value: <Values values={values} />, mono: true };
}

const Values = ({ values }: { values: string[] }) => (
  <ul>
    {values.map((value) => (
      <li key={value}>
        <PlainText text={value} />
      </li>
    ))}
  </ul>
);

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word));
