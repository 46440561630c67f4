/* What the public sees first: what this is, and what has been signed. */
import { useRows } from "../../base/api";
import { tellDay } from "../../base/dates";
import type { BulletinRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { FaultNote, Skeleton } from "../../parts/Status";
import { appWords } from "../../words/app";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);
const app = wordsOf(appWords);
const shown = ["map", "control", "truce", "export"] as const;

function Bulletins() {
    const { rows, fault, reload } = useRows<BulletinRow>("/bulletins");
    if (fault !== null) return <FaultNote fault={fault} onRetry={reload} />;
    if (rows === null) return <Skeleton lines={3} />;
    if (rows.length === 0) return <p class="sheet-body quiet">{t("front.no-bulletins")}</p>;
    return (
        <ul class="today-changed">
            {rows.map((row) => (
                <li key={row.number}>
                    <a href={`/bulletins?number=${row.number}`}>{t("front.bulletin", { n: row.number })}</a>
                    <span>{tellDay(row.day)}</span>
                </li>
            ))}
        </ul>
    );
}

export function Front() {
    return (
        <Page title={app("marsad")} lead={t("front.lead")}>
            <div class="today-front">
                <section class="sheet" aria-labelledby="bulletins">
                    <h2 id="bulletins">{t("front.bulletins")}</h2>
                    <Bulletins />
                </section>
                <section class="sheet" aria-labelledby="see">
                    <h2 id="see">{t("front.see")}</h2>
                    <ul class="today-changed">
                        {shown.map((page) => (
                            <li key={page}>
                                <a href={`/${page}`}>{t(`front.${page}`)}</a>
                            </li>
                        ))}
                    </ul>
                </section>
            </div>
        </Page>
    );
}
