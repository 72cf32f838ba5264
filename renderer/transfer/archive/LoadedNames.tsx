import type { LoadDifferences, TaskResult } from '../../../contract/task.ts';
import { groupReferences } from '../../connection/image-name.ts';
import { ChipGroup } from '../../ui/ChipGroup.tsx';
import { listed } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { formatRoute } from '../../ui/navigation.ts';
import c from '../TransferPage.module.css';

type Loaded = Extract<TaskResult, { kind: 'load' }>;

/** What a load brought, and the names that were left where they were. */
export const LoadedNames = ({ result: { loaded, keptBack, differences } }: { result: Loaded }) => (
  <section className={c.card} aria-label="Result">
    <NameList label="Loaded" names={loaded} />
    {differences && <Differences {...differences} />}
    {keptBack.length > 0 && (
      <>
        <p className={c.group}>Left where they were</p>
        <NameList label="Left where they were" names={keptBack} />
      </>
    )}
  </section>
);

/** Where the engine made something else of the file than was shown before. */
const Differences = ({ more, missing, other }: LoadDifferences) => (
  <Notice tone="bad" title="The engine made something else of the file than was shown">
    {more.length > 0 && <p>It also brought {listed(more)}, which was not shown.</p>}
    {missing.length > 0 && <p>{listed(missing)} did not come.</p>}
    {other.length > 0 && <p>{listed(other)} stands for another image than the one that was shown.</p>}
    <p>Trust it only where you know who made the file.</p>
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

/** The image that was made of a system's files. */
export const ImportedImage = ({ result: { imageId, reference } }: { result: Extract<TaskResult, { kind: 'import' }> }) => (
  <section className={c.card} aria-label="Result">
    <a href={formatRoute({ page: 'image', id: imageId })} className={c.loaded}>
      {groupReferences([reference]).map(({ repository, tags }) => (
        <ChipGroup key={repository} name={repository} chips={tags} />
      ))}
    </a>
  </section>
);
