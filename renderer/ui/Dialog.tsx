import { Button, Modal } from '@mantine/core';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import c from './Dialog.module.css';
import { useIsTop } from './dialog-stack.ts';
import { letKeyboardScroll } from './let-keyboard-scroll.ts';
import { useIsForm } from './open-form.ts';
import { useReturnFocus } from './use-return-focus.ts';

type Props = {
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  children?: ReactNode;
  onClose(): void;
  /** What the acting button says: "Load 2 files". Absent if the dialog can only be closed. */
  action?: string;
  onAct?(): void;
  /** The form can’t be sent yet. */
  disabled?: boolean;
  /** Takes something away: the safe button gets the focus and Enter does not act. */
  destructive?: boolean;
  /** Nothing is taken away, but it must not be agreed to by a key pressed too often: the safe button gets the focus. */
  careful?: boolean;
  size?: number;
  /** Left of the buttons. */
  note?: ReactNode;
  cancel?: string;
};

/**
 * One shape for all dialogs: a title, a body that scrolls, buttons that stay. It hangs from the top and grows downward only, so that nothing
 * in it moves away under the pointer when an answer comes.
 */
export function Dialog({ title, lead, children, onClose, action, onAct, disabled, destructive, careful, size = 520, note, cancel }: Props) {
  const isSafe = destructive || careful || false;
  const safe = useRef<HTMLButtonElement>(null);
  const isTop = useIsTop();
  useReturnFocus();
  // a click beside it, or a file dropped on it, must not throw away what was typed; Cancel and Escape are deliberate
  const isForm = action !== undefined && !destructive;
  useIsForm(isForm);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled) onAct?.();
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size}
      yOffset="max(32px, 8dvh)"
      closeOnClickOutside={!isForm}
      closeOnEscape={isTop}
      trapFocus={isTop}
      transitionProps={{ transition: 'pop', duration: 140 }}
    >
      <Modal.Overlay />
      <Modal.Content radius={14}>
        <form onSubmit={submit} className={c.form}>
          <div className={c.head}>
            <Modal.Title className="h2">{title}</Modal.Title>
            {lead && <p className="t2">{lead}</p>}
          </div>
          {children && (
            <div ref={letKeyboardScroll} className={`scroll ${c.body}`}>
              {children}
            </div>
          )}
          <div className={c.foot}>
            <span className="grow sm t2">{note}</span>
            <Button ref={safe} onClick={onClose} data-autofocus={isSafe || !action || undefined}>
              {cancel ?? (action ? 'Cancel' : 'Close')}
            </Button>
            {action && <ActButton label={action} disabled={disabled} destructive={destructive} safe={isSafe ? safe : undefined} />}
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}

type ActProps = { label: string; disabled?: boolean; destructive?: boolean; safe: RefObject<HTMLButtonElement | null> | undefined };

function ActButton({ label, disabled, destructive, safe }: ActProps) {
  const button = useRef<HTMLButtonElement>(null);
  const hadToWait = useRef(disabled);
  const wasSafe = useRef(safe !== undefined);
  useEffect(() => {
    const isSafe = safe !== undefined;
    // what was done may be undone by the same button now: nobody shall do that by pressing Enter once too often
    const becameSafe = isSafe && !wasSafe.current && document.activeElement === button.current;
    // a button that was disabled has no focus: it, or the safe one, takes it now, unless something else in the dialog has it
    const isFree = hadToWait.current && !disabled && !isInUse(button.current);
    if (becameSafe || isFree) (safe ?? button).current?.focus();
    hadToWait.current = disabled;
    wasSafe.current = isSafe;
  }, [disabled, safe]);
  return (
    <Button
      ref={button}
      type="submit"
      disabled={disabled}
      variant={destructive ? 'default' : 'filled'}
      data-tone={destructive ? 'bad' : undefined}
      data-autofocus={(!safe && !disabled) || undefined}
    >
      {label}
    </Button>
  );
}

/** Whether something in the button's dialog has the focus. */
function isInUse(button: HTMLElement | null): boolean {
  const dialog = button?.closest('[role="dialog"]');
  return dialog !== document.activeElement && (dialog?.contains(document.activeElement) ?? false);
}
