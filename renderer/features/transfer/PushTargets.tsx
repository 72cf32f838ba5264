import { Button, Radio } from '@mantine/core';
import { isReference, nameAt } from '../../../contract/reference.ts';
import type { PushTarget } from '../../../contract/transfer.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import c from '../../desk/dialogs.module.css';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { startTask } from '../../desk/start-task.ts';
import { listedUpTo } from '../../ui/format.ts';
import { areAllAt, isOfficialOnly, ownPlace } from './push-choice.ts';

type Props = { chosen: string[]; to: PushTarget; onChange(to: PushTarget): void };

/** Where names can go: each place once, and one that can’t work says why. */
export function PushTargets({ chosen, to, onChange }: Props) {
  // the local registry belongs to the engine in use
  const isElsewhere = useEngineScope() !== undefined;
  const registry = useMirror((mirror) => mirror.registry);
  const own = ownPlace(chosen);
  const isHere = registry.state === 'running' && areAllAt(registry, chosen);
  return (
    <Radio.Group label="Where to" value={to} onChange={(value) => onChange(value as PushTarget)}>
      <div className={c.targets}>
        <Radio
          value="own-registry"
          label={isHere ? `The registry on this computer, ${own.label}` : own.label}
          description={own.words}
          disabled={chosen.some(isOfficialOnly)}
        />
        {!isHere && !isElsewhere && (
          <Radio
            value="local-registry"
            label="The registry on this computer"
            disabled={registry.state !== 'running'}
            description={registry.state === 'running' ? localNames(chosen, registry.address) : 'It isn’t running.'}
          />
        )}
        {registry.state !== 'running' && !isElsewhere && <StartRegistry onStart={() => onChange('local-registry')} />}
      </div>
    </Radio.Group>
  );
}

/** Someone who starts the registry wants to push to it: it is chosen from now on, and works as soon as it answers. */
function StartRegistry({ onStart }: { onStart(): void }) {
  const isStarting = useMirror((mirror) => mirror.tasks.some((task) => task.kind === 'start-registry' && isRunning(task)));
  const start = () => {
    onStart();
    void startTask({ kind: 'start-registry' });
  };
  return (
    <Button size="xs" className={c.start} disabled={isStarting} onClick={start}>
      {isStarting ? 'Starting the registry' : 'Start the registry'}
    </Button>
  );
}

const localNames = (chosen: string[], address: string): string => {
  const names = chosen.filter(isReference).map((reference) => nameAt(address, reference));
  return names.length === 0 ? `At ${address}` : `As ${listedUpTo(names)}`;
};
