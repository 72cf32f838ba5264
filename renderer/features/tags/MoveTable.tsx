import type { TagLine } from '../../../contract/tag-moves.ts';
import { capitalised, count, shortId } from '../../ui/format.ts';
import c from './TagsPage.module.css';
import type { TitleOf } from './TimelineChart.tsx';
import { byWords, moveWords } from './tag-words.ts';

/** The most rows; whoever looks for more goes back less far. */
const most = 500;

type Props = { lines: TagLine[]; now: number; from: number; titleOf: TitleOf };

/** The same as the lines, in words: every move, the newest first. */
export function MoveTable({ lines, now, from, titleOf }: Props) {
  const all = lines
    .flatMap(({ tag, moves }) => moves.map((move) => ({ tag, move })))
    .filter(({ move }) => move.at >= from)
    .sort((a, b) => b.move.at - a.move.at);
  const nameOf = (tag: string, image: string | undefined) => (image === undefined ? 'nothing' : (titleOf(image, tag) ?? shortId(image)));
  if (all.length === 0) return <p className={`grow t2 ${c.wait}`}>No tag moved in this time.</p>;
  return (
    <div className={`scroll ${c.table}`}>
      <table aria-label="Moves of tags">
        <thead className="sm t3">
          <tr>
            <th scope="col">Tag</th>
            <th scope="col">When</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, most).map(({ tag, move }) => (
            <tr key={`${tag} ${move.since} ${move.at} ${move.to}`}>
              <th scope="row" className="strong">
                {tag}
              </th>
              <td className="t2 num">
                {capitalised(moveWords(move, now))}
                {byWords(move)}
              </td>
              <td title={move.from}>{move.from === undefined && move.to !== undefined ? 'new' : nameOf(tag, move.from)}</td>
              <td title={move.to}>{move.to === undefined ? 'removed' : nameOf(tag, move.to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > most && <p className={`t2 ${c.wait}`}>{count(all.length - most, 'older move')} not listed.</p>}
    </div>
  );
}
