import { IconFolder } from '@tabler/icons-react';
import { iconOf, wordOf } from '../../desk/states.ts';
import { Bar } from '../../ui/Bar.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { ChipGroup } from '../../ui/ChipGroup.tsx';
import { IconTile } from '../../ui/IconTile.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import { Switcher } from '../../ui/Switcher.tsx';
import c from './Gallery.module.css';
import { Section } from './Section.tsx';

const states = ['waiting', 'running', 'built', 'cached', 'failed', 'cancelled'] as const;
const tags = ['1.4.2', '1.4', '1', 'latest', 'stable'];

export const Measures = () => (
  <>
    <Section title="States">
      {states.map((state) => (
        <span key={state} className={c.state}>
          <StateIcon state={iconOf(state)} /> {wordOf(state)}
        </span>
      ))}
    </Section>
    <Section title="Progress" isStacked>
      {[0, 0.4, 1].map((fraction) => (
        <ProgressBar key={fraction} fraction={fraction} label={`${fraction * 100} percent`} className={c.bar} />
      ))}
      <Bar
        className={c.bar}
        parts={[
          { key: 'own', fraction: 0.3, kind: 'accent' },
          { key: 'shared', fraction: 0.25, kind: 'soft' },
          { key: 'rest', fraction: 0.2, kind: 'neutral' },
          { key: 'unknown', fraction: 0.25, kind: 'hatch' },
        ]}
      />
      <span className={c.state}>
        <Ring label="Turning" /> <Ring fraction={0.1} label="A tenth" /> <Ring fraction={0.7} label="Seven tenths" size={24} />
      </span>
    </Section>
    <Section title="Chips and tiles">
      <Chip>1.4.2</Chip>
      <Chip tone="warn">latest</Chip>
      <Chip tone="new">new</Chip>
      <ChipGroup name="ghcr.io/my-team/app" chips={tags} max={3} warn="1" />
      <ChipGroup name="app" chips={tags} max={1} small />
      <Switcher label="How far back" value="week" choices={{ week: 'Week', month: 'Month' }} onChange={() => {}} />
      <IconTile>
        <IconFolder size={18} stroke={1.5} aria-hidden />
      </IconTile>
      <IconTile isLarge>
        <IconFolder size={26} stroke={1.4} aria-hidden />
      </IconTile>
    </Section>
  </>
);
