import { Button } from '@mantine/core';
import { IconFileZip, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMirror } from '../../connection/mirror.ts';
import { chooseArchives } from '../../desk/choose-archives.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { PageHead } from '../../desk/PageHead.tsx';
import { count } from '../../ui/format.ts';
import { BuildList } from './BuildList.tsx';
import { BuildSelectionBar } from './BuildSelectionBar.tsx';
import { findQueuedBuilds } from './find-queued-builds.ts';

const openButton = (
  <Button leftSection={<IconFileZip size={15} stroke={1.6} />} onClick={() => void chooseArchives()}>
    Open a build record…
  </Button>
);

const buildButton = (
  <Button variant="filled" leftSection={<IconPlus size={15} stroke={2} />} onClick={() => openDialog({ name: 'build' })}>
    Build…
  </Button>
);

const bothButtons = (
  <>
    {openButton}
    {buildButton}
  </>
);

/** The builds of this session and earlier ones, newest first. */
export function BuildsPage() {
  const kept = useMirror((mirror) => mirror.builds);
  const tasks = useMirror((mirror) => mirror.tasks);
  const builds = useMemo(() => [...findQueuedBuilds(tasks), ...kept], [tasks, kept]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // the selection may name builds that are gone by now
  const chosen = useMemo(() => builds.filter(({ id }) => selected.has(id)), [builds, selected]);
  const toggle = (id: string) =>
    setSelected((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  return (
    <div className="page">
      <PageHead title="Builds" summary={builds.length > 0 ? count(builds.length, 'build') : 'Images made from your own folders'}>
        {builds.length > 0 && openButton}
        {builds.length > 0 && buildButton}
      </PageHead>
      {builds.length === 0 ? (
        <EmptyState title="No builds yet" actions={bothButtons}>
          A build makes an image from a folder, following the steps in its Dockerfile. Choose a folder, or drop one on this window. A build
          record (.dockerbuild) shows one that was built elsewhere.
        </EmptyState>
      ) : (
        <BuildList builds={builds} selected={selected} onToggle={toggle} />
      )}
      {chosen.length > 0 && <BuildSelectionBar chosen={chosen} onClear={() => setSelected(new Set())} />}
    </div>
  );
}
