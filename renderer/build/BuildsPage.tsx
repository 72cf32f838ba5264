import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { openDialog } from '../connection/dialogs.ts';
import { useMirror } from '../connection/mirror.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { count } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { BuildList } from './BuildList.tsx';
import { BuildSelectionBar } from './BuildSelectionBar.tsx';
import { queuedBuilds } from './queued-builds.ts';

const buildButton = (
  <Button variant="filled" leftSection={<IconPlus size={15} stroke={2} />} onClick={() => openDialog({ name: 'build' })}>
    Build…
  </Button>
);

/** The builds of this and former sessions, newest first. */
export function BuildsPage() {
  const kept = useMirror((mirror) => mirror.builds);
  const tasks = useMirror((mirror) => mirror.tasks);
  const builds = useMemo(() => [...queuedBuilds(tasks), ...kept], [tasks, kept]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // the selection may name builds that are gone by now
  const chosen = useMemo(() => builds.filter(({ id }) => selected.has(id)), [builds, selected]);
  const toggle = (id: string) =>
    setSelected((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  return (
    <div className="page">
      <PageHead title="Builds" summary={builds.length > 0 ? count(builds.length, 'build') : 'Images made from your own folders'}>
        {builds.length > 0 && buildButton}
      </PageHead>
      {builds.length === 0 ? (
        <EmptyState title="Nothing was built yet" actions={buildButton}>
          A build follows the steps in a Dockerfile and makes an image out of a folder. Choose a folder, or drop one on this window.
        </EmptyState>
      ) : (
        <BuildList builds={builds} selected={selected} onToggle={toggle} />
      )}
      {chosen.length > 0 && <BuildSelectionBar chosen={chosen} onClear={() => setSelected(new Set())} />}
    </div>
  );
}
