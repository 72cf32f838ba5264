import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import type { GrantedPath } from '../../../../contract/file.ts';
import { IconTile } from '../../../ui/IconTile.tsx';
import c from './BuildDialog.module.css';

export const FolderChoice = ({ folder, onChoose }: { folder: GrantedPath | undefined; onChoose(): void }) => (
  <div className={c.folder}>
    <IconTile>
      <IconFolder size={18} stroke={1.5} aria-hidden />
    </IconTile>
    <span className="grow">
      <span className={`strong cut ${c.block}`}>{folder?.name ?? 'No folder yet'}</span>
      <span className={`sm t3 cut ${c.block}`} title={folder?.path}>
        {folder?.path ?? 'Choose one, or drop one on this window'}
      </span>
    </span>
    <Button onClick={onChoose} data-autofocus={!folder || undefined}>
      {folder ? 'Change…' : 'Choose a folder…'}
    </Button>
  </div>
);
