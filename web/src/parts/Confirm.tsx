/* Asks before something is taken away or ended; the title names what. The focus begins on "cancel". */
import type { ComponentChildren } from "preact";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";
import { Dialog } from "./Dialog";

const t = wordsOf(partsWords);

export function Confirm(props: {
    title: string;
    children?: ComponentChildren; // what follows from it
    does: string; // of the button
    isBusy: boolean;
    onDone: () => void;
    onClose: () => void;
}) {
    return (
        <Dialog title={props.title} onClose={props.onClose}>
            <div class="dialog-says">{props.children}</div>
            <div class="dialog-foot">
                <button type="button" onClick={props.onClose} autoFocus>
                    {t("cancel")}
                </button>
                <button type="button" class="primary" onClick={props.onDone} disabled={props.isBusy}>
                    {props.does}
                </button>
            </div>
        </Dialog>
    );
}
