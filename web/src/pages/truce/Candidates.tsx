/* What is alleged against the terms, one by one, for a person to decide. Keys: j and k move, 1 to 4 mark, 0 takes a mark back. */
import { useEffect, useRef, useState } from "preact/hooks";
import { send, useAsked, useRows } from "../../base/api";
import { tellDay } from "../../base/dates";
import { useKeys } from "../../base/keys";
import { partyName } from "../../base/names";
import { go, href, oneOf, useQuery } from "../../base/router";
import { mayEdit, useSession } from "../../base/session";
import type { Candidate, IncidentAnswer, ScopeAnswer, TruceMark } from "../../base/types";
import { wordsOf } from "../../base/words";
import { ReasonDialog } from "../../parts/Dialog";
import { SelectField } from "../../parts/Fields";
import { GradeMark, KindMark } from "../../parts/Marks";
import { EmptyNote, FaultNote, Skeleton, tellFault, tellPeople } from "../../parts/Status";
import { Pager } from "../../parts/Table";
import { truceWords } from "../../words/truce";
import { groundOf, isOffered, isShown, keyOf, MARKS, needsReason, SHOWS } from "./marks";
import type { Period } from "./period";

const t = wordsOf(truceWords);
const FIELDS = { show: oneOf(SHOWS, "all") };
const MOST_ROWS = 500;

type Marked = Pick<Candidate, "mark" | "marked_by" | "mark_reason">;
interface Asking {
    candidate: Candidate;
    mark: TruceMark;
}

export function Candidates(props: { agreement: string; rule: string; period: Period }) {
    const [{ show }, change] = useQuery(FIELDS);
    const asked = useRows<Candidate>("/truce/candidates", { agreement: props.agreement, rule: props.rule, ...props.period, limit: MOST_ROWS });
    const [said, say] = useState<ReadonlyMap<string, Marked>>(new Map()); // marks made here: rows keep their place until they are asked for anew
    const [chosen, choose] = useState<string | null>(null);
    const [asking, ask] = useState<Asking | null>(null);
    const session = useSession();
    const isEditor = mayEdit(session);
    const rows = (asked.rows ?? []).filter((c) => isShown(c, show)).map((c) => ({ ...c, ...said.get(keyOf(c)) }));
    const at = rows.findIndex((c) => keyOf(c) === chosen);
    const current = at === -1 ? null : (rows[at] ?? null);
    const move = (by: number) => {
        const to = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
        if (to !== undefined) choose(keyOf(to));
    };
    const keep = async (c: Candidate, mark: TruceMark, reason: string) => {
        ask(null);
        const outcome = await send("POST", "/truce/marks", { agreement: props.agreement, rule: props.rule, record: c.record, accused: c.accused, mark, reason });
        if (!outcome.ok) return tellFault(outcome.fault);
        const made: Marked = mark === "none" ? { mark: null, marked_by: null, mark_reason: null } : { mark, marked_by: session.person, mark_reason: reason };
        // one mark holds for all candidates of the record that accuse the same
        const same = (asked.rows ?? []).filter((r) => r.record === c.record && r.accused === c.accused);
        say((old) => new Map([...old, ...same.map((r) => [keyOf(r), made] as const)]));
        tellPeople(mark === "none" ? t("mark.taken-back") : t("mark.kept", { mark: t(`mark.${mark}`) }));
    };
    const begin = (c: Candidate | null, mark: TruceMark) => {
        if (c === null || !isOffered(c, mark)) return;
        if (!isEditor) tellPeople(t(session.mode === "read-only" ? "mark.read-only" : "mark.not-allowed"), true);
        else if (needsReason(c, mark, session.person)) ask({ candidate: c, mark });
        else void keep(c, mark, "");
    };
    useKeys([
        { key: "j", says: t("keys.next"), run: () => move(1) },
        { key: "k", says: t("keys.previous"), run: () => move(-1) },
        { key: "Enter", says: t("keys.incident"), run: () => current !== null && go(href(`/incident/${current.incident}`)) },
        ...MARKS.map((mark, n) => ({ key: String((n + 1) % 5), says: t("keys.mark", { mark: t(`mark.${mark}`) }), run: () => begin(current, mark) })),
    ]);
    if (asked.rows === null) return asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton lines={8} />;
    return (
        <>
            <p class="hint">{t("candidates.says", { rule: props.rule })}</p>
            <div class="filters truce-show">
                <SelectField label={t("show")} value={show} choices={SHOWS.map((s) => ({ value: s, title: t(`show.${s}`) }))} onChange={(v) => change({ show: FIELDS.show.read(v) })} />
                {!isEditor && <p class="hint">{t(session.mode === "read-only" ? "mark.read-only" : "mark.not-allowed")}</p>}
            </div>
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            {rows.length === 0 ? (
                <EmptyNote why={asked.rows.length === 0 ? t("candidates.empty") : t("candidates.filtered", { n: asked.rows.length })} />
            ) : (
                <ol class="truce-candidates" aria-label={t("candidates.title")}>
                    {rows.map((c) => {
                        const key = keyOf(c);
                        return (
                            <Item
                                key={key}
                                candidate={c}
                                isOpen={key === chosen}
                                isEditor={isEditor}
                                onToggle={() => choose(key === chosen ? null : key)}
                                onMark={(mark) => begin(c, mark)}
                            />
                        );
                    })}
                </ol>
            )}
            <Pager shown={asked.rows.length} hasMore={asked.hasMore} isLoading={asked.isLoading} onMore={asked.more} />
            {asking !== null && (
                <ReasonDialog
                    title={t("mark.reason.title", { mark: t(`mark.${asking.mark}`) })}
                    says={<p>{whyReason(asking.candidate, asking.mark)}</p>}
                    does={t("mark.keep")}
                    isReasonNeeded
                    onDone={(reason) => void keep(asking.candidate, asking.mark, reason)}
                    onClose={() => ask(null)}
                />
            )}
        </>
    );
}

function whyReason(c: Candidate, mark: TruceMark): string {
    const isOtherSaid = mark !== "none" && (c.counts === "yes") !== (mark === "breach");
    if (isOtherSaid) return t(c.counts === "yes" ? "mark.reason.counts" : "mark.reason.counts-not", { rule: groundOf(c.why).rule });
    return t("mark.reason.other-person", { who: c.marked_by ?? "", mark: t(`mark.${c.mark ?? "none"}`) });
}

const accuserName = (c: Candidate): string => (c.accuser === "" ? t("own-voice") : partyName(c.accuser));

function Item(props: { candidate: Candidate; isOpen: boolean; isEditor: boolean; onToggle: () => void; onMark: (mark: TruceMark) => void }) {
    const c = props.candidate;
    const item = useRef<HTMLLIElement>(null);
    useEffect(() => {
        if (props.isOpen) item.current?.scrollIntoView({ block: "nearest" });
    }, [props.isOpen]);
    return (
        <li ref={item} class={props.isOpen ? "candidate is-open" : "candidate"}>
            <button type="button" class="candidate-head" aria-expanded={props.isOpen} onClick={props.onToggle}>
                <span class="candidate-when">
                    <span>{c.day === null ? t("day.none") : tellDay(c.day, "short")}</span>
                    <bdi>{c.place ?? (c.governorate || t("governorate.none"))}</bdi>
                </span>
                <span class="candidate-what">
                    <KindMark kind={c.kind} /> <bdi class="quiet">{c.term}</bdi>
                    <span class="candidate-said">
                        {t.rich("candidate.says", { accused: <bdi>{c.accused === "unknown" ? t("accused.none") : partyName(c.accused)}</bdi>, accuser: <bdi>{accuserName(c)}</bdi> })}
                    </span>
                </span>
                <span class="candidate-marks">
                    <span class={c.counts === "yes" ? "mark counts" : "mark counts-not"}>{t(c.counts === "yes" ? "counts" : "counts-not")}</span>
                    {c.mark !== null && <span class={`mark truce-mark truce-mark-${c.mark}`}>{t(`mark.${c.mark}`)}</span>}
                </span>
            </button>
            {props.isOpen && <Detail {...props} />}
        </li>
    );
}

function Detail(props: { candidate: Candidate; isEditor: boolean; onMark: (mark: TruceMark) => void }) {
    const c = props.candidate;
    const ground = groundOf(c.why);
    const questions: { name: "window" | "area" | "bound" | "covered"; answer: ScopeAnswer }[] = [
        { name: "window", answer: c.in_window },
        { name: "area", answer: c.in_area },
        { name: "bound", answer: c.is_bound },
        { name: "covered", answer: c.is_covered },
    ];
    return (
        <div class="candidate-body">
            <Sentence candidate={c} />
            <dl class="candidate-scope">
                {questions.map((q) => (
                    <div key={q.name} class={`answer-${q.answer}`}>
                        <dt>{t(`question.${q.name}`)}</dt>
                        <dd>{t(`answer.${q.answer}`)}</dd>
                    </div>
                ))}
                <div>
                    <dt>{t("grade")}</dt>
                    <dd>
                        <GradeMark grade={c.grade} />
                    </dd>
                </div>
            </dl>
            <p>
                {ground.failed === null
                    ? t("why.counts", { rule: ground.rule, row: ground.row })
                    : t("why.counts-not", { rule: ground.rule, row: ground.row, failed: t.named("failed", ground.failed) })}
            </p>
            {c.mark !== null && (
                <p>
                    {t.rich("marked", { mark: <strong>{t(`mark.${c.mark}`)}</strong>, who: <bdi>{c.marked_by ?? ""}</bdi> })}
                    {c.mark_reason !== null && c.mark_reason !== "" && <bdi>{` «${c.mark_reason}»`}</bdi>}
                </p>
            )}
            <div class="actions" role="group" aria-label={t("mark.title")}>
                {MARKS.map((mark, n) => (
                    <button key={mark} type="button" disabled={!props.isEditor || !isOffered(c, mark)} aria-pressed={c.mark === mark} onClick={() => props.onMark(mark)}>
                        <kbd aria-hidden="true">{(n + 1) % 5}</kbd> {t(`mark.${mark}`)}
                    </button>
                ))}
            </div>
        </div>
    );
}

/* The words that the candidate rests on, with where they can be read. */
function Sentence(props: { candidate: Candidate }) {
    const c = props.candidate;
    const { value, fault } = useAsked<IncidentAnswer>(`/incidents/${c.incident}`);
    const statement = value?.statements.find((s) => s.id === c.record);
    return (
        <>
            {value === null && fault === null && <Skeleton lines={2} />}
            {statement !== undefined && (
                <figure class="candidate-sentence">
                    <blockquote lang="ar" dir="rtl">
                        {statement.sentence}
                    </blockquote>
                    <figcaption>
                        <bdi>{statement.outlet}</bdi>
                        {statement.published !== null && ` · ${tellDay(statement.published, "short")}`}
                    </figcaption>
                </figure>
            )}
            <p class="candidate-links">
                <a href={href(`/incident/${c.incident}`)}>{t("to.incident")}</a>
                {statement !== undefined && <a href={href(`/article/${statement.article}`, { record: c.record })}>{t("to.evidence")}</a>}
                <bdi class="quiet">{c.record}</bdi>
            </p>
        </>
    );
}
