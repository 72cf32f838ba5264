import { EngineBadge } from '../../desk/EngineBadge.tsx';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { grouped } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import c from './FilterBar.module.css';
import { toggleEngine, useImageList } from './list-store.ts';

/** Which engines’ images are in the list, and how each of them is. */
export function EngineFilter({ engines }: { engines: ShownEngine[] }) {
  const hidden = useImageList((list) => list.hiddenEngines);
  return (
    <fieldset className={c.engines} aria-label="Engines">
      {engines.map((engine) => (
        <button
          key={engine.at ?? ''}
          type="button"
          className={c.engine}
          aria-pressed={!hidden.has(engine.at ?? '')}
          title={engine.state.state === 'missing' ? engine.state.failure.title : undefined}
          onClick={() => toggleEngine(engine.at ?? '')}
        >
          <EngineBadge name={engine.name} hue={engine.hue} />
          <span className="cut">{engine.name}</span>
          <How engine={engine} />
        </button>
      ))}
    </fieldset>
  );
}

function How({ engine: { state, images } }: { engine: ShownEngine }) {
  if (state.state === 'missing') return <StateIcon state="failed" label="doesn’t answer" />;
  return images ? <span className="num">{grouped(images.images.length)}</span> : <Ring size={11} label="asking" />;
}
