import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ListPart } from '../../../../contract/image-list.ts';
import { withDefaultTag } from '../../../../contract/reference.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { isName, isRemoteName, nameProblem } from '../../../desk/describe-reference.ts';
import { SuggestField } from '../../../ui/SuggestField.tsx';
import c from './lists.module.css';

/** Adds a further image to a list: one that the engine has, or one of any registry. */
export function AddPart({ onAdd }: { onAdd(part: ListPart): void }) {
  const [text, setText] = useState('');
  const images = useMirror((mirror) => mirror.images?.images);
  const names = useMemo(() => (images ?? []).flatMap(({ references }) => references), [images]);
  const isTyped = text.trim() !== '' && isName(text);
  const reference = isTyped ? withDefaultTag(text.trim()) : '';
  const add = (from: ListPart['from']) => {
    onAdd({ from, reference });
    setText('');
  };
  return (
    <div className={c.add}>
      <SuggestField
        label="Add an image"
        data={[{ group: 'On this engine', items: names }]}
        value={text}
        onChange={setText}
        placeholder="registry.example.com/team/app:1.0-arm64"
        problem={text.trim() === '' ? undefined : nameProblem(text)}
      />
      <Button onClick={() => add('engine')} disabled={!isTyped || !names.includes(reference)}>
        From the engine
      </Button>
      <Button onClick={() => add('registry')} disabled={!isTyped || !isRemoteName(text)}>
        From its registry
      </Button>
    </div>
  );
}
