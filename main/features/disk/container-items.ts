import type { ContainerItem } from '../../../contract/disk.ts';
import type { ListedContainer } from '../../foundation/engine/answers/container-answers.ts';

/** Every container as something that may go, with what it wrote. Pure. */
export const containerItems = (containers: readonly ListedContainer[]): ContainerItem[] =>
  containers.map(({ Id, Names, Image, State, Created, SizeRw }) => ({
    kind: 'container',
    key: `container ${Id}`,
    id: Id,
    name: Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
    image: Image,
    size: SizeRw ?? 0,
    ...(typeof SizeRw === 'number' && { freed: { bytes: SizeRw } }),
    ...(Created > 0 && { lastUsedAt: Created * 1000 }),
    // “created” and “exited” do nothing, and everything else may
    ...(!['created', 'exited', 'dead'].includes(State) && { stays: 'runs' as const }),
  }));
