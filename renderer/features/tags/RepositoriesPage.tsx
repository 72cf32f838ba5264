import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import type { RememberedRepository } from '../../../contract/tag-moves.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { BackButton } from '../../desk/BackButton.tsx';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { count } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { useNow } from '../../ui/use-now.ts';
import { MemoryDialog } from './MemoryDialog.tsx';
import c from './TagsPage.module.css';
import { momentWords } from './tag-words.ts';

/** Every repository of which moves of tags are remembered. */
export function RepositoriesPage() {
  const at = useEngineScope();
  const now = useNow(60_000);
  const moves = useMirror((mirror) => mirror.tagMoves);
  const [isChanging, setIsChanging] = useState(false);
  const { answer, failure } = useAsked(
    `repositories ${at}`,
    (signal) => client.tags.repositories({ ...(at !== undefined && { at }) }, { signal }),
    { since: moves },
  );
  const registries = useAsked('registries', (signal) => client.tags.inRegistries(undefined, { signal }), { since: moves });
  return (
    <div className="page">
      <PageHead
        before={<BackButton label="Back" otherwise={{ page: 'images' }} />}
        title="Tags over time"
        summary="A tag is a name that can move from one image to another. Choose a repository to see where its tags were."
      >
        <Button leftSection={<IconAdjustmentsHorizontal size={15} stroke={1.6} />} onClick={() => setIsChanging(true)}>
          Memory…
        </Button>
      </PageHead>
      <div className="scroll">
        {failure && (
          <div className={c.wait}>
            <FailureNote failure={failure} />
          </div>
        )}
        {answer?.length === 0 && registries.answer?.length === 0 && (
          <EmptyState title="No tag is remembered yet">Layerdeck writes down how tags move from now on.</EmptyState>
        )}
        <Repositories found={answer ?? []} label="Repositories" now={now} at={at} />
        {registries.answer && registries.answer.length > 0 && (
          <>
            <h2 className={`h3 ${c.wait}`}>In registries</h2>
            <Repositories found={registries.answer} label="Repositories in registries" now={now} inRegistry />
          </>
        )}
      </div>
      {isChanging && <MemoryDialog onClose={() => setIsChanging(false)} />}
    </div>
  );
}

type ListProps = { found: RememberedRepository[]; label: string; now: number; at?: string | undefined; inRegistry?: true };

const Repositories = ({ found, label, now, at, inRegistry }: ListProps) => (
  <div className={c.repositories}>
    <LongList items={found} keyOf={({ repository }) => repository} rowHeight={36} label={label}>
      {({ repository, tags, moves, lastAt }) => (
        <a className={c.repository} href={formatRoute({ page: 'tags', repository, at, inRegistry })}>
          <span className="strong grow cut">{repository}</span>
          <span className="t2 num">
            {count(tags, 'tag')}, {count(moves, 'move')}
            {lastAt !== undefined && `, the last change ${momentWords(lastAt, now)}`}
          </span>
        </a>
      )}
    </LongList>
  </div>
);
