import { useRef, useState } from 'react';
import type { ComparedPair, CompareSummary, CompareView } from '../../../../contract/compare.ts';
import type { FileChange } from '../../../../contract/layer-files.ts';
import type { ComparisonLook } from './Comparison.tsx';
import { DifferencePane } from './DifferencePane.tsx';
import { DifferenceTools } from './DifferenceTools.tsx';
import { DifferenceTree } from './DifferenceTree.tsx';
import { useDifferenceTree } from './use-difference-tree.ts';
import type { Compared } from './verdict.ts';

type Props = {
  pair: ComparedPair;
  compared: Compared;
  summary: CompareSummary;
  look: ComparisonLook;
  onLook(part: Partial<ComparisonLook>): void;
  onReopen(): void;
};

/** What differs, as a tree, and below it how the chosen file does. */
export function DifferentFiles({ pair, compared, summary, look, onLook, onReopen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { change, text, order, withTimes } = look;
  const [chosen, setChosen] = useState<number>();
  const words = text.trim();
  const filter = { ...(change && { changes: [change] }), ...(words !== '' && { text: words }) };
  const whole: CompareView = { ...pair, withTimes };
  const { shown } = useDifferenceTree(Object.keys(filter).length > 0 ? { ...whole, filter } : whole, order);
  const { names, images } = compared;
  return (
    <>
      <DifferenceTools
        summary={summary}
        names={names}
        change={change}
        text={text}
        withTimes={withTimes}
        onChange={(next) => onLook({ change: next })}
        onText={(next) => onLook({ text: next })}
        onTimes={(next) => onLook({ withTimes: next })}
      />
      <DifferenceTree
        box={box}
        tree={shown}
        names={names}
        chosen={chosen}
        order={order}
        empty={emptyWords(summary, words, change)}
        onChoose={setChosen}
        onClose={() => setChosen(undefined)}
        onOrder={(next) => onLook({ order: next })}
        onReopen={onReopen}
      />
      {chosen !== undefined && (
        <DifferencePane
          view={whole}
          place={chosen}
          names={names}
          tops={[images[0].layers.length - 1, images[1].layers.length - 1]}
          onClose={() => {
            setChosen(undefined);
            // where the keyboard was before
            box.current?.focus();
          }}
        />
      )}
    </>
  );
}

function emptyWords({ files, folders, onlyTimes, same }: CompareSummary, text: string, change: FileChange | undefined): string {
  if (text !== '') return `Nothing that differs has “${text}” in its name.`;
  const all = [files, folders].reduce((sum, { added, changed, removed }) => sum + added + changed + removed, 0);
  if (all > 0 && change) return `Nothing was ${change}.`;
  const alike = `All ${same.toLocaleString('en')} files are the same: content, links, rights and owners.`;
  return onlyTimes > 0 ? `${alike} Only times differ, which don’t count.` : alike;
}
