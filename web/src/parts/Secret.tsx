/* Something to be copied: a link, a code, a hash. Selected whole when it gets the focus, for who cannot use the button. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { wordsOf } from "../base/words";
import { manageWords } from "../words/manage";
import { Dialog } from "./Dialog";
import { tellPeople } from "./Status";

const t = wordsOf(manageWords);

async function copy(value: string): Promise<void> {
    try {
        await navigator.clipboard.writeText(value); // refused without https, except on this machine
        tellPeople(t("copied"));
    } catch {
        tellPeople(t("copy.failed"), true);
    }
}

export function CopyField(props: { label: string; value: string; hint?: string }) {
    const id = useId();
    return (
        <div class="field copy-field">
            <label for={id}>{props.label}</label>
            <div class="copy-line">
                <input id={id} type="text" dir="ltr" readOnly value={props.value} onFocus={(event) => event.currentTarget.select()} />
                <button type="button" onClick={() => void copy(props.value)}>
                    {t("copy")}
                </button>
            </div>
            {props.hint !== undefined && <span class="hint">{props.hint}</span>}
        </div>
    );
}

/* What is shown now and never again; its one button says that it was taken down. */
export function SecretDialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
    return (
        <Dialog title={props.title} onClose={props.onClose}>
            <div class="form">
                <p class="note">{t("secret.once")}</p>
                {props.children}
            </div>
            <div class="dialog-foot">
                <button type="button" class="primary" onClick={props.onClose}>
                    {t("done")}
                </button>
            </div>
        </Dialog>
    );
}
