import type { BuildInFile } from '../../../contract/archive.ts';
import { iconOf } from '../../desk/states.ts';
import { dateAndTime, duration } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import c from './archive.module.css';

type Props = { builds: BuildInFile[]; file: string };

/** The builds that a file has records of. */
export const RecordsInArchive = ({ builds, file }: Props) => (
  <>
    <LongList
      items={placed(builds)}
      keyOf={({ place }) => String(place)}
      rowHeight={48}
      label={`Builds in ${file}`}
      labelOf={(build) => nameOf(build)}
    >
      {(build) => (
        <div className={c.record}>
          <StateIcon state={iconOf(build.state)} label={endWords[build.state]} />
          <span className="grow">
            <span className={`strong cut ${c.line}`}>{nameOf(build)}</span>
            <span className={`sm t2 ${c.line}`}>
              {endWords[build.state]} {dateAndTime(build.startedAt)}
            </span>
          </span>
          <span className="num t2">{duration(build.seconds)}</span>
        </div>
      )}
    </LongList>
    <p className="t2">
      {builds.length === 1 ? 'It goes' : 'They go'} into your list of builds, with all that was recorded: steps, times and output, and the
      Dockerfile if it was kept. The image itself isn’t in the file.
    </p>
  </>
);

const placed = (builds: BuildInFile[]) => builds.map((build, place) => ({ ...build, place }));

const nameOf = ({ references }: BuildInFile): string => references.join(', ') || 'An image without a name';

const endWords: Record<BuildInFile['state'], string> = { succeeded: 'Built', failed: 'Failed', cancelled: 'Stopped' };
