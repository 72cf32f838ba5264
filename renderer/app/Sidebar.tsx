import {
  IconBuildingWarehouse,
  IconChartTreemap,
  IconHammer,
  IconInfoCircle,
  IconPlayerPlay,
  IconServer,
  IconStack2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMirror } from '../connection/mirror.ts';
import { isRunning } from '../connection/use-task.ts';
import {
  type BrowseRoute,
  type CompareImagesRoute,
  type FilesRoute,
  formatRoute,
  type Place,
  type Route,
  type TagsRoute,
  useNavigation,
} from '../desk/navigation.ts';
import { useShownEngines } from '../desk/shown-engines.ts';
import { count, grouped } from '../ui/format.ts';
import { Ring } from '../ui/Ring.tsx';
import { EngineStatus } from './EngineStatus.tsx';
import { ImagesLink } from './ImagesLink.tsx';
import { Mark } from './Mark.tsx';
import c from './Shell.module.css';

const icon = { size: 17, stroke: 1.6, 'aria-hidden': true };

export const Sidebar = () => (
  <nav className={c.side} aria-label="Main">
    <div className={c.brand}>
      <Mark /> Layerdeck
    </div>
    <ul className={c.links}>
      <NavLink page="images" also={['image', 'files', 'compare-images', 'task', 'tags']} label="Images" icon={<IconStack2 {...icon} />}>
        <ImageCount />
      </NavLink>
      <NavLink page="trials" also={['trial']} label="Running" icon={<IconPlayerPlay {...icon} />}>
        <TrialCount />
      </NavLink>
      <NavLink page="builds" also={['build']} label="Builds" icon={<IconHammer {...icon} />}>
        <BuildRing />
      </NavLink>
      <NavLink page="registry" also={['browse']} label="Registry" icon={<IconBuildingWarehouse {...icon} />} />
      <NavLink page="disk" label="Disk" icon={<IconChartTreemap {...icon} />} />
    </ul>
    <div className="grow" />
    <ul className={c.links}>
      <NavLink page="engines" label="Engines" icon={<IconServer {...icon} />} />
      <NavLink page="about" label="About" icon={<IconInfoCircle {...icon} />} />
    </ul>
    <EngineStatus />
  </nav>
);

type LinkProps = {
  page: Exclude<Route, { id: string } | { ids: string[] } | FilesRoute | CompareImagesRoute | TagsRoute | BrowseRoute>['page'];
  also?: Place['page'][];
  label: string;
  icon: ReactNode;
  children?: ReactNode;
};

function NavLink({ page, also = [], label, icon: shown, children }: LinkProps) {
  const isCurrent = useNavigation(({ route }) => route.page === page || also.includes(route.page));
  const inside = (
    <>
      {shown}
      <span className="grow">{label}</span>
      {children}
    </>
  );
  const href = formatRoute({ page });
  return (
    <li>
      {page === 'images' ? (
        <ImagesLink href={href} isCurrent={isCurrent}>
          {inside}
        </ImagesLink>
      ) : (
        <a href={href} className={c.link} aria-current={isCurrent ? 'page' : undefined}>
          {inside}
        </a>
      )}
    </li>
  );
}

function ImageCount() {
  const lists = useShownEngines().flatMap(({ images }) => images ?? []);
  const number = lists.reduce((sum, { images }) => sum + images.length, 0);
  return lists.length > 0 && <span className={`${c.count} num`}>{grouped(number)}</span>;
}

/** Those that run now. */
function TrialCount() {
  const number = useMirror((mirror) => mirror.trials.filter(({ state }) => state === 'running').length);
  return number > 0 && <span className={`${c.count} num`}>{grouped(number)}</span>;
}

function BuildRing() {
  const own = useMirror((mirror) => mirror.tasks.filter((task) => task.kind === 'build' && isRunning(task)).length);
  const running = useMirror((mirror) => mirror.others.length) + own;
  return running > 0 && <Ring size={13} label={`${count(running, 'build')} running`} />;
}
