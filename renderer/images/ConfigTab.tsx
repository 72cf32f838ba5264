import type { ImageDetails } from '../../contract/image.ts';
import { type FactRow, Facts } from '../ui/Facts.tsx';
import c from './ImagePage.module.css';

/** How the image starts and what it expects, in plain words. */
export const ConfigTab = ({ details }: { details: ImageDetails }) => (
  <div className={`scroll ${c.pad}`}>
    <Facts wide rows={configRows(details)} />
  </div>
);

function configRows({ config, platform }: ImageDetails): FactRow[] {
  const start = [...config.entrypoint, ...config.command];
  const labels = Object.entries(config.labels).map(([name, value]) => `${name}=${value}`);
  return [
    orNone('Starts with', start.map(quoted).join(' '), 'Nothing. Whoever runs it has to say what to start.'),
    orNone('Working folder', config.workingDirectory, '/'),
    orNone('Listens on', config.ports.join('\n'), 'No port is named.'),
    orNone('Runs as', config.user, 'root. Nothing in the image asks for another user.'),
    orNone('Environment', config.environment.join('\n'), 'None'),
    { name: 'Built for', value: platform },
    orNone('Labels', labels.join('\n'), 'None'),
  ];
}

const orNone = (name: string, value: string, none: string): FactRow => (value ? { name, value, mono: true } : { name, value: none });

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word));
