import { Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { type CompareImagesRoute, showSides } from '../../../desk/navigation.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import c from './ChooseSides.module.css';
import { SideChooser } from './SideChooser.tsx';
import { usePlaceWords } from './use-place-words.ts';

const titles = ['First image', 'Second image'];

/** Which two images are compared: one may be known already. */
export function ChooseSides({ sides }: { sides: CompareImagesRoute['sides'] }) {
  const placeWords = usePlaceWords();
  const set = (at: number, side: CompareImagesRoute['sides'][0]) => showSides(sides.with(at, side) as CompareImagesRoute['sides']);
  const asked = sides.indexOf(null);
  return (
    <div className={`scroll ${c.body}`}>
      <div className={c.sides}>
        {sides.map((side, at) => (
          <section key={titles[at]} className={c.side} aria-labelledby={`side-${at}`}>
            <h2 id={`side-${at}`} className="h2">
              {titles[at]}
            </h2>
            {side ? (
              <div className={c.chosen}>
                <IconStack2 size={18} stroke={1.5} aria-hidden />
                <p className="grow">
                  <b className={c.name}>
                    <PlainText text={side.name} />
                  </b>
                  <span className="sm t2">{placeWords(side.from)}</span>
                </p>
                <Button size="xs" onClick={() => set(at, null)}>
                  Choose another
                </Button>
              </div>
            ) : (
              <SideChooser autoFocus={at === asked} onChoose={(chosen) => set(at, chosen)} />
            )}
          </section>
        ))}
      </div>
    </div>
  );
}
