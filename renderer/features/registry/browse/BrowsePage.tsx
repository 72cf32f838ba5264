import { Button } from '@mantine/core';
import { IconClipboardCheck, IconPackageExport, IconPackageImport, IconRefresh } from '@tabler/icons-react';
import { client } from '../../../connection/client.ts';
import type { Streamed } from '../../../connection/use-stream.ts';
import { attempt } from '../../../desk/attempt.ts';
import { BackButton } from '../../../desk/BackButton.tsx';
import { copyText } from '../../../desk/copy-text.ts';
import { openDialog } from '../../../desk/dialogs.ts';
import { PageHead } from '../../../desk/PageHead.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { count } from '../../../ui/format.ts';
import { BackupNote } from '../backup/BackupNote.tsx';
import c from './BrowsePage.module.css';
import { RepositoryPane } from './RepositoryPane.tsx';
import { registryName } from './remote-names.ts';
import { TagPane } from './TagPane.tsx';
import { type Repositories, useRepositories } from './use-browse.ts';

type Props = { registry: string; repository: string | undefined };

/** What is in a registry: its repositories at the left, the tags of one of them beside. */
export function BrowsePage({ registry, repository }: Props) {
  const repositories = useRepositories(registry);
  return (
    <div className="page">
      <PageHead
        before={<BackButton label="Back to the registries" otherwise={{ page: 'registry' }} />}
        title={
          <>
            {registryName(registry)}{' '}
            <CopyButton label={`Copy ${registry}`} copy={() => copyText(registry)}>
              <span className="hidden">{registry}</span>
            </CopyButton>
          </>
        }
        summary={<span role="status">{summaryOf(repositories)}</span>}
      >
        {repositories.value.names.length > 0 && (
          <Button
            leftSection={<IconClipboardCheck size={15} stroke={1.6} />}
            onClick={() => openDialog({ name: 'registry-receipt', registry, repositories: repositories.value.names, chosen: repository })}
          >
            Make a receipt…
          </Button>
        )}
        <Button
          leftSection={<IconPackageExport size={15} stroke={1.6} />}
          onClick={() => openDialog({ name: 'back-up', registry, repository })}
        >
          Back up…
        </Button>
        <Button leftSection={<IconPackageImport size={15} stroke={1.6} />} onClick={() => void chooseBackup(registry)}>
          Restore…
        </Button>
        <Button leftSection={<IconRefresh size={15} stroke={1.6} />} onClick={repositories.again}>
          Read the list again
        </Button>
      </PageHead>
      <BackupNote registry={registry} />
      <div className={c.panes} data-chosen={repository !== undefined || undefined}>
        <RepositoryPane registry={registry} repositories={repositories} chosen={repository} />
        {repository === undefined ? (
          <div className={c.nothing}>
            <p className="t2">Choose a repository to see its tags.</p>
          </div>
        ) : (
          <TagPane key={repository} registry={registry} repository={repository} isListed={isListed(repositories.value, repository)} />
        )}
      </div>
    </div>
  );
}

/** Whether the registry itself names the repository, and not only whoever typed it or an image on the engine. */
const isListed = ({ names, unlisted }: Repositories, repository: string): boolean => !unlisted && names.includes(repository);

function summaryOf({ value: { names, odd, unlisted, isCutOff }, isReading, failure }: Streamed<Repositories>): string {
  if (unlisted) return 'It doesn’t list its repositories. Nothing is downloaded to look into them.';
  if (names.length === 0) return isReading ? 'Reading what is in it' : failure ? 'It can’t be read.' : 'Nothing in it yet';
  const more = isCutOff ? ' and more, which are not read' : isReading ? ' so far' : '';
  const left = odd > 0 ? `, without ${count(odd, 'name')} that no image can have` : '';
  return `${count(names.length, 'repository', 'repositories')}${more}${left}. Nothing is downloaded to look into them.`;
}

async function chooseBackup(registry: string): Promise<void> {
  const file = await attempt(() => client.files.chooseFile());
  if (file) openDialog({ name: 'restore', registry, file });
}
