import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { copyText } from '../../desk/copy-text.ts';
import { openPage } from '../../desk/navigation.ts';
import { Chip } from '../../ui/Chip.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { count } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './RegistryPage.module.css';
import { useCatalog } from './use-catalog.ts';

/** What has been pushed, by repository. */
export function CatalogList({ registry }: { registry: Extract<LocalRegistry, { state: 'running' }> }) {
  const { answer: catalog, failure } = useCatalog(registry);
  if (failure) return <FailureNote failure={failure} />;
  if (!catalog) {
    return (
      <p className="row t2" role="status">
        <Ring /> Reading what is in it
      </p>
    );
  }
  if (catalog.repositories.length === 0) {
    return (
      <Notice tone="quiet" title="Nothing in it yet">
        Choose an image, then “Push…”, then “The registry on this computer”.
      </Notice>
    );
  }
  return (
    <ul aria-label="Repositories" className={c.repositories}>
      {catalog.repositories.map(({ name, tags }) => (
        <li key={name} className={c.repository} aria-label={name}>
          <div className={c.repositoryHead}>
            <h2 className="h3 grow cut">{name}</h2>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconHistory size={14} stroke={1.6} />}
              aria-label={`Tags of ${name} over time`}
              onClick={() => openPage({ page: 'tags', repository: `${registry.address}/${name}`, inRegistry: true })}
            >
              Tags over time
            </Button>
            <span className="sm t3 num">{count(tags.length, 'tag')}</span>
          </div>
          <div className={c.tags}>
            {tags.map((tag) => (
              <span key={tag} className={c.tag}>
                <Chip>{tag}</Chip>
                <CopyButton label={`Copy ${registry.address}/${name}:${tag}`} copy={() => copyText(`${registry.address}/${name}:${tag}`)} />
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
