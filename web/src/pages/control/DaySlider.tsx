/*
 * A day that slides and plays. It plays from change to change, for between them nothing is told; slower for readers who want little motion. The
 * browser's own slider has the keys: arrows a day, Page Up and Page Down more; "," and "." go to the change before and after.
 */
import { useEffect, useId, useState } from "preact/hooks";
import { addDays, tellDay } from "../../base/dates";
import { useKeys } from "../../base/keys";
import type { Day } from "../../base/types";
import { wordsOf } from "../../base/words";
import { controlWords } from "../../words/control";
import "./slider.css";
import { changeAfter, changeBefore, sliderAt } from "./spans";

const t = wordsOf(controlWords);
const STEP_MS = 700;
const CALM_STEP_MS = 1800;

function Chevron(props: { isBack?: boolean }) {
    return (
        <svg class={props.isBack === true ? "chevron chevron-back" : "chevron"} viewBox="0 0 12 12" aria-hidden="true">
            <path d="M4 1.5 8.5 6 4 10.5" />
        </svg>
    );
}

export function DaySlider(props: { days: readonly Day[]; last: Day; day: Day; onDay: (day: Day) => void }) {
    const { days, last, day, onDay } = props;
    const [isPlaying, play] = useState(false);
    const id = useId();
    const first = days[0] ?? last;
    const { at, most } = sliderAt(first, last, day);
    const after = changeAfter(days, day);
    const before = changeBefore(days, day);
    useEffect(() => {
        if (!isPlaying) return undefined;
        const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        const step = setTimeout(() => (after === null ? play(false) : onDay(after)), isCalm ? CALM_STEP_MS : STEP_MS);
        return () => clearTimeout(step);
    }, [isPlaying, day, after]);
    const toggle = () => {
        if (!isPlaying && after === null) onDay(first); // at the end it begins anew
        play(!isPlaying);
    };
    const jump = (to: Day | null) => {
        play(false);
        if (to !== null) onDay(to);
    };
    useKeys([
        { key: "p", says: t("slider.play"), run: toggle },
        { key: ".", says: t("slider.after"), run: () => jump(after) },
        { key: ",", says: t("slider.before"), run: () => jump(before) },
    ]);
    return (
        <div class="slider" role="group" aria-label={t("slider")}>
            <div class="slider-does">
                <button type="button" onClick={() => jump(before)} disabled={before === null} aria-label={t("slider.before")} title={`${t("slider.before")} (,)`}>
                    <Chevron isBack />
                </button>
                <button type="button" class="slider-play" onClick={toggle} aria-pressed={isPlaying}>
                    {isPlaying ? t("slider.pause") : t("slider.play")}
                </button>
                <button type="button" onClick={() => jump(after)} disabled={after === null} aria-label={t("slider.after")} title={`${t("slider.after")} (.)`}>
                    <Chevron />
                </button>
            </div>
            <div class="slider-track">
                <label for={id}>
                    <span class="unseen">{t("slider.day")}</span>
                    <output class="slider-says">{tellDay(day)}</output>
                </label>
                <input
                    id={id}
                    type="range"
                    min={0}
                    max={most}
                    step={1}
                    value={at}
                    aria-valuetext={tellDay(day)}
                    onInput={(event) => jump(addDays(first, Number(event.currentTarget.value)))}
                />
                <span class="slider-ends" aria-hidden="true">
                    <span>{tellDay(first, "short")}</span>
                    <span>{tellDay(last, "short")}</span>
                </span>
            </div>
        </div>
    );
}
