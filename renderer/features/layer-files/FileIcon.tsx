import { IconArrowForward, IconFile, IconFileSymlink, IconFolder, IconFolderOpen, IconPlug } from '@tabler/icons-react';
import type { FileKind } from '../../../contract/layer-files.ts';

/** What a place is, for the eye; the words beside it say the same. */
export function FileIcon({ kind, isOpen }: { kind: FileKind; isOpen?: boolean }) {
  const look = { size: 15, stroke: 1.5, 'aria-hidden': true };
  switch (kind) {
    case 'folder':
      return isOpen ? <IconFolderOpen {...look} /> : <IconFolder {...look} />;
    case 'symlink':
      return <IconFileSymlink {...look} />;
    case 'file':
      return <IconFile {...look} />;
    case 'link-below':
      return <IconArrowForward {...look} />;
    default:
      return <IconPlug {...look} />;
  }
}
