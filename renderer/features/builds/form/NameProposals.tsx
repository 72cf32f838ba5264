import { Checkbox } from '@mantine/core';
import type { NameSuggestion } from '../../../../contract/build.ts';
import c from './BuildDialog.module.css';
import { type TagKind, usualNames } from './build-draft.ts';
import { findDistinctNames } from './find-distinct-names.ts';

export type ProposalProps = {
  name: string;
  suggestions: NameSuggestion[];
  onChoose(name: string): void;
  also: TagKind[];
  onAlso(also: TagKind[]): void;
};

/** What else the image could be called: names found in the folder, and the tags that usually go with a version. */
export function NameProposals({ name, suggestions, onChoose, also, onAlso }: ProposalProps) {
  const usual = usualNames(name).filter((one) => one.name !== name.trim());
  const others = findDistinctNames(suggestions).filter(({ reference }) => reference !== name.trim());
  return (
    <>
      {usual.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: three ticks in one line need no fieldset
        <div role="group" className={c.also} aria-label="Further tags">
          <span className="sm t2">Also tag as</span>
          {usual.map(({ kind, tag }) => (
            <Checkbox
              key={kind}
              label={tag}
              checked={also.includes(kind)}
              onChange={(event) => onAlso(event.currentTarget.checked ? [...also, kind] : also.filter((one) => one !== kind))}
            />
          ))}
        </div>
      )}
      {others.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: buttons, not fields
        <div role="group" className={c.proposals} aria-label="Proposed names">
          {others.map(({ reference, from }) => (
            <button key={reference} type="button" className={c.proposal} onClick={() => onChoose(reference)}>
              <span className="mono">{reference}</span>
              <span className="sm t3">{origins[from]}</span>
            </button>
          ))}
        </div>
      )}
    </>
  );
}

const origins: Record<NameSuggestion['from'], string> = {
  folder: 'from the folder’s name',
  VERSION: 'from VERSION',
  'package.json': 'from package.json',
  'git tag': 'from the git tag',
  'git commit': 'from the git commit',
};
