/* One record beside the text: what it says, who works on it, what can be decided, and what was. */
import { useAsked } from "../../base/api";
import { tellClock } from "../../base/dates";
import { kindName } from "../../base/names";
import { leaseOf } from "../../base/review";
import { joinNames, tellSpeaker } from "../../base/speakers";
import type { RecordAnswer, RecordRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { Decide } from "../../parts/Decide";
import { Attribution } from "../../parts/Figure";
import { History } from "../../parts/History";
import { DraftMark, KindMark, StateMark } from "../../parts/Marks";
import { FaultNote } from "../../parts/Status";
import { articleWords } from "../../words/article";
import { decideWords } from "../../words/decide";
import { EditDialog } from "./EditDialog";
import type { FieldOf } from "./fields";
import { Fields } from "./Fields";
import type { Light } from "./ReportText";

const t = wordsOf(articleWords);
const decide = wordsOf(decideWords);

export function RecordPane(props: {
    row: RecordRow;
    at: number;
    of: number;
    others: readonly RecordRow[];
    wordsOfSpan: (field: FieldOf) => string | null;
    lit: string | null;
    onLight: Light;
    onWords: (field: string) => void;
}) {
    const { row } = props;
    const asked = useAsked<RecordAnswer>(`/records/${encodeURIComponent(row.id)}`);
    const history = asked.value?.history ?? [];
    const lease = leaseOf(history, Date.now());
    const speakers = row.record.sources.map(tellSpeaker);
    const area = row.record.places.find((p) => p.admin1)?.admin1 ?? null;
    return (
        <section class="sheet record" aria-labelledby="record-head">
            <div class="sheet-head">
                <h2 id="record-head">
                    <KindMark kind={row.kind} />
                    <span class="unseen"> {t("record.n", { n: props.at + 1, of: props.of })}</span>
                </h2>
                <span class="record-marks">
                    {row.state === "new" && <DraftMark />}
                    <StateMark state={row.state} />
                    {Boolean(row.verified) && <span class="mark">{t("verified")}</span>}
                </span>
            </div>
            <div class="sheet-body stack">
                <p class="record-by">
                    {speakers.length === 0 ? <Attribution who={[row.outlet]} /> : t.rich("by.in", { who: <bdi>{joinNames(speakers)}</bdi>, outlet: <bdi>{row.outlet}</bdi> })}
                </p>
                <p class="quiet record-facts">
                    <code>{row.id}</code>
                    <span title={t("confidence.why")}>{t("confidence", { n: row.record.confidence.toFixed(2) })}</span>
                    {row.incident !== null && (
                        <a href={`/incident/${row.incident}`}>
                            {t("incident")} <code>{row.incident}</code>
                        </a>
                    )}
                </p>
                {lease !== null && <p class="record-lease">{t("lease", { who: lease.person, time: tellClock(lease.until) })}</p>}
                <Decide
                    key={row.id}
                    subject={{
                        id: row.id,
                        states: [row.state],
                        history,
                        lease,
                        others: props.others.map((o) => ({ id: o.id, title: `${kindName(o.kind)} · ${o.place ?? ""} · ${number(props.others.indexOf(o) + 1)}` })),
                        near: { kind: row.kind, day: row.day, area, incident: row.incident },
                    }}
                    edit={(close, decider) => <EditDialog row={row} decider={decider} onClose={close} />}
                />
                <Fields body={row.record} outlet={row.outlet} wordsOfSpan={props.wordsOfSpan} lit={props.lit} onLight={props.onLight} onWords={props.onWords} />
                <details class="record-history">
                    <summary>
                        {decide("history.title")} <span class="count">{history.length}</span>
                    </summary>
                    {asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <History history={history} />}
                </details>
            </div>
        </section>
    );
}
