/* Each town's spans as bars along the days; the claims behind them are read by choosing the town. */
import { partyName, placeName } from "../../base/names";
import { tellDay, tellRange } from "../../base/dates";
import type { ControlRow, Day } from "../../base/types";
import { wordsOf } from "../../base/words";
import { seriesVariable } from "../../parts/map/colours";
import { controlWords } from "../../words/control";
import type { Control } from "./useControl";
import { TownClaims } from "./Said";
import type { Town } from "./spans";
import { extentOf, isHeld } from "./spans";

const t = wordsOf(controlWords);
const TAIL_SHARE = 30; // the last change stands this part of the whole before the end, so that its bar can be seen

interface Scale {
    first: Day;
    last: Day;
    holders: readonly string[];
}

function Bar(props: { span: ControlRow; scale: Scale; onDay: (day: Day) => void }) {
    const { span, scale } = props;
    const { start, length } = extentOf(span, scale.first, scale.last);
    const who = isHeld(span) ? partyName(span.holder) : t(`status.${span.status}`);
    return (
        <span
            class={`bar bar-${span.status}`}
            style={{ insetInlineStart: `${start}%`, inlineSize: `${length}%`, "--holder": `var(${seriesVariable(scale.holders.indexOf(span.holder))})` }}
            title={`${who} · ${t(`status.${span.status}`)} · ${span.to === null ? t("range.open", { from: tellDay(span.from, "short") }) : tellRange(span.from, span.to)}`}
            onClick={() => props.onDay(span.from)}
        />
    );
}

export function Timeline(props: { control: Control; day: Day; town: string; onTown: (id: string) => void; onDay: (day: Day) => void }) {
    const { control, day, town } = props;
    const first = control.days[0] ?? day;
    const tail = Math.ceil((Date.parse(control.last) - Date.parse(first)) / 86400000 / TAIL_SHARE) + 1;
    const scale: Scale = { first, last: new Date(Date.parse(control.last) + tail * 86400000).toISOString().slice(0, 10), holders: control.holders };
    const now = extentOf({ from: day, to: day }, scale.first, scale.last).start;
    return (
        <section class="timeline" aria-label={t("timeline")}>
            <h2>{t("timeline")}</h2>
            <p class="quiet">{t("timeline.note")}</p>
            <div class="timeline-rows">
                {control.towns.map((one) => (
                    <Row key={one.id} town={one} scale={scale} now={now} isChosen={one.id === town} onTown={props.onTown} onDay={props.onDay} />
                ))}
            </div>
        </section>
    );
}

function Row(props: { town: Town; scale: Scale; now: number; isChosen: boolean; onTown: (id: string) => void; onDay: (day: Day) => void }) {
    const { town, isChosen } = props;
    const name = town.spans[0] === undefined ? "" : (placeName(town.spans[0]) ?? "");
    return (
        <>
            <div class="timeline-row">
                <button type="button" class="plain timeline-town" aria-expanded={isChosen} onClick={() => props.onTown(isChosen ? "" : town.id)}>
                    <bdi>{name}</bdi>
                </button>
                <div class="timeline-track" aria-hidden="true">
                    {town.spans.map((span) => (
                        <Bar key={span.from} span={span} scale={props.scale} onDay={props.onDay} />
                    ))}
                    <span class="timeline-now" style={{ insetInlineStart: `${props.now}%` }} />
                </div>
            </div>
            {isChosen && <TownClaims town={town} onClose={() => props.onTown("")} />}
        </>
    );
}
