import { useState } from 'react';
import { BackButton } from '../../../desk/BackButton.tsx';
import { type CompareImagesRoute, pathOf } from '../../../desk/navigation.ts';
import { PageHead } from '../../../desk/PageHead.tsx';
import { ChooseSides } from './ChooseSides.tsx';
import c from './CompareImagesPage.module.css';
import { Comparison, type ComparisonLook, firstLook } from './Comparison.tsx';

/** Two images beside each other, wherever each of them is; first of all, which ones. */
export function CompareImagesPage({ sides }: { sides: CompareImagesRoute['sides'] }) {
  const [first, second] = sides;
  // stays when they are swapped
  const [look, setLook] = useState<ComparisonLook>(firstLook);
  if (first && second) {
    const onLook = (part: Partial<ComparisonLook>) => setLook((before) => ({ ...before, ...part }));
    return <Comparison key={JSON.stringify(sides)} sides={[first, second]} look={look} onLook={onLook} />;
  }
  return (
    <div className="page">
      <PageHead
        className={c.head}
        title="Compare two images"
        summary="From an engine, a registry or a file. Nothing is got or loaded for it."
        before={<BackButton label="Back to images" otherwise={{ page: 'images' }} />}
      />
      <ChooseSides key={pathOf({ page: 'compare-images', sides })} sides={sides} />
    </div>
  );
}
