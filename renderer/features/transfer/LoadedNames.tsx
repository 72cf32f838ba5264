import type { LayersHere, LoadDifferences, TaskResult } from '../../../contract/task.ts';
import { groupReferences } from '../../desk/image-name.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { ChipGroup } from '../../ui/ChipGroup.tsx';
import { count, listed } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import c from './TransferPage.module.css';

type Loaded = Extract<TaskResult, { kind: 'load' }>;

/** What a load brought, and the names that were left where they were. */
export const LoadedNames = ({ result: { loaded, keptBack, differences, hereBefore } }: { result: Loaded }) => (
  <section className={c.card} aria-label="Result">
    <NameList label="Loaded" names={loaded} />
    {hereBefore && hereBefore.layers > 0 && <p className="sm t2">{hereWords(hereBefore)}</p>}
    {differences === 'unknown' && <NotCompared />}
    {differences && differences !== 'unknown' && <Differences {...differences} />}
    {keptBack.length > 0 && (
      <>
        <p className={c.group}>Left where they were</p>
        <NameList label="Left where they were" names={keptBack} />
      </>
    )}
  </section>
);

function hereWords({ layers, added }: LayersHere): string {
  const were = `${count(layers, 'layer')} ${layers === 1 ? 'was' : 'were'} not in the file, but here already.`;
  return added === 0 ? were : `${were} The engine takes images only whole, so they were taken from its own images.`;
}

const NotCompared = () => (
  <Notice tone="warn" title="Layerdeck doesn’t know whether this is what it showed you">
    <p>The engine loaded the file, but didn’t answer when it was asked what it has now.</p>
  </Notice>
);

/** Where the result differs from what was shown. It isn’t known whether the engine read the file differently or another program was at work. */
const Differences = ({ more, missing, other }: LoadDifferences) => (
  <Notice tone="bad" title="What the engine has now isn’t what was shown">
    {more.length > 0 && <p>The file also brought {listed(more)}, which wasn’t shown.</p>}
    {missing.length > 0 && (
      <p>
        {listed(missing)} {missing.length > 1 ? 'are' : 'is'} missing.
      </p>
    )}
    {other.length > 0 && (
      <p>
        {listed(other)} {other.length > 1 ? 'name other images than' : 'names another image than'} was shown.
      </p>
    )}
    <p>Another program may have changed names at the same time. If none did, trust the images only if you know who made the file.</p>
  </Notice>
);

const NameList = ({ label, names }: { label: string; names: string[] }) => (
  <ul aria-label={label}>
    {names.map((name) => {
      const [group] = name.startsWith('sha256:') ? [] : groupReferences([name]);
      return (
        <li key={name} className={c.loaded}>
          {group ? <ChipGroup name={group.repository} chips={group.tags} /> : <span className="mono">{name}</span>}
        </li>
      );
    })}
  </ul>
);

/** The image that was made from a file system. */
export const ImportedImage = ({ result: { imageId, reference } }: { result: Extract<TaskResult, { kind: 'import' }> }) => (
  <section className={c.card} aria-label="Result">
    <a href={formatRoute({ page: 'image', id: imageId })} className={c.loaded}>
      {groupReferences([reference]).map(({ repository, tags }) => (
        <ChipGroup key={repository} name={repository} chips={tags} />
      ))}
    </a>
  </section>
);
