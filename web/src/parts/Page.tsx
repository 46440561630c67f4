import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

/* The frame of each page: its heading, which is the window's title too, what can be done, and its content. */
export function Page(props: { title: string; actions?: ComponentChildren; lead?: ComponentChildren; children?: ComponentChildren; isWide?: boolean }) {
    useEffect(() => {
        document.title = `${props.title} · ${t("marsad")}`;
    }, [props.title]);
    return (
        <div class={props.isWide === true ? "page page-wide" : "page"}>
            <header class="page-head">
                <div>
                    <h1>{props.title}</h1>
                    {props.lead !== undefined && <p class="lead">{props.lead}</p>}
                </div>
                {props.actions !== undefined && <div class="actions">{props.actions}</div>}
            </header>
            {props.children}
        </div>
    );
}
