import type { ImageDetails } from '../../../contract/image.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import c from './ImagePage.module.css';
import { TagList } from './TagList.tsx';

/** The image's names, and the digests that registries know it by. */
export const TagsTab = ({ details: { id, references, digests } }: { details: ImageDetails }) => (
  <div className={`scroll ${c.pad}`}>
    <TagList id={id} references={references} />
    <section className={c.section} aria-label="Digests">
      <h2 className="h3">Digests</h2>
      <p className={`sm t2 ${c.lead}`}>
        A tag can move to another image, a digest cannot. Anyone who gets the image by its digest gets exactly this one.
      </p>
      {digests.length === 0 && <p className="t3">None yet. An image has a digest once it was pushed to a registry or came from one.</p>}
      <ul>
        {digests.map((digest) => (
          <li key={digest} className={c.digest}>
            <CopyButton label={`Copy ${digest}`} copy={() => copyText(digest)}>
              <span className="mono">{digest}</span>
            </CopyButton>
          </li>
        ))}
      </ul>
    </section>
  </div>
);
