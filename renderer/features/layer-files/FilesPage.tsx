import { Button } from '@mantine/core';
import { IconArrowsDiff, IconDownload } from '@tabler/icons-react';
import { BackButton } from '../../desk/BackButton.tsx';
import { openDialog } from '../../desk/dialogs.ts';
import { compareWith, type FilesRoute } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import c from './FilesTab.module.css';
import { FilesTab } from './FilesTab.tsx';

/** Nothing but the image itself says how large its layers are. */
const noSizes: ReadonlyMap<string, number> = new Map();

/** The files of an image that is in a registry or in a file: looked at before it is got. */
export const FilesPage = ({ source, name }: { source: FilesRoute['from']; name: string }) => (
  <div className="page">
    <PageHead
      className={c.page}
      title={name}
      summary={summaryOf(source)}
      before={<BackButton label="Back to images" otherwise={{ page: 'images' }} />}
    >
      <Button leftSection={<IconArrowsDiff size={15} stroke={1.6} />} onClick={() => compareWith({ from: source, name })}>
        Compare with…
      </Button>
      {source.kind === 'registry' && (
        <Button
          leftSection={<IconDownload size={15} stroke={1.6} />}
          onClick={() => openDialog({ name: 'pull', reference: source.reference })}
        >
          Get the image…
        </Button>
      )}
    </PageHead>
    <FilesTab source={source} sizes={noSizes} />
  </div>
);

const summaryOf = (source: FilesRoute['from']): string =>
  source.kind === 'archive'
    ? 'In a file. No engine has to load it.'
    : `In its registry${source.platform ? `, for ${source.platform}` : ''}. No engine has to get it.`;
