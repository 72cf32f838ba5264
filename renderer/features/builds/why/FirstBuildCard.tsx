import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { BuildExplanation } from '../../../../contract/explanation.ts';
import type { Task } from '../../../../contract/task.ts';
import { openPage } from '../../../desk/navigation.ts';
import { SideCard } from '../SideCard.tsx';
import { becauseWords, cachedWords, firstWords } from './first-words.ts';
import c from './WhyCard.module.css';

type Props = { task: Task; explanation: BuildExplanation | undefined; onClose(): void };

/** What can be said about a build that has no earlier one to compare it with, and which images it can be compared with instead. */
export function FirstBuildCard({ task, explanation, onClose }: Props) {
  const first = explanation?.first;
  if (!first) return null;
  return (
    <SideCard titleId="first-title">
      <div className={c.top}>
        <h2 id="first-title" className="h2 grow">
          Why was it built this way?
        </h2>
        <ActionIcon aria-label="Close the explanation" onClick={onClose}>
          <IconX size={15} stroke={1.7} />
        </ActionIcon>
      </div>
      <p>{firstWords(first)}</p>
      <p className={`t2 ${c.follows}`}>{cachedWords(task, explanation)}</p>
      {first.comparable.length > 0 && (
        <>
          <p className={`t2 ${c.follows}`}>
            Layerdeck can compare it with an image that is here, and look into the layers where they diverge:
          </p>
          <ul className={c.offers} aria-label="Images to compare it with">
            {first.comparable.map((image) => (
              <li key={image.image}>
                <Button size="xs" title={image.name} onClick={() => openPage({ page: 'compare', ids: [task.id, image.image] })}>
                  <span className="cut">Compare with {image.name}</span>
                </Button>
                <span className="sm t3">{becauseWords(image)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </SideCard>
  );
}
