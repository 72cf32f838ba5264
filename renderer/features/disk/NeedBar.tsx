import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { bytes } from '../../ui/format.ts';
import c from './NeedBar.module.css';
import { parseSize } from './parse-size.ts';

type Props = {
  need: number | undefined;
  /** Bytes that can be freed by what can be had again; absent while that isn't known. */
  most: number | undefined;
  onNeed(bytes: number | undefined): void;
};

/** How much room is wanted: typed, or drawn. */
export function NeedBar({ need, most, onNeed }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const problem = typed !== undefined && typed.trim() !== '' && parseSize(typed) === undefined;
  const text = typed ?? (need === undefined ? '' : bytes(need));
  return (
    <div className={c.bar}>
      <label className="h2" htmlFor={id}>
        I need
      </label>
      <TextInput
        id={id}
        className={c.field}
        value={text}
        placeholder="12 GB"
        error={problem}
        aria-describedby={`${id}-most`}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          const wanted = parseSize(value);
          if (wanted !== undefined || value.trim() === '') onNeed(wanted);
        }}
        onBlur={() => !problem && setTyped(undefined)}
      />
      <div className="grow">
        <input
          type="range"
          className={c.range}
          aria-label="How much room is needed"
          aria-valuetext={need === undefined ? 'nothing' : bytes(need)}
          min={0}
          max={most ?? 0}
          step={Math.max(1, Math.round((most ?? 0) / 200))}
          value={Math.min(need ?? 0, most ?? 0)}
          disabled={!most}
          onChange={(event) => {
            setTyped(undefined);
            onNeed(Number(event.currentTarget.value) || undefined);
          }}
        />
        <p id={`${id}-most`} className="sm t2">
          {problem
            ? 'A size like 12 GB or 800 MB.'
            : most === undefined
              ? 'Adding up what could go.'
              : most === 0
                ? 'Nothing can go that could be had again. What is chosen by hand below may still free some.'
                : `${bytes(most)} can go and be had again. Only what you tick yourself may be lost for good.`}
        </p>
      </div>
    </div>
  );
}
