import { PlainText } from '../../../ui/PlainText.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import c from './CompareImagesPage.module.css';
import t from './DifferentSettings.module.css';
import type { SettingDifference } from './setting-differences.ts';

type Props = { differences: SettingDifference[]; names: [string, string] };

/** How containers of both would begin in another way. */
export const DifferentSettings = ({ differences, names }: Props) => (
  <ScrollRegion label="Settings" className={c.pad}>
    {differences.length === 0 ? (
      <p className="t2">
        Containers of both begin in the same way: platform, program, command, user, working folder, environment, labels, ports, volumes,
        stop signal and health check are the same.
      </p>
    ) : (
      <table className={t.table}>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            {names.map((name, at) => (
              <th key={at === 0 ? 'first' : 'second'} scope="col">
                <PlainText text={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ setting, key, first, second }) => (
            <tr key={JSON.stringify([setting, key])}>
              <th scope="row">
                {setting}
                {key !== undefined && (
                  <span className={`mono ${t.key}`}>
                    <PlainText text={key} />
                  </span>
                )}
              </th>
              <Value value={first} />
              <Value value={second} />
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </ScrollRegion>
);

const Value = ({ value }: { value: string | undefined }) => (
  <td className={value ? `mono ${t.value}` : 't3'}>
    {value === undefined ? 'not set' : value === '' ? 'set' : <PlainText text={value} />}
  </td>
);
