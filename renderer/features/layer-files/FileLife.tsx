import { describeInstruction } from '../../../contract/instruction.ts';
import type { FileEvent, OpenedFiles } from '../../../contract/layer-files.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './FileAside.module.css';
import { FileMark } from './FileMark.tsx';
import { eventWords } from './file-words.ts';

type Props = { life: FileEvent[]; opened: OpenedFiles; onLayer(layer: number): void };

/** Which layers wrote, changed and removed a place, the newest first; a press goes there. */
export function FileLife({ life, opened: { layers }, onLayer }: Props) {
  if (life.length === 0) return null;
  const events = life.map((event, at) => ({ event, before: life[at - 1] })).reverse();
  return (
    <ol className={c.life} aria-label="What each layer did to it">
      {events.map(({ event, before }) => {
        const { layer, change } = event;
        const instruction = layers[layer]?.instruction;
        return (
          <li key={layer}>
            <button type="button" className={c.event} onClick={() => onLayer(layer)}>
              <FileMark change={change} isSaid={false} />
              <span className="grow">
                <span className="num">{eventWords(event, before)}</span>
                <span className={`sm t3 cut ${c.by}`}>
                  Layer {layer + 1}
                  {instruction !== undefined && (
                    <>
                      {': '}
                      <PlainText text={describeInstruction(instruction)} />
                    </>
                  )}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
