import { type ReactNode, useId } from 'react';
import c from './FieldGroup.module.css';

type Props = {
  title: string;
  /** The engine's own word for it. */
  term?: string;
  children: ReactNode;
};

/** Fields that belong together, with their title at the side. */
export function FieldGroup({ title, term, children }: Props) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid with its legend
    <div role="group" className={c.group} aria-labelledby={id}>
      <div>
        <h3 className={c.title} id={id}>
          {title}
        </h3>
        {term && <p className={`sm t3 ${c.term}`}>{term}</p>}
      </div>
      <div className={c.fields}>{children}</div>
    </div>
  );
}
