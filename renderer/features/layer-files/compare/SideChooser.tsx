import { Button } from '@mantine/core';
import { IconBuildingWarehouse, IconFileZip, IconServer } from '@tabler/icons-react';
import { useState } from 'react';
import { platform as isPlatform } from '../../../../contract/grammar.ts';
import { pastedName } from '../../../../contract/pasted-name.ts';
import { withDefaultTag } from '../../../../contract/reference.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { describeSource, isRemoteName, nameProblem } from '../../../desk/describe-reference.ts';
import { withoutHub } from '../../../desk/image-name.ts';
import type { ComparedSide } from '../../../desk/navigation.ts';
import { type ShownEngine, useShownEngines } from '../../../desk/shown-engines.ts';
import { SuggestField } from '../../../ui/SuggestField.tsx';
import c from './ChooseSides.module.css';
import { FileChooser } from './FileChooser.tsx';

const usualPlatforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/s390x', 'linux/riscv64'];

/** Milliseconds to wait after a key before the rest of a name is asked for. */
const pause = 200;
/** The most names of an engine in the list below the field. */
const mostShown = 50;

const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };

type Props = { autoFocus: boolean; onChoose(side: ComparedSide): void };

/** An image by its name, on an engine or in its registry, or one in a file. */
export function SideChooser({ autoFocus, onChoose }: Props) {
  const [text, setText] = useState('');
  const [platform, setPlatform] = useState('');
  const engines = useShownEngines();
  const typed = text.trim();
  const { answer = [] } = useAsked(typed || undefined, (signal) => client.transfer.suggest({ text }, { signal }), { pause });
  const found = engines.flatMap((engine) => imageCalled(engine, typed));
  const reference = isRemoteName(text) ? withDefaultTag(typed) : undefined;
  const here = new Set(engines.flatMap(({ images }) => images?.images.flatMap(({ references }) => references) ?? []));
  const wanted = platform.trim();
  const platformProblem = wanted === '' || isPlatform.test(wanted) ? undefined : 'A platform looks like linux/arm64.';
  const groups = [
    ...engines.map(({ name, images }) => ({ group: `On ${name}`, items: namesWith(images?.images ?? [], typed) })),
    {
      group: 'In its registry',
      items: answer.filter((one) => one.from !== 'here' && !here.has(one.reference)).map((one) => one.reference),
    },
  ];
  return (
    <>
      <SuggestField
        label="Name and tag"
        data={groups.filter(({ items }) => items.length > 0)}
        value={text}
        onChange={(value) => setText(pastedName(value))}
        placeholder="nginx:1.27-alpine"
        problem={typed === '' || found.length > 0 ? undefined : nameProblem(text)}
        says={
          found.length > 0
            ? undefined
            : (describeSource(text) ?? 'Begin to type: images of your engines and names used before are offered.')
        }
        isMatched
        autoFocus={autoFocus}
      />
      <div className={c.buttons}>
        {found.map(({ side, engine }) => (
          <Button key={engine} leftSection={<IconServer {...icon} />} onClick={() => onChoose(side)}>
            Take the one on {engine}
          </Button>
        ))}
        <Button
          leftSection={<IconBuildingWarehouse {...icon} />}
          disabled={!reference || platformProblem !== undefined}
          onClick={() =>
            reference && onChoose({ from: { kind: 'registry', reference, ...(wanted && { platform: wanted }) }, name: reference })
          }
        >
          Take the one in its registry
        </Button>
      </div>
      {reference && (
        <SuggestField
          label="Platform, of several in its registry"
          data={usualPlatforms}
          value={platform}
          onChange={setPlatform}
          placeholder="as the engine’s"
          problem={platformProblem}
        />
      )}
      <p className={`sm t3 ${c.or}`}>or</p>
      <FileChooser onChoose={onChoose} icon={<IconFileZip {...icon} />} />
    </>
  );
}

/** The image of that name, or of an id that begins so. */
function imageCalled({ at, name: engine, images }: ShownEngine, typed: string): { side: ComparedSide; engine: string }[] {
  if (typed === '') return [];
  const isCalled = (reference: string) => [reference, withoutHub(reference)].some((name) => name === typed || name === `${typed}:latest`);
  const digits = typed.replace(/^sha256:/, '');
  const image = images?.images.find(
    ({ id, references }) => references.some(isCalled) || (/^[0-9a-f]{12,64}$/.test(digits) && id.startsWith(`sha256:${digits}`)),
  );
  if (!image) return [];
  const name = image.references.find(isCalled) ?? image.references[0] ?? typed;
  return [{ engine, side: { from: { kind: 'engine', image: image.id, ...(at !== undefined && { at }) }, name } }];
}

const namesWith = (images: { references: string[] }[], typed: string): string[] =>
  images.flatMap(({ references }) => references.filter((name) => name.includes(typed))).slice(0, mostShown);
