/* The evidence reader: a report's text with the words of its records marked, and the records beside it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useAsked } from "../../base/api";
import { tellDay } from "../../base/dates";
import { useKeys } from "../../base/keys";
import { kindName } from "../../base/names";
import { flag, list, text, useQuery } from "../../base/router";
import { href, useWhere } from "../../base/router";
import type { PageProps } from "../../app/pages";
import { familyOf, shapes } from "../../base/kinds";
import type { ArticleAnswer, RecordRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { ShapeMark, StateMark } from "../../parts/Marks";
import { Page } from "../../parts/Page";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { articleWords } from "../../words/article";
import { Evidence, isWebAddress } from "./Evidence";
import { fieldId } from "./Fields";
import type { FieldOf } from "./fields";
import { fieldsOf } from "./fields";
import { Legend } from "./Legend";
import { RecordPane } from "./RecordPane";
import { ReportText, wordsId } from "./ReportText";
import { byteIndex } from "./spans";
import "./style.css";

const t = wordsOf(articleWords);
const VIEW = { record: text(), hide: list(), alone: flag() };

const isCalm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* Text and fields are both on the screen. */
const isBeside = (): boolean => matchMedia("(min-width: 60.01rem)").matches;

function scrollTo(id: string): HTMLElement | null {
    const shown = document.getElementById(id);
    const box = shown?.getBoundingClientRect();
    const isSeen = box !== undefined && box.top > innerHeight * 0.15 && box.bottom < innerHeight * 0.85;
    if (!isSeen) shown?.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
    return shown;
}

export default function ArticlePage({ id }: PageProps) {
    const asked = useAsked<ArticleAnswer>(id === "" ? null : `/articles/${encodeURIComponent(id)}`);
    if (asked.value === null)
        return <Page title={t("title")}>{asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton lines={8} />}</Page>;
    return <Reader answer={asked.value} />;
}

/* Which record and which field is looked at, and the keys that go through them. */
function useChoice(records: readonly RecordRow[]) {
    const [view, change] = useQuery(VIEW);
    const [pointed, point] = useState<string | null>(null);
    const [focused, focus] = useState<string | null>(null);
    const found = records.findIndex((row) => row.id === view.record);
    const at = found < 0 ? 0 : found;
    const chosen = records[at] ?? null;
    const light = (field: string | null, by: "pointer" | "focus") => (by === "pointer" ? point(field) : focus(field));
    const choose = (record: string | undefined) => {
        if (record === undefined) return;
        point(null);
        focus(null);
        change({ record }, { replace: true });
    };
    useEffect(() => {
        document.querySelector(".reader-side")?.scrollTo({ top: 0 });
        if (chosen !== null && view.record !== "") scrollTo(wordsId("trigger"));
    }, [chosen?.id]);
    const toField = (field: string) => {
        scrollTo(fieldId(field))?.focus({ preventScroll: true });
        if (isBeside()) scrollTo(wordsId(field));
    };
    const toWords = (field: string) => scrollTo(wordsId(field))?.focus({ preventScroll: true });
    const keys = [
        { key: "j", says: t("record.next"), run: () => choose(records[at + 1]?.id) },
        { key: "k", says: t("record.previous"), run: () => choose(records[at - 1]?.id) },
    ];
    const fields = chosen === null ? [] : fieldsOf(chosen.record);
    useKeys([...keys, ...fields.slice(0, 9).map((field, n) => ({ key: String(n + 1), says: t("record.field", { n: n + 1 }), run: () => toField(field.id) }))]);
    return { view, change, chosen, at, lit: pointed ?? focused, light, choose, toField, toWords };
}

function Reader({ answer }: { answer: ArticleAnswer }) {
    const { article, records } = answer;
    const choice = useChoice(records);
    const { chosen } = choice;
    const index = useMemo(() => byteIndex(article.text), [article.text]);
    const wordsOfSpan = (field: FieldOf) => (field.span === null ? null : article.text.slice(index(field.span[0]), index(field.span[1])));
    return (
        <Page title={article.title === "" ? t("untitled") : article.title} lead={<Lead answer={answer} />} isWide>
            <Switcher records={records} chosen={chosen?.id ?? null} />
            <div class="reader">
                <div class="reader-main">
                    <section class="sheet reader-text" aria-label={t("text")}>
                        <Legend
                            hidden={choice.view.hide}
                            isOthers={!choice.view.alone}
                            onHide={(hide) => choice.change({ hide }, { replace: true })}
                            onOthers={(isOthers) => choice.change({ alone: !isOthers }, { replace: true })}
                        />
                        <ReportText
                            text={article.text}
                            records={records}
                            chosen={chosen?.id ?? null}
                            hidden={choice.view.hide}
                            isOthers={!choice.view.alone}
                            lit={choice.lit}
                            onLight={choice.light}
                            onField={choice.toField}
                            onRecord={choice.choose}
                        />
                    </section>
                    <Evidence article={article} />
                </div>
                <div class="reader-side">
                    {chosen === null ? (
                        <EmptyNote why={t("records.none")} />
                    ) : (
                        <RecordPane
                            row={chosen}
                            at={choice.at}
                            of={records.length}
                            others={records.filter((row) => row.id !== chosen.id)}
                            wordsOfSpan={wordsOfSpan}
                            lit={choice.lit}
                            onLight={choice.light}
                            onWords={choice.toWords}
                        />
                    )}
                </div>
            </div>
        </Page>
    );
}

function Lead({ answer }: { answer: ArticleAnswer }) {
    const { article } = answer;
    const outlet = <bdi>{article.outlet}</bdi>;
    return (
        <>
            {article.published === null ? t.rich("lead.undated", { outlet }) : t.rich("lead", { outlet, day: tellDay(article.published) })}
            {isWebAddress(article.url) && (
                <>
                    {" · "}
                    <a href={article.url} rel="noreferrer noopener" target="_blank">
                        {t("original")}
                    </a>
                </>
            )}{" "}
            · <code>{article.id}</code>
        </>
    );
}

function Switcher(props: { records: readonly RecordRow[]; chosen: string | null }) {
    const at = useWhere();
    useEffect(() => {
        document.querySelector(".switcher [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }, [props.chosen]);
    if (props.records.length === 0) return null;
    return (
        <nav class="switcher" aria-label={t("records")}>
            {props.records.map((row, n) => (
                <a key={row.id} href={href(at.path, { ...Object.fromEntries(at.query), record: row.id })} aria-current={row.id === props.chosen ? "true" : undefined}>
                    <span class="switcher-n">{n + 1}</span>
                    <span class={`family-${familyOf(row.kind)}`}>
                        <ShapeMark shape={shapes[familyOf(row.kind)]} />
                    </span>
                    {kindName(row.kind)}
                    {row.state !== "new" && <StateMark state={row.state} />}
                </a>
            ))}
        </nav>
    );
}
