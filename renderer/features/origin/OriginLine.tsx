import type { ImageDetails } from '../../../contract/image.ts';
import type { Certainty, ImageOrigin } from '../../../contract/origin.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { imageName } from '../../desk/image-name.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { count } from '../../ui/format.ts';
import { CertaintyMark } from './CertaintyMark.tsx';
import c from './Origin.module.css';

/** How many images below this one are shown; the nearest count most. */
const shown = 2;

const certainties: Certainty[] = ['verified', 'stated', 'unknown'];

/** What the image stands on, one below the other, from the lowest to itself. */
export function OriginLine({ origin: { startsFrom, facts }, details }: { origin: ImageOrigin; details: ImageDetails }) {
  const at = useEngineScope();
  return (
    <ol className={c.line} aria-label="What it stands on">
      {startsFrom.slice(-shown).map(({ image, name, layers }) => (
        <li key={image} className={c.stop}>
          <span className="t2 sm">{count(layers, 'layer')} of</span>
          <a className="strong cut" href={formatRoute({ page: 'image', id: image, at })} title={name}>
            {name}
          </a>
          <CertaintyMark certainty="verified" />
        </li>
      ))}
      <li className={c.stop} data-own>
        <span className="t2 sm">This image</span>
        <span className="strong cut" title={imageName(details)}>
          {imageName(details)}
        </span>
        <span className={c.counts}>
          {certainties.map((certainty) => (
            <span key={certainty} className="num">
              <CertaintyMark certainty={certainty} /> {facts.filter((fact) => fact.certainty === certainty).length}
            </span>
          ))}
        </span>
      </li>
    </ol>
  );
}
