import { IconFileZip } from '@tabler/icons-react';
import type { GrantedPath } from '../../contract/file.ts';
import { bytes } from '../ui/format.ts';
import c from './dialogs.module.css';

export const FileList = ({ files, label }: { files: GrantedPath[]; label: string }) => (
  <ul className={c.files} aria-label={label}>
    {files.map(({ grant, name, path, size }) => (
      <li key={grant} className={c.file}>
        <span className={c.fileIcon}>
          <IconFileZip size={18} stroke={1.5} aria-hidden />
        </span>
        <span className="grow">
          <span className={`strong cut ${c.line}`}>{name}</span>
          <span className={`sm t3 cut ${c.line}`} title={path}>
            {path}
          </span>
        </span>
        <span className="num">{bytes(size)}</span>
      </li>
    ))}
  </ul>
);
