/* Rows for the lexicon that corrections propose; they leave as a file, by hand. */
import { useRows } from "../../base/api";
import { saveFile, tsvOf } from "../../base/files";
import { today } from "../../base/dates";
import type { ProposalRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { settingsWords } from "../../words/settings";

const t = wordsOf(settingsWords);
const MANY = 1000;
const NAMES = ["table", "words", "read_as", "corrected_to", "times", "records"] as const;

const columns = (): Column<ProposalRow>[] => [
    { name: "words", title: t("words"), isMain: true, cell: (row) => <bdi lang="ar">{row.words}</bdi> },
    { name: "read", title: t("read-as"), cell: (row) => <bdi>{row.read_as}</bdi> },
    { name: "corrected", title: t("corrected-to"), cell: (row) => <bdi>{row.corrected_to}</bdi> },
    { name: "times", title: t("times"), align: "end", cell: (row) => number(row.times) },
    { name: "table", title: t("table"), cell: (row) => <code>{row.table}</code> },
    { name: "records", title: t("records"), isQuiet: true, cell: (row) => <bdi class="hint address">{row.records.join(" ")}</bdi> },
];

export function Proposals() {
    const asked = useRows<ProposalRow>("/proposals", { limit: MANY });
    const rows = asked.rows ?? [];
    const save = () =>
        saveFile(`marsad-proposals-${today()}.tsv`, "text/tab-separated-values;charset=utf-8", tsvOf(NAMES, rows.map((row) => NAMES.map((name) => (name === "records" ? row.records.join(" ") : row[name])))));
    return (
        <>
            <p class="lead">{t("proposals.says")}</p>
            {rows.length > 0 && (
                <p class="form-foot">
                    <button type="button" onClick={save}>
                        {t("proposals.save")}
                    </button>
                    {asked.hasMore && <span class="quiet">{t("proposals.more", { n: rows.length })}</span>}
                </p>
            )}
            <AskedTable
                caption={t("proposals.table")}
                columns={columns()}
                keyOf={(row) => [row.table, row.words, row.read_as, row.corrected_to].join("\t")}
                asked={asked}
                whyEmpty={t("proposals.empty")}
                hasKeys
            />
        </>
    );
}
