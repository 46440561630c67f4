/* An incident: who says what, in how many independent chains, which numbers follow by which rule, and what people decided. */
import type { PageProps } from "../../app/pages";
import { API, useAsked } from "../../base/api";
import { tellDay, tellRange } from "../../base/dates";
import { kindName, placeName } from "../../base/names";
import { leaseOf } from "../../base/review";
import { day, href, useQuery } from "../../base/router";
import { mayRead, useSession } from "../../base/session";
import type { Incident, IncidentAnswer } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { Decide } from "../../parts/Decide";
import { DayField } from "../../parts/Fields";
import { Claims, Figures } from "../../parts/Figure";
import { History } from "../../parts/History";
import { DraftMark, FlagMarks, GradeMark, KindMark, StateMark } from "../../parts/Marks";
import { Page } from "../../parts/Page";
import { FaultNote, Skeleton } from "../../parts/Status";
import { decideWords } from "../../words/decide";
import { incidentWords } from "../../words/incident";
import { Chains } from "./Chains";
import type { AgreementTerms } from "./context";
import { trucesOf } from "./context";
import { DoersSheet, FiguresSheet, RuleText } from "./Figures";
import { Gone } from "./Gone";
import "./style.css";

const t = wordsOf(incidentWords);
const decide = wordsOf(decideWords);
const VIEW = { known: day() };

export default function IncidentPage({ id }: PageProps) {
    const [view, change] = useQuery(VIEW);
    const asked = useAsked<IncidentAnswer>(id === "" ? null : `/incidents/${encodeURIComponent(id)}`, view);
    const answer = asked.value?.incident.id === id ? asked.value : null;
    const known = <KnownOn day={view.known} onChange={(known) => change({ known })} />;
    if (answer === null) {
        if (asked.fault?.status === 404 || asked.value !== null)
            return view.known === "" ? <Gone id={id} /> : <Page title={t("title")} lead={t("known.not")} actions={known} />;
        return <Page title={t("title")}>{asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton lines={8} />}</Page>;
    }
    return (
        <Page title={titleOf(answer.incident)} lead={<Lead incident={answer.incident} />} actions={known} isWide>
            {view.known !== "" && <p class="known-banner">{t("known.banner", { day: tellDay(view.known) })}</p>}
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            <Inside answer={answer} known={view.known} />
        </Page>
    );
}

function titleOf(incident: Incident): string {
    const place = placeName(incident);
    const kind = kindName(incident.kind);
    return place === null || place === "" ? t("title.nowhere", { kind }) : t("title.of", { kind, place });
}

function Lead({ incident }: { incident: Incident }) {
    const told = { chains: t("n.chains", { n: incident.chains }), statements: t("n.statements", { n: incident.statements }), articles: t("n.articles", { n: incident.articles }) };
    return <>{t("told", told)}</>;
}

function KnownOn(props: { day: string; onChange: (day: string) => void }) {
    return (
        <div class="known">
            <DayField label={t("known")} value={props.day} onChange={props.onChange} />
            {props.day !== "" && (
                <button type="button" onClick={() => props.onChange("")}>
                    {t("known.now")}
                </button>
            )}
        </div>
    );
}

function Inside({ answer, known }: { answer: IncidentAnswer; known: string }) {
    const { incident, statements } = answer;
    const session = useSession();
    const why = answer.why ?? [];
    const grounds = { why, statements, records: answer.records ?? [] };
    return (
        <div class="incident">
            <Head answer={answer} />
            {why.length > 0 && (
                <div class="incident-grounds">
                    <FiguresSheet {...grounds} />
                    <DoersSheet {...grounds} />
                </div>
            )}
            <Chains statements={statements} records={grounds.records} />
            <div class="incident-grounds">
                {mayRead(session) && (
                    <section class="sheet" aria-labelledby="review-head">
                        <h2 id="review-head">{t("review")}</h2>
                        <div class="sheet-body stack">
                            {known === "" && <Review answer={answer} />}
                            <h3>{decide("history.title")}</h3>
                            <History history={answer.history ?? []} isOfMany />
                        </div>
                    </section>
                )}
                <Links incident={incident} known={known} />
            </div>
        </div>
    );
}

function Head({ answer }: { answer: IncidentAnswer }) {
    const { incident } = answer;
    const flags = incident.flags.split(" ");
    const rule = answer.why?.find((row) => row.what === "grade")?.rule ?? null;
    return (
        <section class="sheet" aria-label={t("title")}>
            <div class="sheet-body stack">
                <p class="incident-marks">
                    <KindMark kind={incident.kind} />
                    <strong>{incident.first_day === null ? t("day.none") : tellRange(incident.first_day, incident.last_day, "full")}</strong>
                    {incident.admin1 !== null && incident.admin1 !== "" && <bdi>{incident.admin1}</bdi>}
                    {!flags.includes("reviewed") && <DraftMark />}
                    <FlagMarks flags={incident.flags} />
                </p>
                {flags.includes("reported") && <p class="quiet">{t("day.reported")}</p>}
                <p class="incident-marks">
                    <span class="field-label">{t("grade")}</span> <GradeMark grade={incident.grade} />
                    {rule !== null && <RuleText rule={rule} />}
                </p>
                <p class="quiet">{t("grade.note")}</p>
                {answer.why === undefined && <Figures figures={incident.figures} most={6} />}
                {answer.why === undefined && (
                    <p>
                        {t("doers")}: <Claims claims={incident.actors} />
                    </p>
                )}
                <p class="quiet">
                    <code>{incident.id}</code>
                    {incident.lat !== null && incident.lon !== null && (
                        <>
                            {" · "}
                            <code>{`${incident.lat.toFixed(4)}, ${incident.lon.toFixed(4)}`}</code>
                        </>
                    )}
                </p>
            </div>
        </section>
    );
}

/* Decisions on all records at once; the lease is shown where one holds them all. */
function Review({ answer }: { answer: IncidentAnswer }) {
    const { incident } = answer;
    const records = answer.records ?? [];
    const history = answer.history ?? [];
    const leases = records.map((row) => leaseOf(history.filter((d) => d.record === row.id), Date.now()));
    const counts = new Map<(typeof records)[number]["state"], number>();
    for (const row of records) counts.set(row.state, (counts.get(row.state) ?? 0) + 1);
    return (
        <>
            <p class="incident-marks">
                <span class="field-label">{t("review.states")}</span>
                {[...counts].map(([state, n]) => (
                    <span key={state}>
                        <StateMark state={state} /> <span class="count">{n}</span>
                    </span>
                ))}
            </p>
            <p class="quiet">{t("review.all")}</p>
            <Decide
                subject={{
                    id: incident.id,
                    states: records.map((row) => row.state),
                    history,
                    lease: leases.find((lease) => lease !== null) ?? null,
                    others: [],
                    near: { kind: incident.kind, day: incident.first_day, area: incident.admin1, incident: incident.id },
                }}
            />
        </>
    );
}

function Links({ incident, known }: { incident: Incident; known: string }) {
    const truces = trucesOf(useAsked<AgreementTerms>("/truce/agreements").value, incident);
    const first = incident.first_day;
    const last = incident.last_day ?? first;
    return (
        <section class="sheet" aria-labelledby="links-head">
            <h2 id="links-head">{t("links")}</h2>
            <ul class="sheet-body incident-links">
                {first !== null && (
                    <li>
                        <a href={href("/map", { from: first, to: last })}>{t("link.map")}</a>
                    </li>
                )}
                {first !== null && (
                    <li>
                        <a href={href("/control", { at: first })}>{t("link.control")}</a>
                    </li>
                )}
                {truces.map((truce) => (
                    <li key={truce.name}>
                        <a href={href("/truce", { agreement: truce.name, from: first, to: last })}>{t("link.truce", { name: truce.title[language()] })}</a>
                    </li>
                ))}
                <li>
                    <a href={href(`${API}/incidents/${incident.id}`, { known })} download={`${incident.id}.json`}>
                        {t("link.json")}
                    </a>
                </li>
            </ul>
        </section>
    );
}
