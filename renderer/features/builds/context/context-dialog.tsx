import type { ContextMap } from '../../../../contract/context-map.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ContextView } from './ContextView.tsx';
import { amountWords, leftWords } from './context-words.ts';
import { UndoLine } from './UndoLine.tsx';
import type { ContextLook } from './use-context-map.ts';

type Props = { map: ContextMap; look: ContextLook; folderName: string; isBuildKit: boolean; onBack(): void };

/**
 * A fuller view of what a build would send; closing it leads back to the form. It isn’t a component, so that the same dialog
 * stays open and only its contents change.
 */
export const contextDialog = ({ map, look, folderName, isBuildKit, onBack }: Props) => (
  <Dialog
    title="What will be sent"
    lead={
      <span className="num">
        {amountWords(map.sent)} {isBuildKit ? 'can be sent: BuildKit asks for what the steps copy.' : 'will be sent to the engine.'}{' '}
        {leftWords(map)}
      </span>
    }
    onClose={onBack}
    cancel="Back"
    size={1020}
    note={<UndoLine look={look} />}
  >
    <ContextView map={map} look={look} folderName={folderName} />
  </Dialog>
);
