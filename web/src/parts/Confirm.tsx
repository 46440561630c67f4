/* Asks before something is taken away or ended; the title names what. The focus begins on "cancel". */
import type { ComponentChildren } from "preact";
import { Dialog, DialogFoot } from "./Dialog";

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
            <DialogFoot does={props.does} onDone={props.onDone} onCancel={props.onClose} isBusy={props.isBusy} />
        </Dialog>
    );
}
