/* How many, according to whom. */
import { partyName } from "../base/names";
import { mainFigures, tellBounds } from "../base/figures";
import type { Claim, IncidentFigure } from "../base/types";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

/* "3–7 قتلى". The noun follows the last number said. */
export function figureText(figure: Pick<IncidentFigure, "of" | "low" | "high">): string {
    return t.counted("of", figure.of, figure.high ?? figure.low ?? 0, tellBounds(figure.low, figure.high));
}

export function Figure(props: { figure: IncidentFigure; by?: readonly string[] }) {
    const f = props.figure;
    const group = f.group === "" ? "" : ` (${t.named("group", f.group)})`;
    const bounds = `${t("figure.low")}: ${f.low ?? "?"} · ${t("figure.best")}: ${f.best ?? "?"} · ${t("figure.high")}: ${f.high ?? "?"} · ${t("figure.rule")}: ${f.rule}`;
    return (
        <span class={f.disputed ? "figure figure-disputed" : "figure"} title={f.disputed ? `${t("figure.disputed")} · ${bounds}` : bounds}>
            <bdi>{figureText(f) + group}</bdi>
            {props.by !== undefined && props.by.length > 0 && (
                <>
                    {" "}
                    <Attribution who={props.by} />
                </>
            )}
        </span>
    );
}

export function Figures(props: { figures: readonly IncidentFigure[]; most?: number }) {
    const shown = mainFigures(props.figures).slice(0, props.most ?? 2);
    if (shown.length === 0) return null;
    return (
        <span class="figures">
            {shown.map((f) => (
                <Figure key={f.of} figure={f} />
            ))}
        </span>
    );
}

/* "بحسب المرصد والدفاع المدني". Identifiers of parties become their names; other words stay. */
export function Attribution(props: { who: readonly string[] }) {
    const names = props.who.flatMap((who, at) => [at === 0 ? "" : t("by.and"), <bdi key={who}>{partyName(who)}</bdi>]);
    return <span class="attribution">{t.rich("by", { who: names.length === 0 ? t("unknown") : names })}</span>;
}

/* Whom sources name, and who denies it, each with the number of statements. */
export function Claims(props: { claims: readonly Claim[] }) {
    if (props.claims.length === 0) return <span class="quiet">{t("unknown")}</span>;
    return (
        <span class="claims">
            {props.claims.map((c) => (
                <span key={c.who} class="claim">
                    <bdi>{partyName(c.who)}</bdi>
                    {c.denials > 0 && <span class="mark modality modality-denied">{`${t("side.denied")} ${c.denials}`}</span>}
                </span>
            ))}
        </span>
    );
}
