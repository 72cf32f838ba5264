import { useState } from 'react';
import type { PlatformSize } from '../../../contract/transfer.ts';
import { attempt } from '../../desk/attempt.ts';
import { bytes } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';

type Props = {
  known: PlatformSize[];
  value: string;
  onChange(platform: string): void;
  /** Their sizes; asked for only when the list is opened, as some registries count each question. */
  ask?(): Promise<PlatformSize[]>;
};

/** Which platform of an image is wanted, if there is a choice. */
export function PlatformField({ known, value, onChange, ask }: Props) {
  const [sized, setSized] = useState<PlatformSize[]>();
  const open = () => {
    if (ask && !sized) void attempt(ask).then(setSized);
  };
  const sizeOf = (platform: string) => (sized ?? known).find((one) => one.platform === platform)?.size;
  const data = known.map(({ platform }) => ({ value: platform, label: labelOf(platform, sizeOf(platform)) }));
  return <SelectField label="Platform" data={data} value={value} onChange={onChange} onOpen={open} />;
}

const labelOf = (platform: string, size: number | undefined): string => (size === undefined ? platform : `${platform} · ${bytes(size)}`);
