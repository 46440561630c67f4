import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageProps } from "../../app/pages";
import { tellDay } from "../../base/dates";
import { placeName } from "../../base/names";
import { day, text, useQuery } from "../../base/router";
import type { ControlRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { DayField, SelectField } from "../../parts/Fields";
import { Page } from "../../parts/Page";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { WorldMap } from "../../parts/map/WorldMap";
import { boxOfMost } from "../../parts/map/geo";
import { controlWords } from "../../words/control";
import { DaySlider } from "./DaySlider";
import { Said, StatusMark } from "./Said";
import "./style.css";
import { Timeline } from "./Timeline";
import { TownKey } from "./TownKey";
import { townNames } from "./townNames";
import { hitTown, paintTowns, townInks } from "./townMarks";
import type { Control } from "./useControl";
import { spansAt, useControl } from "./useControl";

const t = wordsOf(controlWords);
const FIELDS = { at: day(), known: day(), area: text(), town: text() };
const MARGIN = 0.6; // degrees around the towns

export default function ControlPage(_: PageProps) {
    const [{ at, known, area, town }, change] = useQuery(FIELDS);
    const control = useControl(true, { known, area });
    const areas = useAreas(control, area);
    return (
        <Page title={t("title")} lead={t("lead")} isWide>
            <div class="filters control-asks">
                <DayField label={t("known")} value={known} onChange={(to) => change({ known: to })} />
                <SelectField
                    label={t("area")}
                    value={area}
                    choices={[{ value: "", title: t("area.any") }, ...areas.map((name) => ({ value: name, title: name }))]}
                    onChange={(to) => change({ area: to })}
                />
            </div>
            {control.asked.fault !== null && <FaultNote fault={control.asked.fault} onRetry={control.asked.reload} />}
            {control.asked.value === null && control.asked.fault === null && <Skeleton lines={8} />}
            {control.asked.value !== null && control.rows.length === 0 && <EmptyNote why={t("towns.empty")} />}
            {control.rows.length > 0 && (
                <Shown
                    control={control}
                    at={at === "" ? control.last : at}
                    town={town}
                    onDay={(to) => change({ at: to }, { replace: true })}
                    onTown={(to) => change({ town: to })}
                />
            )}
        </Page>
    );
}

/* Governorates to choose from: those of the rows when all were asked for last. */
function useAreas(control: Control, area: string): string[] {
    const known = useRef<string[]>([]);
    if (area === "" && control.rows.length > 0) known.current = [...new Set(control.rows.map((row) => row.admin1 ?? ""))].filter((name) => name !== "").sort();
    return area === "" || known.current.includes(area) ? known.current : [area, ...known.current];
}

function Shown(props: { control: Control; at: string; town: string; onDay: (day: string) => void; onTown: (id: string) => void }) {
    const { control, at, town } = props;
    const [lit, light] = useState<string | null>(null);
    const spans = useMemo(() => spansAt(control.towns, at), [control.towns, at]);
    const box = useMemo(() => {
        const placed = control.rows.flatMap(({ lat, lon }) => (lat === null || lon === null ? [] : [{ lat, lon }]));
        return boxOfMost(placed.map((p) => p.lon), placed.map((p) => p.lat), 0, MARGIN);
    }, [control.rows]);
    const shownLit = lit ?? (town === "" ? null : town);
    return (
        <>
            <DaySlider days={control.days} last={control.last} day={at} onDay={props.onDay} />
            <div class="beside">
                <WorldMap
                    label={t("map.label")}
                    drawn={[spans, shownLit]}
                    paint={(context, view) => paintTowns(context, view, { spans, lit: shownLit, lift: 0 }, townInks(control.holders))}
                    names={() => townNames(spans, 0)}
                    box={box}
                    onPress={({ x, y, scale }) => {
                        const hit = hitTown({ spans, lift: 0 }, x, y, scale);
                        if (hit !== null) props.onTown(hit.place_id);
                    }}
                    isAnything={({ x, y, scale }) => hitTown({ spans, lift: 0 }, x, y, scale) !== null}
                />
                <section class="beside-list" aria-label={t("towns", { day: tellDay(at) })}>
                    <h2>
                        {t("towns", { day: tellDay(at, "short") })} <span class="count">{t("towns.count", { n: spans.length })}</span>
                    </h2>
                    {spans.length === 0 && <p class="quiet">{t("towns.none")}</p>}
                    <ul class="town-list">
                        {spans.map((span) => (
                            <TownRow key={span.place_id} span={span} isChosen={span.place_id === town} onLight={light} onTown={props.onTown} />
                        ))}
                    </ul>
                </section>
            </div>
            <TownKey spans={spans} holders={control.holders} />
            <Timeline control={control} day={at} town={town} onTown={props.onTown} onDay={props.onDay} />
        </>
    );
}

function TownRow(props: { span: ControlRow; isChosen: boolean; onLight: (id: string | null) => void; onTown: (id: string) => void }) {
    const { span, isChosen } = props;
    const row = useRef<HTMLLIElement>(null);
    useEffect(() => {
        if (isChosen) row.current?.scrollIntoView({ block: "nearest" });
    }, [isChosen]);
    const name = placeName(span) ?? "";
    return (
        <li
            ref={row}
            class={isChosen ? "town is-chosen" : "town"}
            onMouseEnter={() => props.onLight(span.place_id)}
            onMouseLeave={() => props.onLight(null)}
            onFocusCapture={() => props.onLight(span.place_id)}
            onBlurCapture={() => props.onLight(null)}
        >
            <p class="town-head">
                <button type="button" class="plain town-name reach" aria-pressed={isChosen} aria-label={t("town.choose", { place: name })} onClick={() => props.onTown(isChosen ? "" : span.place_id)}>
                    <bdi>{name}</bdi>
                </button>
                {span.admin1 !== null && span.admin1 !== span.place && <span class="quiet">{span.admin1}</span>}
                <StatusMark status={span.status} />
            </p>
            <p>
                <Said span={span} /> <span class="quiet">· {t("since", { day: tellDay(span.from, "short") })}</span>
            </p>
        </li>
    );
}
