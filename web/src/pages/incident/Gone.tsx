/* An incident that is no more: ids are never used again, so it says what became of it. */
import { useEffect, useState } from "preact/hooks";
import type { Outcome } from "../../base/api";
import { get } from "../../base/api";
import { tellDay, tellTime } from "../../base/dates";
import { kindName } from "../../base/names";
import type { Table, TombstoneRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { FaultNote, Skeleton } from "../../parts/Status";
import { incidentWords } from "../../words/incident";

const t = wordsOf(incidentWords);
const ROWS_MOST = 1000; // of one answer
const nobody = { status: 404, code: "not-there", message: "", retryAfter: null };

/* The table is gone through to its end: it has no question for one id. */
async function tombstoneOf(id: string, signal: AbortSignal): Promise<TombstoneRow | null> {
    for (let after: string | null = ""; after !== null && !signal.aborted; ) {
        const outcome: Outcome<Table<TombstoneRow>> = await get("/tombstones", { limit: ROWS_MOST, after }, signal);
        if (!outcome.ok) return null;
        const found = outcome.value.rows.find((row) => row.id === id);
        if (found !== undefined) return found;
        after = outcome.value.next;
    }
    return null;
}

export function Gone({ id }: { id: string }) {
    const [found, tell] = useState<TombstoneRow | null | undefined>(undefined);
    useEffect(() => {
        const abort = new AbortController();
        void tombstoneOf(id, abort.signal).then((row) => !abort.signal.aborted && tell(row));
        return () => abort.abort();
    }, [id]);
    if (found === undefined || found === null) return <Page title={t("title")}>{found === null ? <FaultNote fault={nobody} /> : <Skeleton lines={3} />}</Page>;
    const became = found.became.match(/I-[0-9a-f]{16}/g) ?? [];
    return (
        <Page title={t("gone.title")} lead={<code>{id}</code>}>
            <p>
                {kindName(found.kind)}
                {found.first_day !== null && ` · ${tellDay(found.first_day)}`} ·{" "}
                <span class="quiet">{t("gone.when", { made: tellTime(found.made), gone: tellTime(found.gone) })}</span>
            </p>
            <p>{became.length === 0 ? t("gone.nothing") : t("gone.became")}</p>
            <ul>
                {became.map((next) => (
                    <li key={next}>
                        <a href={`/incident/${next}`}>
                            <code>{next}</code>
                        </a>
                    </li>
                ))}
            </ul>
        </Page>
    );
}
