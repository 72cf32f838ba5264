import { PageHead } from '../../desk/PageHead.tsx';
import { Actions } from './Actions.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Fields } from './Fields.tsx';
import c from './Gallery.module.css';
import { Lists } from './Lists.tsx';
import { Measures } from './Measures.tsx';
import { Messages } from './Messages.tsx';

/** Every piece of `ui/` in each of its states, to be looked at and tested in both themes. */
export const GalleryPage = () => (
  <div className="page">
    <PageHead title="Gallery" summary="The pieces of the interface, each in all of its states" />
    <div className={`scroll ${c.body}`}>
      <Actions />
      <Dialogs />
      <Messages />
      <Measures />
      <Fields />
      <Lists />
    </div>
  </div>
);
