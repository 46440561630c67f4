/* Counts that are others than a day ago, old and new beside each other. */
import type { Asked } from "../../base/api";
import { tellBounds } from "../../base/figures";
import type { ChangedCount, Summary } from "../../base/types";
import { wordsOf } from "../../base/words";
import { KindMark } from "../../parts/Marks";
import { FaultNote, Skeleton } from "../../parts/Status";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);

function tellChange(change: ChangedCount): string {
    const before = change.before === null ? null : tellBounds(change.before.low, change.before.high);
    const now = change.now === null ? null : tellBounds(change.now.low, change.now.high);
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
                    {value.changed.map((change) => (
                        <li key={`${change.incident} ${change.of} ${change.group}`}>
                            <a class="today-what" href={`/incident/${change.incident}`}>
                                <KindMark kind={change.kind} />
                                <span class="today-where">{change.place === null ? <span class="quiet">{t("queue.no-place")}</span> : <bdi>{change.place}</bdi>}</span>
                            </a>
                            <span>
                                {t.named("of", change.of)}: {tellChange(change)}
                            </span>
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}
