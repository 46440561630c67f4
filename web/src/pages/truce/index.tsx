/* The truce board: an agreement, a counting rule by name, a period; what is alleged, what people decide, what could not be seen, what the public would read. */
import type { PageProps } from "../../app/pages";
import { titleOf } from "../../base/agreements";
import { useAsked } from "../../base/api";
import { tellRange, today } from "../../base/dates";
import { useKeys } from "../../base/keys";
import { day, text, useQuery } from "../../base/router";
import { mayRead, useSession } from "../../base/session";
import type { AgreementRow, Agreements, Day, IntakeRow, Table, TruceRule } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { DayField, SelectField } from "../../parts/Fields";
import { Page } from "../../parts/Page";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { Tabs, useTab } from "../../parts/Tabs";
import { truceWords } from "../../words/truce";
import { Board } from "./Board";
import { Candidates } from "./Candidates";
import { Prepare } from "./Prepare";
import { Terms, ruleText } from "./Terms";
import type { Period } from "./period";
import { lengthOf, periodOf, shift, usualDay, windowsIn } from "./period";
import "./style.css";

const t = wordsOf(truceWords);
const FIELDS = { agreement: text(), rule: text(), beside: text(), from: day(), to: day() };

/* The newest day that a report was read of, where nobody chose a day. */
function newestOf(rows: readonly IntakeRow[] | undefined): Day | null {
    const days = (rows ?? []).flatMap((row) => (row.newest === null ? [] : [row.newest]));
    return days.length === 0 ? null : days.reduce((a, b) => (a > b ? a : b));
}

export default function TrucePage(_: PageProps) {
    const [query] = useQuery(FIELDS);
    const session = useSession();
    const isDayAsked = query.from !== "" || query.to !== "";
    const agreements = useAsked<Agreements>("/truce/agreements");
    const intake = useAsked<Table<IntakeRow>>(isDayAsked || !mayRead(session) ? null : "/intake", { limit: 1000 });
    const isWaiting = agreements.value === null || (intake.isLoading && intake.value === null);
    const rows = agreements.value?.agreements ?? [];
    const rules = agreements.value?.rules ?? [];
    const agreement = rows.find((a) => a.name === query.agreement) ?? rows[0];
    const rule = rules.find((r) => r.name === query.rule) ?? rules[0];
    const beside = rules.find((r) => r.name === query.beside && r !== rule) ?? null;
    if (agreements.fault !== null && agreements.value === null)
        return (
            <Page title={t("title")} isWide>
                <FaultNote fault={agreements.fault} onRetry={agreements.reload} />
            </Page>
        );
    if (isWaiting)
        return (
            <Page title={t("title")} isWide>
                <Skeleton lines={8} />
            </Page>
        );
    if (agreement === undefined || rule === undefined)
        return (
            <Page title={t("title")} isWide>
                <EmptyNote why={t("agreements.none")} />
            </Page>
        );
    const period = periodOf(query.from, query.to, usualDay(today(), newestOf(intake.value?.rows), agreement.body.windows));
    return (
        <Page title={t("title")} lead={t("lead")} actions={<a class="button" href="/bulletins">{t("to.bulletins")}</a>} isWide>
            <Choose agreements={rows} rules={rules} agreement={agreement} rule={rule} beside={beside} period={period} />
            <InForce agreement={agreement} period={period} />
            <Parts agreement={agreement} rule={rule} rules={rules} beside={beside} period={period} />
        </Page>
    );
}

interface Chosen {
    agreement: AgreementRow;
    rule: TruceRule;
    rules: readonly TruceRule[];
    beside: TruceRule | null;
    period: Period;
}

function Choose(props: Chosen & { agreements: readonly AgreementRow[] }) {
    const [, change] = useQuery(FIELDS);
    const { period, rule, beside } = props;
    const step = (by: number) => change(shift(period, by));
    useKeys([
        { key: "p", says: t("keys.period.previous"), run: () => step(-1) },
        { key: "n", says: t("keys.period.next"), run: () => step(1) },
    ]);
    const names = (list: readonly TruceRule[]) => list.map((r) => ({ value: r.name, title: r.version > 0 ? r.name : t("rule.no-version", { name: r.name }) }));
    return (
        <form class="filters truce-choose" aria-label={t("choose")} onSubmit={(event) => event.preventDefault()}>
            <SelectField
                label={t("agreement")}
                value={props.agreement.name}
                choices={props.agreements.map((a) => ({ value: a.name, title: titleOf(a) }))}
                onChange={(agreement) => change({ agreement, from: "", to: "" })}
            />
            <SelectField label={t("rule")} value={rule.name} choices={names(props.rules)} onChange={(name) => change({ rule: name })} />
            <SelectField
                label={t("beside")}
                value={beside?.name ?? ""}
                choices={[{ value: "", title: t("beside.none") }, ...names(props.rules.filter((r) => r.name !== rule.name))]}
                onChange={(name) => change({ beside: name })}
            />
            <DayField label={t("from")} value={period.from} onChange={(from) => from !== "" && change({ from, to: from > period.to ? from : period.to })} />
            <DayField label={t("to")} value={period.to} onChange={(to) => to !== "" && change({ to, from: to < period.from ? to : period.from })} />
            <div class="truce-steps">
                <button type="button" onClick={() => step(-1)}>
                    {t(lengthOf(period) === 1 ? "day.previous" : "period.previous")}
                </button>
                <button type="button" onClick={() => step(1)}>
                    {t(lengthOf(period) === 1 ? "day.next" : "period.next")}
                </button>
            </div>
            <p class="hint truce-rule">
                <bdi>{rule.name}</bdi>: {ruleText(rule)}
                {beside !== null && (
                    <>
                        <br />
                        <bdi>{beside.name}</bdi>: {ruleText(beside)}
                    </>
                )}
            </p>
        </form>
    );
}

function InForce(props: { agreement: AgreementRow; period: Period }) {
    const windows = windowsIn(props.agreement.body.windows, props.period);
    const shown = tellRange(props.period.from, props.period.to, "full");
    if (windows.length === 0) return <p class="note">{t("force.none", { period: shown })}</p>;
    return (
        <p class="truce-force">
            <strong>{shown}</strong> · {t("force")}{" "}
            {windows.map((w, at) => (
                <span key={w.from}>
                    {at > 0 && t("and-comma")}
                    {w.to === null ? t("windows.open", { from: tellRange(w.from, null) }) : tellRange(w.from, w.to)} {language() === "en" && <bdi>({w.what})</bdi>}
                </span>
            ))}
        </p>
    );
}

function Parts(props: Chosen) {
    const session = useSession();
    const isReader = mayRead(session);
    const tabs = [
        { name: "board", title: t("tab.board") },
        ...(isReader ? [{ name: "candidates", title: t("tab.candidates") }] : []),
        { name: "terms", title: t("tab.terms") },
        ...(isReader ? [{ name: "bulletin", title: t("tab.bulletin") }] : []),
    ];
    const tab = useTab(tabs);
    const asked = { agreement: props.agreement.name, rule: props.rule.name, period: props.period };
    return (
        <>
            <Tabs label={t("title")} tabs={tabs} />
            {tab === "board" && <Board {...asked} governorates={props.agreement.body.governorates} beside={props.beside?.name ?? ""} mayRead={isReader} />}
            {tab === "candidates" && <Candidates {...asked} key={`${asked.agreement}|${asked.rule}|${asked.period.from}|${asked.period.to}`} />}
            {tab === "terms" && <Terms agreement={props.agreement} rules={props.rules} />}
            {tab === "bulletin" && <Prepare agreement={asked.agreement} rule={asked.rule} day={asked.period.to} />}
        </>
    );
}
