import { Radio } from '@mantine/core';
import c from '../../desk/dialogs.module.css';
import type { SavePacking } from '../../desk/suggest-file-name.ts';

/** How a saved file is packed. */
export const PackingChoice = ({ value, onChange }: { value: SavePacking; onChange(value: SavePacking): void }) => (
  <Radio.Group label="Packing" value={value} onChange={(chosen) => onChange(chosen as SavePacking)}>
    <div className={c.targets}>
      <Radio value="plain" label="Not packed" description="Quickest, and every tool can read it (.tar)" />
      <Radio value="gzip" label="Packed with gzip" description="Smaller, slower to write, and every engine can load it (.tar.gz)" />
      <Radio
        value="zstd"
        label="Packed with zstd"
        description="Smaller and quick to write; Layerdeck and newer engines can load it (.tar.zst)"
      />
    </div>
  </Radio.Group>
);
