import { Radio } from '@mantine/core';
import c from '../dialogs.module.css';
import type { SavePacking } from '../suggest-file-name.ts';

/** How a saved file is packed. */
export const PackingChoice = ({ value, onChange }: { value: SavePacking; onChange(value: SavePacking): void }) => (
  <Radio.Group
    label="How it is packed"
    value={value}
    onChange={(chosen) => onChange(chosen as SavePacking)}
    classNames={{ label: c.label }}
  >
    <div className={c.targets}>
      <Radio value="plain" size="xs" label="As it is" description="Quickest, and every tool can read it (.tar)" />
      <Radio
        value="gzip"
        size="xs"
        label="Packed with gzip"
        description="Smaller, slower to write, and every engine can load it (.tar.gz)"
      />
      <Radio
        value="zstd"
        size="xs"
        label="Packed with zstd"
        description="Smaller and quick to write; Layerdeck and newer engines can load it (.tar.zst)"
      />
    </div>
  </Radio.Group>
);
