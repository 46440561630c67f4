/* The log, from any line on. */
import { useState } from "preact/hooks";
import { useRows } from "../../base/api";
import { tellTime } from "../../base/dates";
import { useQuery, whole } from "../../base/router";
import type { LogRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { TextField } from "../../parts/Fields";
import { tellPeople } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { settingsWords } from "../../words/settings";
import { newestLine } from "./newest";
import { addressOf } from "./values";

const t = wordsOf(settingsWords);
const FIELDS = { line: whole(1) };
const PAGE = 100;
const HASH_SHOWN = 12;
const TYPING_MS = 400;

function Subject(props: { subject: string }) {
    const address = addressOf(props.subject);
    return address === null ? <bdi class="id">{props.subject}</bdi> : <a class="id" href={address}>{props.subject}</a>;
}

const columns = (): Column<LogRow>[] => [
    { name: "line", title: t("line"), isMain: true, cell: (row) => number(row.line) },
    { name: "time", title: t("time"), cell: (row) => tellTime(row.time) },
    { name: "what", title: t("what"), cell: (row) => t.named("what", row.what) },
    { name: "subject", title: t("subject"), cell: (row) => <Subject subject={row.subject} /> },
    { name: "detail", title: t("detail"), isQuiet: true, cell: (row) => <bdi class="id hint address">{row.detail}</bdi> },
    {
        name: "hash",
        title: t("hash"),
        cell: (row) => (
            <code title={row.hash.toLowerCase()}>{row.hash.slice(0, HASH_SHOWN).toLowerCase()}…</code>
        ),
    },
];

export function Log() {
    const [{ line }, change] = useQuery(FIELDS);
    const [isAsking, ask] = useState(false);
    const rows = useRows<LogRow>("/log", { limit: PAGE, after: line > 1 ? line - 1 : null });
    const goToNewest = () => {
        ask(true);
        void newestLine().then((newest) => {
            ask(false);
            if (newest === null) tellPeople(t("log.failed"), true);
            else change({ line: Math.max(1, newest - PAGE + 1) });
        });
    };
    return (
        <>
            <p class="lead">{t("log.says")}</p>
            <form class="filters" onSubmit={(event) => event.preventDefault()}>
                <TextField
                    label={t("log.from")}
                    isLatin
                    value={String(line)}
                    delay={TYPING_MS}
                    onChange={(text) => change({ line: Math.max(1, Number.parseInt(text, 10) || 1) }, { replace: true })}
                />
                <button type="button" disabled={isAsking} onClick={goToNewest}>
                    {t("log.newest")}
                </button>
                {line > 1 && (
                    <button type="button" onClick={() => change({ line: 1 })}>
                        {t("log.first")}
                    </button>
                )}
            </form>
            <AskedTable caption={t("log.table")} columns={columns()} keyOf={(row) => String(row.line)} asked={rows} whyEmpty={t("log.empty")} isDense hasKeys />
        </>
    );
}
