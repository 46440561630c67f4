/* Who decided what, the latest first. */
import { tellTime } from "../base/dates";
import type { Decision } from "../base/types";
import { wordsOf } from "../base/words";
import { decideWords } from "../words/decide";
import { partsWords } from "../words/parts";

const t = wordsOf(decideWords);
const parts = wordsOf(partsWords);

export function History(props: { history: readonly Decision[]; isOfMany?: boolean }) {
    if (props.history.length === 0) return <p class="quiet">{t("history.none")}</p>;
    const latest = [...props.history].sort((a, b) => b.decision - a.decision);
    return (
        <ol class="history">
            {latest.map((d) => (
                <li key={`${d.decision} ${d.record}`}>
                    <p>
                        {t.rich("history.line", { who: <bdi class="history-who">{d.person}</bdi>, what: t.named("said", d.what) })}
                        {d.to !== null && d.from !== d.to && <span class="quiet"> · {parts.named("state", d.to)}</span>}{" "}
                        <time class="quiet" dateTime={d.time}>
                            {tellTime(d.time)}
                        </time>
                    </p>
                    {d.reason !== null && d.reason !== "" && <p class="quiet">{t.rich("history.for", { reason: <bdi>{d.reason}</bdi> })}</p>}
                    {d.changes !== null && d.changes.length > 0 && <p class="quiet">{t.rich("history.changes", { changes: <code>{d.changes.join(" ")}</code> })}</p>}
                    {d.with !== null && d.with.length > 0 && <p class="quiet">{t.rich("history.with", { ids: <code>{d.with.join(" ")}</code> })}</p>}
                    {props.isOfMany === true && (
                        <p class="quiet">
                            {t("history.record")} <code>{d.record}</code>
                        </p>
                    )}
                </li>
            ))}
        </ol>
    );
}
