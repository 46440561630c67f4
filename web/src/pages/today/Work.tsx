/* The wind-up: how far the work has come. */
import type { Asked } from "../../base/api";
import { href } from "../../base/router";
import type { Summary } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { FaultNote, Skeleton } from "../../parts/Status";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);

const lines = [
    { name: "work.open", of: "open", state: null },
    { name: "work.in-work", of: "in_work", state: "in work" },
    { name: "work.to-verify", of: "to_verify", state: "accepted" },
    { name: "work.accepted", of: "accepted", state: null },
    { name: "work.needs-source", of: "needs_source", state: "needs source" },
    { name: "work.cannot-verify", of: "cannot_verify", state: "cannot be verified" },
    { name: "work.contradicted", of: "contradicted", state: "contradicted" },
    { name: "work.duplicate", of: "duplicate", state: null },
    { name: "work.rejected", of: "rejected", state: null },
] as const;

export function Work(props: { asked: Asked<Summary> }) {
    const { value, fault, reload } = props.asked;
    return (
        <section class="sheet" aria-labelledby="work">
            <div class="sheet-head">
                <h2 id="work">{t("work")}</h2>
                <span class="quiet">{t("work.unit")}</span>
            </div>
            {fault !== null && <FaultNote fault={fault} onRetry={reload} />}
            {value === null && fault === null && <Skeleton lines={5} />}
            {value !== null && (
                <dl class="today-work">
                    {lines.map((line) => (
                        <div key={line.name}>
                            <dt>{line.state === null ? t(line.name) : <a href={href("/", { state: line.state })}>{t(line.name)}</a>}</dt>
                            <dd>{number(value.counts[line.of])}</dd>
                        </div>
                    ))}
                </dl>
            )}
        </section>
    );
}
