import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ImageDetails } from '../../../contract/image.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { copyText } from '../../desk/copy-text.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import c from './InspectTab.module.css';
import { InspectTree } from './InspectTree.tsx';
import { allHeads, inspectRows, inspectTree, type OpenHeads } from './inspect-rows.ts';

/** Characters up to which the answer as a whole can be copied. */
const longestCopy = 100_000;

const none: ReadonlySet<string> = new Set();
const allShut: OpenHeads = { opened: none, shut: none };

function toggled({ opened, shut }: OpenHeads, path: string, isOpen: boolean): OpenHeads {
  const own = new Set([path]);
  return isOpen ? { opened: opened.difference(own), shut: shut.union(own) } : { opened: opened.union(own), shut: shut.difference(own) };
}

/** Everything that the engine says about an image, in its own words, to be searched. */
export function InspectTab({ details }: { details: ImageDetails }) {
  const { id } = details;
  const at = useEngineScope();
  const { answer, failure } = useAsked(id, (signal) => client.images.inspect({ id, at }, { signal }), { since: details });
  const [search, setSearch] = useState('');
  const [heads, setHeads] = useState<OpenHeads>(allShut);
  const tree = useMemo(() => inspectTree(answer), [answer]);
  const rows = useMemo(() => inspectRows(tree, heads, search), [tree, heads, search]);
  const searchFor = (text: string) => {
    setSearch(text);
    // what is found is shown, whatever was shut in another search
    setHeads(({ opened }) => ({ opened, shut: none }));
  };
  // also what is in heads that were shut meanwhile
  const found = useMemo(() => inspectRows(tree, allShut, search).filter(({ isMatch }) => isMatch).length, [tree, search]);
  const whole = useMemo(() => JSON.stringify(answer, null, 2) ?? '', [answer]);
  if (failure) return <FailureNote failure={failure} />;
  if (answer === undefined) return <div aria-busy />;
  return (
    <div className={c.inspect}>
      <div className={c.tools}>
        <SearchBox
          className={c.search}
          label="Search in what the engine says"
          placeholder="Name or value"
          text={search}
          onText={searchFor}
        />
        <span className="t2 num" role="status">
          {search.trim() !== '' && (found === 0 ? 'Nothing found' : `${found} found`)}
        </span>
        <span className="grow" />
        <Button size="xs" onClick={() => setHeads({ opened: new Set(allHeads(tree)), shut: none })}>
          Open all
        </Button>
        <Button size="xs" onClick={() => setHeads({ opened: none, shut: new Set(allHeads(tree)) })}>
          Close all
        </Button>
        {whole.length <= longestCopy && (
          <CopyButton label="Copy as JSON" copy={() => copyText(whole)} look="button">
            Copy as JSON
          </CopyButton>
        )}
      </div>
      <InspectTree rows={rows} onToggle={({ path, isOpen }) => setHeads((before) => toggled(before, path, isOpen))} />
    </div>
  );
}
