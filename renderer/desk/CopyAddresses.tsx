import { useMirror } from '../connection/mirror.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { addressForms, underAlias } from './address-forms.ts';
import c from './CopyAddresses.module.css';
import { copyText } from './copy-text.ts';

/** The address of an image in a registry, to be copied in the forms that people need. */
export function CopyAddresses({ reference }: { reference: string }) {
  const registry = useMirror((mirror) => mirror.registry);
  return (
    <ul className={c.addresses} aria-label={`Copy the address of ${reference}`}>
      {addressForms(underAlias(reference, registry)).map(({ name, text }) => (
        <li key={name}>
          <CopyButton label={`Copy for ${name}`} copy={() => copyText(text)}>
            {name}
          </CopyButton>
        </li>
      ))}
    </ul>
  );
}
