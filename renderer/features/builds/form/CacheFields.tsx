import { Checkbox } from '@mantine/core';
import { nameProblem } from '../../../desk/describe-reference.ts';
import { CheckedField } from '../../../ui/CheckedField.tsx';
import c from './BuildOptions.module.css';
import { type BuildDraft, type Line, nextKey, withRow } from './build-draft.ts';
import { LineFields } from './LineFields.tsx';
import type { BuilderInUse } from './use-builder.ts';

type Props = { draft: BuildDraft; onChange(part: Partial<BuildDraft>): void; builder: BuilderInUse };

/** What may be reused from earlier builds, here and elsewhere. */
export function CacheFields({ draft, onChange, builder: { onlyBuildKit, noReuse } }: Props) {
  return (
    <>
      <Checkbox
        label="Build everything again (no cache)"
        checked={draft.noCache}
        onChange={(event) => onChange({ noCache: event.currentTarget.checked })}
      />
      <Checkbox
        label="Look for newer base images first"
        checked={draft.pullBase}
        onChange={(event) => onChange({ pullBase: event.currentTarget.checked })}
      />
      <div>
        <Checkbox
          label="Store in the image what another computer needs to reuse these steps"
          checked={draft.inlineCache && !onlyBuildKit}
          disabled={onlyBuildKit !== undefined}
          onChange={(event) => onChange({ inlineCache: event.currentTarget.checked })}
        />
        <p className={`sm t3 ${c.checkHint}`}>{onlyBuildKit ?? 'Inline cache: for images that you publish'}</p>
      </div>
      {noReuse ? (
        <p className="sm t2">{noReuse}</p>
      ) : (
        <CacheSources rows={draft.cacheFrom} onChange={(cacheFrom) => onChange({ cacheFrom })} />
      )}
    </>
  );
}

const CacheSources = ({ rows, onChange }: { rows: Line[]; onChange(rows: Line[]): void }) => (
  <>
    <LineFields
      rows={rows}
      onChange={onChange}
      make={() => ({ key: nextKey(rows), text: '' })}
      add="Reuse the steps of an image"
      nameOf={({ text }) => text.trim() || 'this image'}
    >
      {({ key, text }) => (
        <div className="grow">
          <CheckedField
            label="Image to take steps from"
            hideLabel
            value={text}
            onChange={(value) => onChange(withRow(rows, key, { text: value }))}
            problem={nameProblem(text)}
            placeholder="ghcr.io/my-team/app:latest"
          />
        </div>
      )}
    </LineFields>
    {rows.length > 0 && <p className="sm t3">Cache from: what this computer lacks is downloaded first</p>}
  </>
);
