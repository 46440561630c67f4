/* What colours and fillings of towns mean, with how many towns have each on the day shown. */
import { partyName } from "../../base/names";
import type { ControlRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { seriesVariable } from "../../parts/map/colours";
import { controlWords } from "../../words/control";
import { isHeld } from "./spans";

const t = wordsOf(controlWords);
const STATUSES = ["confirmed", "reported", "claimed", "contested", "unknown"] as const;

export function TownKey(props: { spans: readonly ControlRow[]; holders: readonly string[] }) {
    const held = props.holders
        .map((holder, at) => ({ holder, at, count: props.spans.filter((span) => isHeld(span) && span.holder === holder).length }))
        .filter(({ count }) => count > 0);
    return (
        <div class="map-key town-key" aria-label={t("legend")} role="group">
            <div class="map-key-group">
                <p class="map-key-title">{t("legend.holders")}</p>
                <ul>
                    {held.map(({ holder, at, count }) => (
                        <li key={holder}>
                            <span class="swatch" style={{ "--holder": `var(${seriesVariable(at)})` }} />
                            <bdi>{partyName(holder)}</bdi> <span class="count">{number(count)}</span>
                        </li>
                    ))}
                </ul>
            </div>
            <div class="map-key-group">
                <p class="map-key-title">{t("legend.status")}</p>
                <ul>
                    {STATUSES.map((status) => (
                        <li key={status} title={t(`status.${status}.why`)}>
                            <span class={`swatch swatch-${status}`} />
                            {t(`status.${status}`)} <span class="count">{number(props.spans.filter((span) => span.status === status).length)}</span>
                        </li>
                    ))}
                </ul>
            </div>
            <p class="hint">{t("legend.why")}</p>
        </div>
    );
}
