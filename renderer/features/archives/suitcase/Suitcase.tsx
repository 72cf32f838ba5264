import { RefusedReceipt } from '../../../desk/ChosenReceipt.tsx';
import { ReceiptCard } from '../../../desk/ReceiptCard.tsx';
import { takeReceipt } from '../../../desk/receipt.ts';
import { useReferenceTargets } from '../../../desk/use-reference-targets.ts';
import { Ring } from '../../../ui/Ring.tsx';
import { SuitcaseImages } from './SuitcaseImages.tsx';
import { SuitcaseView } from './SuitcaseView.tsx';
import type { SuitcaseAnswers } from './use-suitcase.ts';

type Props = SuitcaseAnswers & { chosen: string[]; onChange(chosen: string[]): void };

/** What a save packs for the computer of a receipt, and which images it is. */
export function Suitcase({ forecast, offered: { answer, failure }, chosen, onChange }: Props) {
  const imageOf = useReferenceTargets();
  const leave = () => takeReceipt(undefined);
  if (failure) return <RefusedReceipt failure={failure} />;
  if (!answer)
    return (
      <p className="row t2" role="status">
        <Ring size={14} /> Comparing with the receipt
      </p>
    );
  const ids = new Set(chosen.map((name) => imageOf.get(name) ?? name));
  const choose = (id: string, isChosen: boolean) => {
    const own = answer.images.find((image) => image.id === id);
    const names = own && own.references.length > 0 ? own.references : [id];
    onChange(isChosen ? [...chosen, ...names.filter((name) => !chosen.includes(name))] : chosen.filter((name) => !names.includes(name)));
  };
  return (
    <>
      <ReceiptCard receipt={answer.receipt} onLeave={leave} />
      {forecast && <SuitcaseView forecast={forecast} />}
      <SuitcaseImages images={answer.images} chosen={ids} onChange={choose} />
    </>
  );
}
