/* What an import did, or would do. */
import { useEffect, useRef } from "preact/hooks";
import type { ImportAnswer, ImportTold } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import type { Column } from "../../parts/Table";
import { Table } from "../../parts/Table";
import { importWords } from "../../words/import";

const t = wordsOf(importWords);
const FEW = 20; // rows that are shown at once

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
            {answer.notes.length > 0 && <Notes notes={answer.notes} isDry={isDry} />}
        </section>
    );
}

/* Of a table the rows that go in, each in a line; else what the reader of the file noted. */
function Notes(props: { notes: readonly ImportTold[]; isDry: boolean }) {
    const rows = props.notes.map((note, at) => ({ ...note, at }));
    const columns: Column<ImportTold & { at: number }>[] = [
        { name: "row", title: t("row"), isMain: true, cell: (note) => note.row ?? "–" },
        { name: "note", title: t("note"), cell: (note) => <bdi>{note.message}</bdi> },
    ];
    return (
        <details class="fold" open={rows.length <= FEW}>
            <summary>
                {t(props.isDry ? "notes.dry" : "notes")} ({number(rows.length)})
            </summary>
            <Table caption={t("notes.table")} columns={columns} rows={rows} keyOf={(note) => String(note.at)} isDense />
        </details>
    );
}
