/* What an import did, or would do. */
import { useEffect, useRef } from "preact/hooks";
import type { ImportAnswer } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { importWords } from "../../words/import";

const t = wordsOf(importWords);

function verdictOf(answer: ImportAnswer): string | null {
    if (answer.faults.length > 0) return t(answer.added === 0 && answer.known === 0 ? "dry.all-bad" : "dry.some-bad");
    return answer.added === 0 ? t("dry.none") : null;
}

export function Answer(props: { answer: ImportAnswer; isDry: boolean }) {
    const { answer, isDry } = props;
    const shown = useRef<HTMLElement>(null);
    useEffect(() => shown.current?.scrollIntoView({ block: "start" }), [answer]); // the form fills a phone: the answer would stand below it unseen
    const verdict = verdictOf(answer);
    const counts: [string, number][] = [
        [t("count.articles"), answer.articles],
        [t("count.rows"), answer.rows],
        [t(isDry ? "count.added.dry" : "count.added"), answer.added],
        [t("count.known"), answer.known],
        [t("count.faults"), answer.faults.length],
    ];
    return (
        <section ref={shown} class="sheet" aria-live="polite">
            <header class="sheet-head">
                <h2>{t(isDry ? "dry.title" : "done.title")}</h2>
            </header>
            <dl class="sheet-body counts">
                {counts.map(([name, count]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>{number(count)}</dd>
                    </div>
                ))}
            </dl>
            {verdict !== null && <p class="sheet-body">{verdict}</p>}
            {answer.notes.length > 0 && (
                <details class="sheet-body fold" open={answer.notes.length <= 10}>
                    <summary>
                        {t("notes")} ({number(answer.notes.length)})
                    </summary>
                    <ul class="plain-list" aria-label={t("notes.table")}>
                        {answer.notes.map((note, at) => (
                            <li key={at}>
                                <bdi>{note}</bdi>
                            </li>
                        ))}
                    </ul>
                </details>
            )}
        </section>
    );
}
