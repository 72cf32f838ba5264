import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ImageDetails } from '../../../contract/image.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { copyText } from '../../desk/copy-text.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import c from './InspectTab.module.css';
import { InspectTree } from './InspectTree.tsx';
import { allHeads, inspectRows, inspectTree } from './inspect-rows.ts';

/** Characters up to which the answer as a whole can be copied. */
const longestCopy = 100_000;

/** Everything that the engine says about an image, in its own words, to be searched. */
export function InspectTab({ details }: { details: ImageDetails }) {
  const { id } = details;
  const at = useEngineScope();
  const { answer, failure } = useAsked(id, (signal) => client.images.inspect({ id, at }, { signal }), { since: details });
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(() => inspectTree(answer), [answer]);
  const rows = useMemo(() => inspectRows(tree, opened, search), [tree, opened, search]);
  const found = rows.filter(({ isMatch }) => isMatch).length;
  const whole = useMemo(() => JSON.stringify(answer, null, 2) ?? '', [answer]);
  if (failure) return <FailureNote failure={failure} />;
  if (answer === undefined) return <div aria-busy />;
  return (
    <div className={c.inspect}>
      <div className={c.tools}>
        <TextInput
          type="search"
          className={c.search}
          aria-label="Search in what the engine says"
          placeholder="Name or value"
          leftSection={<IconSearch size={14} stroke={1.7} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
        />
        <span className="t2 num" role="status">
          {search.trim() !== '' && (found === 0 ? 'Nothing found' : `${found} found`)}
        </span>
        <span className="grow" />
        <Button size="xs" onClick={() => setOpened(new Set(allHeads(tree)))}>
          Open all
        </Button>
        <Button size="xs" onClick={() => setOpened(new Set())}>
          Close all
        </Button>
        {whole.length <= longestCopy && (
          <CopyButton label="Copy as JSON" copy={() => copyText(whole)} look="button">
            Copy as JSON
          </CopyButton>
        )}
      </div>
      <InspectTree rows={rows} onToggle={(path) => setOpened((before) => before.symmetricDifference(new Set([path])))} />
    </div>
  );
}
