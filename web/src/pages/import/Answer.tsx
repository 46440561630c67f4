/* What an import did, or would do. */
import { useEffect, useRef } from "preact/hooks";
import type { ImportAnswer, ImportTold } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import type { Column } from "../../parts/Table";
import { Table } from "../../parts/Table";
import { importWords } from "../../words/import";

const t = wordsOf(importWords);
const FEW = 20; // rows that are shown at once

function verdictOf(answer: ImportAnswer): string {
    const isBad = answer.faults.length > 0;
    const isAllBad = isBad && answer.added === 0 && answer.known === 0;
    const isNothingNew = answer.added === 0 && answer.known > 0;
    return [isAllBad && t("dry.all-bad"), isNothingNew && t("dry.none"), isBad && !isAllBad && t("dry.some-bad")].filter((says) => says !== false).join(" ");
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
            {verdict !== "" && <p class="sheet-body">{verdict}</p>}
            {answer.notes.length > 0 && <Notes notes={answer.notes} />}
        </section>
    );
}

/* Of a table the rows without a fault, each in a line; else what the reader of the file noted. */
function Notes(props: { notes: readonly ImportTold[] }) {
    const rows = props.notes.map((note, at) => ({ ...note, at }));
    const columns: Column<ImportTold & { at: number }>[] = [
        { name: "row", title: t("row"), isMain: true, cell: (note) => note.row ?? "–" },
        { name: "note", title: t("note"), cell: (note) => <bdi>{note.message}</bdi> },
    ];
    return (
        <details class="fold" open={rows.length <= FEW}>
            <summary>
                {t("notes")} ({number(rows.length)})
            </summary>
            <Table caption={t("notes.table")} columns={columns} rows={rows} keyOf={(note) => String(note.at)} isDense />
        </details>
    );
}
