/* uPlot with the value axis where the reader's language begins, our own names of months, and the numbers as a table for who cannot see lines. */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { monthName, tellDay } from "../base/dates";
import type { Day } from "../base/types";
import { direction, language, number, wordsOf } from "../base/words";
import { partsWords } from "../words/parts";
import { colourOf } from "./map/colours";

const t = wordsOf(partsWords);
const DAY_S = 24 * 60 * 60;

export interface Line {
    name: string;
    colour: string; // a CSS variable: "--family-air"
    values: readonly (number | null)[]; // one for each day
    isDashed?: boolean;
}

/* "8 أيار", and the year where it begins or the chart does. */
function tellTicks(_: uPlot, ticks: number[]): string[] {
    let before = NaN;
    return ticks.map((tick) => {
        const at = new Date(tick * 1000);
        const year = at.getUTCFullYear();
        const text = `${at.getUTCDate()} ${monthName(at.getUTCMonth(), "short")}`;
        const shown = year === before ? text : `${text}\n${year}`;
        before = year;
        return shown;
    });
}

export interface ChartProps {
    label: string;
    days: readonly Day[];
    lines: readonly Line[];
    height?: number; // pixels
    onDay?: (day: Day) => void; // a click on a day
}

function optionsOf(props: ChartProps, width: number): uPlot.Options {
    const ink = colourOf("--ink-quiet");
    const grid = { stroke: colourOf("--line"), width: 1 };
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    return {
        width,
        height: props.height ?? 220,
        tzDate: (seconds) => new Date(seconds * 1000 + new Date(seconds * 1000).getTimezoneOffset() * 60000),
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: { x: { dir: direction() === "rtl" ? -1 : 1 }, y: { range: (_, __, max) => [0, Math.max(1, max)] } },
        axes: [
            { stroke: ink, grid: { show: false }, ticks: grid, font, values: tellTicks, space: 76, incrs: [1, 2, 7, 14, 30, 61, 91, 182, 365].map((n) => n * DAY_S) },
            { side: direction() === "rtl" ? 1 : 3, stroke: ink, grid, ticks: { show: false }, font, values: (_, ticks) => ticks.map((n) => (Number.isInteger(n) ? number(n) : "")) },
        ],
        series: [
            {},
            ...props.lines.map((line) => ({
                label: line.name,
                stroke: colourOf(line.colour),
                width: 1.75,
                points: { show: props.days.length < 40, size: 5 },
                ...(line.isDashed === true ? { dash: [4, 3] } : {}),
            })),
        ],
    };
}

export function Chart(props: ChartProps) {
    const frame = useRef<HTMLDivElement>(null);
    const says = useRef<HTMLDivElement>(null);
    const latest = useRef(props);
    latest.current = props;
    useEffect(() => {
        const box = frame.current;
        if (box === null) return undefined;
        const data = [props.days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000), ...props.lines.map((line) => [...line.values])] as uPlot.AlignedData;
        const plot = new uPlot(optionsOf(props, box.clientWidth), data, box);
        const size = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: props.height ?? 220 }));
        size.observe(box);
        const tell = () => {
            if (says.current !== null) says.current.textContent = tellAt(latest.current, plot.cursor.idx ?? null);
        };
        plot.over.addEventListener("pointermove", tell);
        plot.over.addEventListener("pointerleave", () => says.current !== null && (says.current.textContent = ""));
        plot.over.addEventListener("click", () => {
            const day = plot.cursor.idx == null ? undefined : latest.current.days[plot.cursor.idx];
            if (day !== undefined) latest.current.onDay?.(day);
        });
        return () => {
            size.disconnect();
            plot.destroy();
        };
    }, [props.days, props.lines, props.height, language()]);
    return (
        <figure class="chart">
            <div class="chart-frame" ref={frame} role="img" aria-label={`${t("chart")}: ${props.label}`} />
            <div class="chart-says" ref={says} aria-hidden="true" />
            <figcaption class="chart-keys">
                {props.lines.map((line) => (
                    <span key={line.name} class="chart-key" style={{ "--key": `var(${line.colour})` }}>
                        {line.name}
                    </span>
                ))}
            </figcaption>
            <details class="chart-table">
                <summary>{t("chart.table")}</summary>
                <ChartTable {...props} />
            </details>
        </figure>
    );
}

function tellAt(props: ChartProps, at: number | null): string {
    const day = at === null ? undefined : props.days[at];
    if (at === null || day === undefined) return "";
    return [tellDay(day, "short"), ...props.lines.map((line) => `${line.name}: ${line.values[at] ?? "–"}`)].join(" · ");
}

export function ChartTable(props: Pick<ChartProps, "days" | "lines">) {
    return (
        <div class="table-frame">
            <table class="table table-dense">
                <thead>
                    <tr>
                        <th scope="col" />
                        {props.lines.map((line) => (
                            <th key={line.name} scope="col" class="at-end">
                                {line.name}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {props.days.map((day, at) => (
                        <tr key={day}>
                            <th scope="row">{tellDay(day, "short")}</th>
                            {props.lines.map((line) => (
                                <td key={line.name} class="at-end" data-title={line.name}>
                                    {line.values[at] ?? "–"}
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
