/* When: the incidents of the question over time, by kind, party or grade. A brush narrows the question to its days. */
import { useMemo } from "preact/hooks";
import { useAsked } from "../../base/api";
import { families, familyOf } from "../../base/kinds";
import { partyName } from "../../base/names";
import type { Query } from "../../base/router";
import type { Day, SeriesRow, Table } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { ChartTable } from "../../parts/Chart";
import { SelectField } from "../../parts/Fields";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { seriesVariable } from "../../parts/map/colours";
import { mapWords } from "../../words/map";
import { partsWords } from "../../words/parts";
import type { Stack } from "./Bars";
import { Bars } from "./Bars";
import type { Binned } from "./bins";
import { binSeries } from "./bins";

const t = wordsOf(mapWords);
const tParts = wordsOf(partsWords);

export const BY = ["kind", "party", "grade"] as const;
export type By = (typeof BY)[number];

const OTHER = "\u0000other"; // no key of the server's
const MOST = 8; // stacks that have a colour of their own
const MOST_ROWS = 50000;
const HEIGHT = 190; // pixels

function nameOf(by: By, key: string): string {
    if (key === OTHER) return t("other");
    if (key === "") return t("none-named");
    return by === "kind" ? t.named("family", key) : by === "grade" ? tParts.named("grade", key) : partyName(key);
}

const isFamily = (key: string): boolean => families.some((family) => family === key);

function stacksOf(binned: Binned, by: By): Stack[] {
    return binned.keys.map((key, at) => ({
        name: nameOf(by, key),
        colour: by === "kind" && isFamily(key) ? `--family-${key}` : seriesVariable(key === OTHER ? -1 : at),
        values: binned.counts[at] ?? [],
    }));
}

export function Time(props: { question: Query; from: Day; to: Day; by: By; onBy: (by: By) => void; onDays: (days: { from: Day; to: Day }) => void }) {
    const { by, from, to } = props;
    const asked = useAsked<Table<SeriesRow>>("/series", { ...props.question, by, limit: MOST_ROWS });
    const rows = asked.value?.rows;
    const binned = useMemo(() => binSeries(rows ?? [], { from, to }, by === "kind" ? familyOf : (key) => key ?? "", MOST, OTHER), [rows, by, from, to]);
    const stacks = useMemo(() => stacksOf(binned, by), [binned, language(), partyName("syria.government")]);
    return (
        <section class="time" aria-label={t("time")}>
            <header class="time-head">
                <h2>{t("time")}</h2>
                <SelectField
                    label={t("by")}
                    value={by}
                    choices={BY.map((one) => ({ value: one, title: t(`by.${one}`) }))}
                    onChange={(chosen) => props.onBy(BY.find((one) => one === chosen) ?? "kind")}
                />
                <p class="quiet">
                    {binned.bins.length > 0 && `${t(`step.${binned.step}`)} · `}
                    {t("brush")}
                </p>
                {(from !== "" || to !== "") && (
                    <button type="button" onClick={() => props.onDays({ from: "", to: "" })}>
                        {t("brush.clear")}
                    </button>
                )}
            </header>
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            {rows === undefined && asked.fault === null && <Skeleton lines={4} />}
            {rows !== undefined && binned.bins.length === 0 && <EmptyNote why={t("time.empty")} />}
            {binned.bins.length > 0 && (
                <>
                    <ul class="time-key">
                        {stacks.map((stack) => (
                            <li key={stack.name}>
                                <span class="swatch" style={{ "--holder": `var(${stack.colour})` }} />
                                <bdi>{stack.name}</bdi>
                            </li>
                        ))}
                    </ul>
                    <Bars label={`${t("time.label")} · ${t("by")} ${t(`by.${by}`)}`} step={binned.step} bins={binned.bins} stacks={stacks} height={HEIGHT} onBrush={props.onDays} />
                    <details class="chart-table">
                        <summary>{tParts("chart.table")}</summary>
                        <ChartTable days={binned.bins.map((bin) => bin.from)} lines={stacks} />
                    </details>
                </>
            )}
        </section>
    );
}
