/* The morning: what came in, what waits, which counts changed, what was done. Each part asks for itself, so that one that fails leaves the others. */
import { useAsked } from "../../base/api";
import { addDays, tellDay, tellWeekday, today } from "../../base/dates";
import { href, oneOf, useQuery, useWhere } from "../../base/router";
import { mayRead, useSession } from "../../base/session";
import type { IntakeRow, Summary, Table } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { todayWords } from "../../words/today";
import { Changed } from "./Changed";
import { Front } from "./Front";
import { Intake } from "./Intake";
import { Queue } from "./Queue";
import { Work } from "./Work";
import "./style.css";

const t = wordsOf(todayWords);
const PERIODS = ["day", "week", "month", "all"] as const;
type Period = (typeof PERIODS)[number];
const PERIOD = { since: oneOf<Period>(PERIODS, "day") };
const DAYS: Record<Period, number | null> = { day: 1, week: 7, month: 30, all: null };

function PeriodChoice(props: { since: Period }) {
    const at = useWhere();
    return (
        <nav class="choice" aria-label={t("since")}>
            {PERIODS.map((period) => (
                <a
                    key={period}
                    href={href(at.path, { ...Object.fromEntries(at.query), since: PERIOD.since.write(period) })}
                    aria-current={period === props.since ? "true" : undefined}
                >
                    {t(`since.${period}`)}
                </a>
            ))}
        </nav>
    );
}

export default function TodayPage() {
    return mayRead(useSession()) ? <Morning /> : <Front />;
}

function Morning() {
    const [{ since }] = useQuery(PERIOD);
    const now = today();
    const days = DAYS[since];
    const period = { from: days === null ? null : addDays(now, -days) };
    const intake = useAsked<Table<IntakeRow>>("/intake", period);
    const read = useAsked<Summary>("/summary", period);
    const summary = useAsked<Summary>("/summary", { since: addDays(now, -1) }); // of the whole archive: what waits is not bound to the period
    return (
        <Page title={t("title")} lead={t("lead", { weekday: tellWeekday(now), day: tellDay(now) })} actions={<PeriodChoice since={since} />}>
            <div class="today">
                <Intake asked={intake} problems={read.value?.counts.problems ?? null} />
                <Queue />
                <div class="today-side">
                    <Changed asked={summary} />
                    <Work asked={summary} />
                </div>
            </div>
        </Page>
    );
}
