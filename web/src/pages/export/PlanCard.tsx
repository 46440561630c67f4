/* What a file would hold and what it would not, before it is written. */
import { API, useAsked } from "../../base/api";
import type { Query } from "../../base/router";
import { href } from "../../base/router";
import type { ExportPlan, LossRow } from "../../base/types";
import { language, number, wordsOf } from "../../base/words";
import { FaultNote, Skeleton } from "../../parts/Status";
import { exportWords } from "../../words/export";
import { lossesInArabic } from "../../words/losses";
import { ofFacts, outlineOf, reasonsOf } from "./plan";

const t = wordsOf(exportWords);

export interface Format {
    name: string;
    ending: string;
    summary: string;
}

const lossText = (words: string): string => (language() === "ar" ? (lossesInArabic[words] ?? words) : words);

/* Own words where the page has them; the server's, English, else. */
export function formatText(format: Format): string {
    const known = t.named("format", format.name);
    return known === format.name ? format.summary : known;
}

export function PlanCard(props: { format: Format; question: Query; refusal: string | null }) {
    const { format, question } = props;
    const asked = useAsked<ExportPlan>(props.refusal === null ? "/exports/plan" : null, { ...question, format: format.name });
    const plan = asked.value;
    return (
        <section class="plan" aria-busy={asked.isLoading}>
            <header class="plan-head">
                <h3>
                    <bdi>{format.name}</bdi>
                </h3>
                <span class="quiet">{formatText(format)}</span>
            </header>
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            {plan === null && asked.isLoading && <Skeleton lines={3} />}
            {plan !== null && <Told plan={plan} />}
            <div class="actions">
                {props.refusal !== null || asked.fault !== null || asked.isLoading ? (
                    <button type="button" disabled>
                        {t("download")}
                    </button>
                ) : (
                    <a class="button primary" href={href(`${API}/exports/${format.name}`, question)} download={`marsad-${format.name}${format.ending}`}>
                        {t("download")} <bdi class="plan-file">{`marsad-${format.name}${format.ending}`}</bdi>
                    </a>
                )}
            </div>
        </section>
    );
}

function Told(props: { plan: ExportPlan }) {
    const { plan } = props;
    const told = outlineOf(plan);
    return (
        <>
            <ul class="plan-says">
                <li>{t("plan.asked", { n: told.asked })}</li>
                <li>
                    {t(told.isLeftOut === 0 ? "plan.all-out" : "plan.withheld", { n: told.isLeftOut, profile: t.named("profile", plan.profile), version: plan.profile_version })}
                    <Reasons rows={reasonsOf(plan.withheld)} />
                </li>
                <li>
                    {t(told.withoutRow === 0 ? "plan.none-dropped" : "plan.dropped", { n: told.withoutRow })}
                    <Reasons rows={reasonsOf(plan.dropped)} />
                </li>
                <li>
                    <strong>{t("plan.rows", { n: told.rows })}</strong> {t("plan.rows.of", { n: told.withRows })}
                </li>
            </ul>
            <Losses title={t("plan.coarse", { n: told.withheldFacts })} says={t("plan.coarse.says")} rows={ofFacts(plan.withheld)} />
            <Losses title={t("plan.lost", { n: told.lostFacts })} says={t("plan.lost.says")} rows={[...plan.not_carried, ...ofFacts(plan.dropped)]} />
        </>
    );
}

function Reasons(props: { rows: readonly LossRow[] }) {
    if (props.rows.length === 0) return null;
    return (
        <ul class="plan-reasons">
            {props.rows.map((row) => (
                <li key={row.why}>
                    <bdi class="plan-count">{number(row.count)}</bdi> <bdi>{lossText(row.why)}</bdi>
                </li>
            ))}
        </ul>
    );
}

function Losses(props: { title: string; says: string; rows: readonly LossRow[] }) {
    if (props.rows.length === 0) return null;
    return (
        <details>
            <summary>{props.title}</summary>
            <p class="hint">{props.says}</p>
            <div class="table-frame">
                <table class="table table-dense">
                    <thead>
                        <tr>
                            <th scope="col">{t("loss.what")}</th>
                            <th scope="col">{t("loss.why")}</th>
                            <th scope="col" class="at-end">
                                {t("loss.count")}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {props.rows.map((row) => (
                            <tr key={`${row.what}|${row.why}`}>
                                <th scope="row" class="is-main">
                                    <bdi>{lossText(row.what)}</bdi>
                                </th>
                                <td data-title={t("loss.why")}>
                                    <bdi>{lossText(row.why)}</bdi>
                                </td>
                                <td data-title={t("loss.count")} class="at-end">
                                    {number(row.count)}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </details>
    );
}
