/* Small marks: kind, grade, state, modality, priority, flags, and that nobody has reviewed something. Each says in words what its colour says. */
import { familyOf } from "../base/kinds";
import type { Shape } from "../base/kinds";
import { shapes } from "../base/kinds";
import { kindName } from "../base/names";
import type { Grade, Modality, Priority, ReviewState } from "../base/types";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

export const outlines: Record<Shape, string> = {
    triangle: "M6 1.2 11 10.4H1z",
    diamond: "M6 .6 11.4 6 6 11.4.6 6z",
    square: "M1.6 1.6h8.8v8.8H1.6z",
    circle: "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z",
    hexagon: "M3.2 1.2h5.6L11.6 6l-2.8 4.8H3.2L.4 6z",
    ring: "M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8zm0 2.6a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z",
    dash: "M1 4.4h10v3.2H1z",
};

export function ShapeMark(props: { shape: Shape }) {
    return (
        <svg class="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
            <path d={outlines[props.shape]} fill-rule="evenodd" />
        </svg>
    );
}

export function KindMark(props: { kind: string }) {
    const family = familyOf(props.kind);
    return (
        <span class={`kind family-${family}`}>
            <ShapeMark shape={shapes[family]} />
            <span class="kind-name">{kindName(props.kind)}</span>
        </span>
    );
}

export function GradeMark(props: { grade: Grade }) {
    return (
        <span class={`mark grade grade-${props.grade}`} title={t(`grade.${props.grade}.why`)}>
            {t(`grade.${props.grade}`)}
        </span>
    );
}

export function StateMark(props: { state: ReviewState }) {
    return <span class={`mark state state-${props.state.replace(/ /g, "-")}`}>{t.named("state", props.state)}</span>;
}

export function ModalityMark(props: { modality: Modality }) {
    return <span class={`mark modality modality-${props.modality}`}>{t(`modality.${props.modality}`)}</span>;
}

export function PriorityMark(props: { priority: Priority }) {
    return (
        <span class={`priority priority-${props.priority}`} title={t(`priority.${props.priority}`)}>
            <span aria-hidden="true">{t(`priority.${props.priority}.short`)}</span>
            <span class="unseen">{t(`priority.${props.priority}`)}</span>
        </span>
    );
}

/* What an incident's flags say, without "reported", which stands at the day. */
export function FlagMarks(props: { flags: string }) {
    const flags = props.flags.split(" ").filter((flag) => flag !== "" && flag !== "reported");
    return (
        <>
            {flags.map((flag) => (
                <span key={flag} class={`mark flag flag-${flag}`}>
                    {t.named("flag", flag)}
                </span>
            ))}
        </>
    );
}

export function DraftMark() {
    return (
        <span class="mark draft" title={t("draft.why")}>
            {t("draft")}
        </span>
    );
}
