/* The browser's own dialog keeps the focus inside, closes on Esc and gives the focus back. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

// Where the focus begins: where the dialog says so, else at its first field, else at the first button of its foot, which takes nothing away.
const FIRST = ["[autofocus]", "input:not(:disabled), select:not(:disabled), textarea:not(:disabled)", ".dialog-foot button:not(:disabled)"];

function focusFirst(dialog: HTMLElement): void {
    const at = FIRST.find((selector) => dialog.querySelector(selector) !== null);
    if (at !== undefined) dialog.querySelector<HTMLElement>(at)?.focus();
}

export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren; isWide?: boolean }) {
    const dialog = useRef<HTMLDialogElement>(null);
    const id = useId();
    useEffect(() => {
        const shown = dialog.current;
        const before = document.activeElement;
        shown?.showModal();
        if (shown !== null) focusFirst(shown);
        return () => {
            shown?.close();
            if (before instanceof HTMLElement) before.focus();
        };
    }, []);
    const cancel = (event: Event) => {
        event.preventDefault(); // whoever opened it closes it
        props.onClose();
    };
    return (
        <dialog
            ref={dialog}
            class={props.isWide === true ? "dialog dialog-wide" : "dialog"}
            aria-labelledby={id}
            onCancel={cancel}
            onClick={(event) => event.target === dialog.current && props.onClose()}
        >
            <div class="dialog-box">
                <header class="dialog-head">
                    <h2 id={id}>{props.title}</h2>
                    <button type="button" class="plain cross" onClick={props.onClose} aria-label={t("close")}>
                        <span aria-hidden="true">✕</span>
                    </button>
                </header>
                {props.children}
            </div>
        </dialog>
    );
}

/* What takes nothing away stands first; the one thing that is done stands last. Without onDone it sends the form that it stands in. */
export function DialogFoot(props: { does: string; onDone?: () => void; onCancel: () => void; cancels?: string; isBusy?: boolean }) {
    return (
        <div class="dialog-foot">
            <button type="button" onClick={props.onCancel}>
                {props.cancels ?? t("cancel")}
            </button>
            <button type={props.onDone === undefined ? "submit" : "button"} class="primary" onClick={props.onDone} disabled={props.isBusy === true}>
                {props.does}
            </button>
        </div>
    );
}

/* Asks for a reason before something is done that overrules a report or cannot be taken back unseen. */
export function ReasonDialog(props: {
    title: string;
    says?: ComponentChildren;
    does: string; // of the button
    isReasonNeeded: boolean;
    onDone: (reason: string) => void;
    onClose: () => void;
}) {
    const [reason, setReason] = useState("");
    const [isTold, tell] = useState(false);
    const id = useId();
    const isMissing = props.isReasonNeeded && reason.trim() === "";
    const submit = (event: Event) => {
        event.preventDefault();
        if (isMissing) tell(true);
        else props.onDone(reason.trim());
    };
    return (
        <Dialog title={props.title} onClose={props.onClose}>
            <form onSubmit={submit}>
                {props.says !== undefined && <div class="dialog-says">{props.says}</div>}
                <label class="field" for={id}>
                    <span>{props.isReasonNeeded ? t("reason") : t("reason.optional")}</span>
                    <textarea
                        id={id}
                        rows={3}
                        dir="auto"
                        value={reason}
                        onInput={(e) => setReason(e.currentTarget.value)}
                        aria-invalid={isTold && isMissing}
                        aria-describedby={`${id}-hint`}
                        autoFocus
                    />
                </label>
                <p id={`${id}-hint`} class={isTold && isMissing ? "hint hint-fault" : "hint"}>
                    {props.isReasonNeeded && t("reason.needed")}
                </p>
                <DialogFoot does={props.does} onCancel={props.onClose} />
            </form>
        </Dialog>
    );
}
