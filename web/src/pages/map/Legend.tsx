/* What shapes, colours and rings mean, with how many incidents have each; a press on a family filters by its kinds. */
import type { Family } from "../../base/kinds";
import { families, kindsOf, shapes } from "../../base/kinds";
import type { Grade } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { ShapeMark } from "../../parts/Marks";
import { mapWords } from "../../words/map";
import { partsWords } from "../../words/parts";
import type { Counts } from "./points";
import { GRADES, toggleFamily } from "./points";

const t = wordsOf(mapWords);
const tParts = wordsOf(partsWords);

const hasFamily = (kinds: readonly string[], family: Family): boolean => kindsOf(family).some((kind) => kinds.includes(kind));

/* The ring of a grade, as marks.ts paints it. */
function GradeRing(props: { grade: Grade }) {
    return (
        <svg class={`ring-key ring-${props.grade}`} viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="4.5" class="ring-core" />
            {props.grade === "confirmed" && <circle cx="12" cy="12" r="10.5" />}
            {(props.grade === "confirmed" || props.grade === "fair" || props.grade === "contested") && <circle cx="12" cy="12" r="8" />}
            {props.grade === "discounted" && <path d="M4 20 20 4" />}
        </svg>
    );
}

export function Legend(props: { counts: Counts; kinds: readonly string[]; onKinds: (kinds: string[]) => void }) {
    const { counts, kinds } = props;
    return (
        <div class="map-key" role="group" aria-label={t("legend")}>
            <div class="map-key-group">
                <p class="map-key-title">{t("legend.kinds")}</p>
                <ul>
                    {families.map((family, at) => (
                        <li key={family}>
                            <button
                                type="button"
                                class="plain key-family"
                                aria-pressed={hasFamily(kinds, family)}
                                title={t("legend.filter")}
                                onClick={() => props.onKinds(toggleFamily(kinds, family))}
                            >
                                <span class={`kind family-${family}`}>
                                    <ShapeMark shape={shapes[family]} />
                                    <span class="kind-name">{t(`family.${family}`)}</span>
                                </span>
                                <span class="count">{number(counts.byFamily[at] ?? 0)}</span>
                            </button>
                        </li>
                    ))}
                </ul>
            </div>
            <div class="map-key-group">
                <p class="map-key-title">{t("legend.grade")}</p>
                <ul>
                    {GRADES.map((grade, at) => (
                        <li key={grade} title={tParts(`grade.${grade}.why`)}>
                            <GradeRing grade={grade} />
                            {tParts(`grade.${grade}`)} <span class="count">{number(counts.byGrade[at] ?? 0)}</span>
                        </li>
                    ))}
                </ul>
            </div>
            <ul>
                <li>
                    <span class="draft-key" />
                    {t("legend.draft")} <span class="count">{number(counts.drafts)}</span>
                </li>
                <li>
                    <span class="draft-key draft-key-full" />
                    {t("legend.reviewed")} <span class="count">{number(counts.byGrade.reduce((a, b) => a + b, 0) - counts.drafts)}</span>
                </li>
                <li>
                    <span class="many-key" aria-hidden="true">
                        {number(7)}
                    </span>
                    {t("legend.many")}
                </li>
            </ul>
        </div>
    );
}
