/* Counts over time as stacked bars; a brush chooses days. The same numbers stand in a table below. */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { monthName, tellDay, tellRange } from "../../base/dates";
import type { Day } from "../../base/types";
import { direction, language, number } from "../../base/words";
import { colourOf } from "../../parts/map/colours";
import type { Bin, Step } from "./bins";
import { brushed, pileUp } from "./bins";

export interface Stack {
    name: string;
    colour: string; // a CSS variable
    values: readonly number[]; // one for each bin
}

const DAY_S = 24 * 60 * 60;
// Days between ticks that a calendar knows.
const INCREMENTS: Record<Step, readonly number[]> = {
    day: [1, 2, 7, 14, 28],
    week: [7, 14, 28, 61, 91],
    month: [31, 61, 91, 182, 365, 730],
    year: [365, 730, 1826, 3652],
};
const BRUSH_LEAST = 4; // pixels; less is a click, which chooses its bar

const seconds = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 1000;

interface BarsProps {
    label: string;
    step: Step;
    bins: readonly Bin[];
    stacks: readonly Stack[];
    height: number; // pixels
    onBrush: (days: { from: Day; to: Day }) => void;
}

/* "8 أيار" above its year; of months and years only what changes. */
function tellTicks(step: Step, ticks: readonly number[]): string[] {
    let before = NaN;
    return ticks.map((tick) => {
        const at = new Date(tick * 1000);
        const year = at.getUTCFullYear();
        if (step === "year") return String(year);
        const month = monthName(at.getUTCMonth(), "short");
        const text = step === "month" ? month : `${at.getUTCDate()} ${month}`;
        const shown = year === before ? text : `${text}\n${year}`;
        before = year;
        return shown;
    });
}

function optionsOf(props: BarsProps, width: number, brush: (plot: uPlot) => void): uPlot.Options {
    const isRight = direction() === "rtl";
    const ink = colourOf("--ink-quiet");
    const grid = { stroke: colourOf("--line"), width: 1 };
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const first = props.bins[0];
    const last = props.bins[props.bins.length - 1];
    const paths = uPlot.paths.bars?.({ size: [0.86, 34], align: 1 });
    return {
        width,
        height: props.height,
        tzDate: (at) => new Date(at * 1000 + new Date(at * 1000).getTimezoneOffset() * 60000),
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
        select: { show: true, left: 0, top: 0, width: 0, height: 0 },
        hooks: { setSelect: [brush] },
        scales: {
            x: { dir: isRight ? -1 : 1, range: () => [seconds(first?.from ?? "1970-01-01"), seconds(last?.to ?? "1970-01-02") + DAY_S] },
            y: { range: (_, __, most) => [0, Math.max(1, most)] },
        },
        axes: [
            { stroke: ink, grid: { show: false }, ticks: grid, font, values: (_, ticks) => tellTicks(props.step, ticks), space: 84, size: 46, incrs: INCREMENTS[props.step].map((n) => n * DAY_S) },
            { side: isRight ? 1 : 3, stroke: ink, grid, ticks: { show: false }, font, size: 46, values: (_, ticks) => ticks.map((n) => (Number.isInteger(n) ? number(n) : "")) },
        ],
        series: [
            {},
            ...[...props.stacks].reverse().map((stack) => {
                const fill = colourOf(stack.colour);
                return { label: stack.name, fill, stroke: fill, width: 0, points: { show: false }, ...(paths === undefined ? {} : { paths }) };
            }),
        ],
    };
}

/* The bin that holds a moment. */
const binAt = (bins: readonly Bin[], at: number): number => bins.findIndex((bin) => seconds(bin.to) + DAY_S > at);

function tellBin(props: BarsProps, at: number): string {
    const bin = props.bins[at];
    if (bin === undefined) return "";
    const told = props.stacks.filter((stack) => (stack.values[at] ?? 0) > 0).map((stack) => `${stack.name}: ${number(stack.values[at] ?? 0)}`);
    return [bin.from === bin.to ? tellDay(bin.from, "short") : tellRange(bin.from, bin.to), ...told].join(" · ");
}

export function Bars(props: BarsProps) {
    const frame = useRef<HTMLDivElement>(null);
    const says = useRef<HTMLParagraphElement>(null);
    const latest = useRef(props);
    latest.current = props;
    useEffect(() => {
        const box = frame.current;
        if (box === null) return undefined;
        const brush = (plot: uPlot) => {
            const { left, width } = plot.select;
            if (width < BRUSH_LEAST) return;
            const ends = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")].sort((a, b) => a - b);
            const bins = latest.current.bins;
            const last = binAt(bins, ends[1] ?? 0);
            const days = brushed(bins, Math.max(0, binAt(bins, ends[0] ?? 0)), last === -1 ? bins.length - 1 : last);
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            if (days !== null) latest.current.onBrush(days);
        };
        const sums = pileUp(props.stacks.map((stack) => stack.values)).reverse();
        const plot = new uPlot(optionsOf(props, box.clientWidth, brush), [props.bins.map((bin) => seconds(bin.from)), ...sums], box);
        const size = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: props.height }));
        size.observe(box);
        const tell = () => {
            if (says.current !== null) says.current.textContent = tellBin(latest.current, binAt(latest.current.bins, plot.posToVal(plot.cursor.left ?? -1, "x")));
        };
        plot.over.addEventListener("pointermove", tell);
        return () => {
            size.disconnect();
            plot.destroy();
        };
    }, [props.bins, props.stacks, props.height, language()]);
    return (
        <>
            <div class="chart-frame" ref={frame} role="img" aria-label={props.label} />
            <p class="chart-says" ref={says} aria-hidden="true" />
        </>
    );
}
