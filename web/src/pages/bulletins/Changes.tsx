/* What a bulletin says otherwise than the one that it corrects. */
import { useText } from "../../base/api";
import type { Query } from "../../base/router";
import { wordsOf } from "../../base/words";
import { FaultNote, Skeleton } from "../../parts/Status";
import { bulletinWords } from "../../words/bulletins";
import { changesOf, diffLines } from "./lines";

const t = wordsOf(bulletinWords);

export interface TextSource {
    path: string;
    query: Query;
}

const linesOf = (text: string): string[] => text.split("\n").map((line) => line.trimEnd());

export function Changes(props: { number: number; before: TextSource; after: TextSource }) {
    const before = useText(props.before.path, props.before.query);
    const after = useText(props.after.path, props.after.query);
    const fault = before.fault ?? after.fault;
    if (fault !== null) return <FaultNote fault={fault} />;
    if (before.value === null || after.value === null) return <Skeleton lines={4} />;
    const parts = changesOf(diffLines(linesOf(before.value), linesOf(after.value)));
    return (
        <section class="changes">
            <h2>{t("changes.title", { number: props.number })}</h2>
            <p class="hint">{t("changes.says")}</p>
            {parts.length === 0 && <p>{t("changes.none")}</p>}
            {parts.map((part, at) => (
                <div key={at}>
                    <h3>
                        <bdi>{part.heading === "" ? t("changes.head") : part.heading}</bdi>
                    </h3>
                    <ul>
                        {part.lines.map((line, n) => (
                            <li key={n} class={`change change-${line.what}`}>
                                <span class="change-sign">{t(line.what === "gone" ? "changes.gone" : "changes.new")}</span> {line.what === "gone" ? <del dir="auto">{line.text}</del> : <ins dir="auto">{line.text}</ins>}
                            </li>
                        ))}
                    </ul>
                </div>
            ))}
        </section>
    );
}
