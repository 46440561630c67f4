/* The keys that are in force on this page. */
import { keysInForce } from "../base/keys";
import { wordsOf } from "../base/words";
import { Dialog } from "../parts/Dialog";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

export function Help(props: { onClose: () => void }) {
    return (
        <Dialog title={t("help.title")} onClose={props.onClose}>
            <dl class="keys">
                {keysInForce().map((key) => (
                    <div key={key.key}>
                        <dt>
                            {key.key.split(" ").map((one, at) => (
                                <kbd key={at}>{one}</kbd>
                            ))}
                        </dt>
                        <dd>{key.says}</dd>
                    </div>
                ))}
            </dl>
        </Dialog>
    );
}
