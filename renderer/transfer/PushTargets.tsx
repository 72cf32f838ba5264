import { Button, Radio } from '@mantine/core';
import { isReference, nameAt } from '../../contract/reference.ts';
import type { PushTarget } from '../../contract/transfer.ts';
import { useMirror } from '../connection/mirror.ts';
import { startTask } from '../connection/start-task.ts';
import { isRunning } from '../connection/use-task.ts';
import { listed } from '../ui/format.ts';
import c from './dialogs.module.css';
import { areAllAt, isOfficialOnly, ownPlace } from './push-choice.ts';

type Props = { chosen: string[]; to: PushTarget; onChange(to: PushTarget): void };

/** Where names can go: each place once, and one that cannot work says why. */
export function PushTargets({ chosen, to, onChange }: Props) {
  const registry = useMirror((mirror) => mirror.registry);
  const own = ownPlace(chosen);
  const isHere = registry.state === 'running' && areAllAt(registry.address, chosen);
  return (
    <Radio.Group label="Where to" value={to} onChange={(value) => onChange(value as PushTarget)} classNames={{ label: c.label }}>
      <div className={c.targets}>
        <Radio
          value="own-registry"
          size="xs"
          label={isHere ? `The registry on this computer, ${own.label}` : own.label}
          description={own.words}
          disabled={chosen.some(isOfficialOnly)}
        />
        {!isHere && (
          <Radio
            value="local-registry"
            size="xs"
            label="The registry on this computer"
            disabled={registry.state !== 'running'}
            description={registry.state === 'running' ? localNames(chosen, registry.address) : 'It is not running.'}
          />
        )}
        {registry.state !== 'running' && <StartRegistry onStart={() => onChange('local-registry')} />}
      </div>
    </Radio.Group>
  );
}

/** Whoever starts the registry wants to push to it: it is the choice from now on, and works as soon as it answers. */
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
  return names.length === 0 ? `At ${address}` : `As ${listed(names.slice(0, 3))}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
};
