/* Counts and grades that are others than a day ago, old and new beside each other. */
import type { Asked } from "../../base/api";
import { tellBounds } from "../../base/figures";
import type { Bounds, ChangedRow, Grade, Summary } from "../../base/types";
import { wordsOf } from "../../base/words";
import { KindMark } from "../../parts/Marks";
import { FaultNote, Skeleton } from "../../parts/Status";
import { partsWords } from "../../words/parts";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);
const shared = wordsOf(partsWords);
const SHOWN = 10; // after a large ingest there are hundreds; the latest stand first

const tellSide = (side: Bounds | Grade | null): string | null =>
    side === null ? null : typeof side === "string" ? shared(`grade.${side}`) : tellBounds(side.low, side.high);

function tellChange(row: ChangedRow): string {
    const before = tellSide(row.old);
    const now = tellSide(row.new);
    if (before === null) return t("changed.new", { now: now ?? "" });
    return now === null ? t("changed.gone", { before }) : t("changed.was", { before, now });
}

export function Changed(props: { asked: Asked<Summary> }) {
    const { value, fault, reload } = props.asked;
    return (
        <section class="sheet" aria-labelledby="changed">
            <h2 id="changed">{t("changed")}</h2>
            {fault !== null && <FaultNote fault={fault} onRetry={reload} />}
            {value === null && fault === null && <Skeleton lines={3} />}
            {value?.changed.length === 0 && <p class="sheet-body quiet">{t("changed.none")}</p>}
            {value !== null && value.changed.length > 0 && (
                <ul class="today-changed">
                    {value.changed.slice(0, SHOWN).map((row) => (
                        <li key={`${row.incident} ${row.what}`}>
                            <a class="today-what" href={`/incident/${row.incident}`}>
                                <KindMark kind={row.kind} />
                                <span class="today-where">{row.place === null ? <span class="quiet">{t("queue.no-place")}</span> : <bdi>{row.place}</bdi>}</span>
                            </a>
                            <span>
                                {t(`what.${row.what}`)}: {tellChange(row)}
                            </span>
                        </li>
                    ))}
                    {value.changed.length > SHOWN && <li class="quiet">{t("changed.more", { n: value.changed.length - SHOWN })}</li>}
                </ul>
            )}
        </section>
    );
}
