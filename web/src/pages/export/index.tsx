/* Files for others: what is asked stands in the address, what each file would hold and leave out is told before it is written. */
import type { PageProps } from "../../app/pages";
import { useAsked } from "../../base/api";
import { list, text, useQuery } from "../../base/router";
import { mayRelease, useSession } from "../../base/session";
import type { ExportFormats } from "../../base/types";
import { wordsOf } from "../../base/words";
import { DayField, SelectField, TextField } from "../../parts/Fields";
import { KindsField, PartyField } from "../../parts/Filters";
import { Page } from "../../parts/Page";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { exportWords } from "../../words/export";
import { PlanCard, formatText } from "./PlanCard";
import type { Format } from "./PlanCard";
import { QUESTION, askedOf } from "./plan";
import "./style.css";

const t = wordsOf(exportWords);
const FIELDS = { ...QUESTION, format: list(), profile: text("public") };
const GRADES = ["confirmed", "fair", "weak"] as const; // each means it and better
const TYPING_MS = 400;

export default function ExportPage(_: PageProps) {
    const [query] = useQuery(FIELDS);
    const session = useSession();
    const formats = useAsked<ExportFormats>("/exports/formats");
    const chosen = (formats.value?.formats ?? []).filter((f) => query.format.includes(f.name));
    // the server lists the profiles that one may use
    const mayUse = query.profile === "public" || mayRelease(session) || formats.value?.profiles.includes(query.profile) === true;
    const { format: _format, profile, ...question } = query;
    return (
        <Page title={t("title")} lead={t("lead")} actions={<a class="button" href="/releases">{t("to.releases")}</a>} isWide>
            <Ask profiles={formats.value?.profiles ?? ["public"]} />
            {formats.value === null ? (
                formats.fault !== null ? (
                    <FaultNote fault={formats.fault} onRetry={formats.reload} />
                ) : (
                    <Skeleton lines={6} />
                )
            ) : (
                <Formats formats={formats.value} />
            )}
            {query.profile !== "public" && (
                <p class="note note-fault export-note" role="alert">
                    {t(mayUse ? "profile.warning" : "profile.refused", { profile: t.named("profile", profile) })}
                </p>
            )}
            <section aria-live="polite">
                <h2>{t("plan.title")}</h2>
                {chosen.length === 0 && formats.value !== null && <EmptyNote why={t("plan.none")} />}
                <div class="plans">
                    {chosen.map((f) => (
                        <PlanCard key={f.name} format={f} question={askedOf(question, profile)} refusal={mayUse ? null : t("profile.refused", { profile })} />
                    ))}
                </div>
            </section>
        </Page>
    );
}

function Ask(props: { profiles: readonly string[] }) {
    const [query, change] = useQuery(FIELDS);
    const profiles = [...new Set([...props.profiles, query.profile])];
    return (
        <form class="filters export-filters" role="search" aria-label={t("ask")} onSubmit={(event) => event.preventDefault()}>
            <DayField label={t("from")} value={query.from} onChange={(from) => change({ from })} />
            <DayField label={t("to")} value={query.to} onChange={(to) => change({ to })} />
            <KindsField values={query.kind} onChange={(kind) => change({ kind })} />
            <PartyField value={query.party} onChange={(party) => change({ party })} />
            <TextField label={t("area")} hint={t("area.hint")} value={query.area} delay={TYPING_MS} onChange={(area) => change({ area }, { replace: true })} />
            <TextField label={t("country")} hint={t("country.hint")} value={query.country} isLatin delay={TYPING_MS} onChange={(country) => change({ country }, { replace: true })} />
            <SelectField
                label={t("grade")}
                value={query.grade}
                choices={[{ value: "", title: t("grade.any") }, ...GRADES.map((g) => ({ value: g, title: t(`grade.${g}`) }))]}
                onChange={(grade) => change({ grade })}
            />
            <TextField label={t("words")} type="search" value={query.words} delay={TYPING_MS} onChange={(words) => change({ words }, { replace: true })} />
            <div class="field-with-hint">
                <DayField label={t("known")} value={query.known} onChange={(known) => change({ known })} />
                <span class="hint">{t("known.hint")}</span>
            </div>
            <SelectField
                label={t("profile")}
                value={query.profile}
                choices={profiles.map((p) => ({ value: p, title: t.named("profile", p) }))}
                hint={t("profile.hint")}
                onChange={(profile) => change({ profile })}
            />
        </form>
    );
}

function Formats(props: { formats: ExportFormats }) {
    const [query, change] = useQuery(FIELDS);
    const toggle = (format: Format, isOn: boolean) => change({ format: isOn ? [...query.format, format.name] : query.format.filter((name) => name !== format.name) });
    return (
        <fieldset class="formats">
            <legend>{t("formats")}</legend>
            {props.formats.formats.map((format) => (
                <label key={format.name} class="tick">
                    <input type="checkbox" checked={query.format.includes(format.name)} onChange={(event) => toggle(format, event.currentTarget.checked)} />
                    <span>
                        <strong>
                            <bdi>{format.name}</bdi>
                        </strong>{" "}
                        <span class="quiet">{formatText(format)}</span>
                    </span>
                </label>
            ))}
        </fieldset>
    );
}
