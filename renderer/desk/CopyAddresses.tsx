import { CopyButton } from '../ui/CopyButton.tsx';
import { addressForms } from './address-forms.ts';
import c from './CopyAddresses.module.css';
import { copyText } from './copy-text.ts';

/** The address of an image in a registry, to be copied in the forms that people need. */
export const CopyAddresses = ({ reference }: { reference: string }) => (
  <ul className={c.addresses} aria-label={`Copy the address of ${reference}`}>
    {addressForms(reference).map(({ name, text }) => (
      <li key={name}>
        <CopyButton label={`Copy for ${name}`} copy={() => copyText(text)}>
          {name}
        </CopyButton>
      </li>
    ))}
  </ul>
);
