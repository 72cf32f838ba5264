import { Button, Modal } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
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
  const isSafe = destructive || careful;
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
            <Button onClick={onClose} data-autofocus={isSafe || !action || undefined}>
              {cancel ?? (action ? 'Cancel' : 'Close')}
            </Button>
            {action && <ActButton label={action} disabled={disabled} destructive={destructive} isSafe={isSafe} />}
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}

type ActProps = { label: string; disabled?: boolean; destructive?: boolean; isSafe?: boolean };

function ActButton({ label, disabled, destructive, isSafe }: ActProps) {
  const button = useRef<HTMLButtonElement>(null);
  const hadToWait = useRef(disabled);
  useEffect(() => {
    // a button that was disabled at first takes the focus now, unless something else in the dialog has it
    if (hadToWait.current && !disabled && !isSafe && !isInUse(button.current)) button.current?.focus();
    hadToWait.current = disabled;
  }, [disabled, isSafe]);
  return (
    <Button
      ref={button}
      type="submit"
      disabled={disabled}
      variant={destructive ? 'default' : 'filled'}
      data-tone={destructive ? 'bad' : undefined}
      data-autofocus={(!isSafe && !disabled) || undefined}
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
