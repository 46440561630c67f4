/* The incidents of the map in words: what somebody who cannot see it reads, and what lies at a point that was pressed. */
import { useEffect, useRef } from "preact/hooks";
import type { AskedRows } from "../../base/api";
import { tellRange } from "../../base/dates";
import { useKeys } from "../../base/keys";
import { placeName } from "../../base/names";
import type { Incident } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Figures } from "../../parts/Figure";
import { DraftMark, FlagMarks, GradeMark, KindMark } from "../../parts/Marks";
import { EmptyNote, FaultNote, Skeleton } from "../../parts/Status";
import { Pager } from "../../parts/Table";
import { mapWords } from "../../words/map";
import { partsWords } from "../../words/parts";

const t = wordsOf(mapWords);
const tParts = wordsOf(partsWords);

export interface ListProps {
    asked: AskedRows<Incident>;
    isHere: boolean; // of one point
    onBack: () => void;
    onZoom: () => void;
    chosen: string | null;
    onLight: (id: string | null) => void;
}

/* The focus goes from row to row; the mark of the row that has it is lit. */
function moveFocus(list: HTMLElement | null, by: number): void {
    const links = [...(list?.querySelectorAll<HTMLElement>(".incident-head a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
}

export function List(props: ListProps) {
    const { asked, isHere } = props;
    const head = useRef<HTMLHeadingElement>(null);
    const list = useRef<HTMLOListElement>(null);
    useKeys([
        { key: "j", says: tParts("keys.next"), run: () => moveFocus(list.current, 1) },
        { key: "k", says: tParts("keys.previous"), run: () => moveFocus(list.current, -1) },
    ]);
    useEffect(() => {
        if (isHere) head.current?.focus({ preventScroll: false });
    }, [isHere]);
    return (
        <section class="beside-list" aria-busy={asked.isLoading}>
            <header class="list-head">
                <h2 ref={head} tabIndex={-1} id="map-list">
                    {isHere ? t("list.here") : t("list")}
                </h2>
                {isHere && (
                    <span class="actions">
                        <button type="button" onClick={props.onZoom}>
                            {t("list.zoom")}
                        </button>
                        <button type="button" onClick={props.onBack}>
                            {t("list.back")}
                        </button>
                    </span>
                )}
            </header>
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            {asked.rows === null && asked.fault === null && <Skeleton lines={8} />}
            {asked.rows !== null && asked.rows.length === 0 && <EmptyNote why={t("list.empty")} />}
            {asked.rows !== null && asked.rows.length > 0 && (
                <>
                    <ol class="incident-list" ref={list}>
                        {asked.rows.map((row) => (
                            <Row key={row.id} row={row} isChosen={row.id === props.chosen} onLight={props.onLight} />
                        ))}
                    </ol>
                    <Pager shown={asked.rows.length} hasMore={asked.hasMore} isLoading={asked.isLoading} onMore={asked.more} />
                </>
            )}
        </section>
    );
}

function Row(props: { row: Incident; isChosen: boolean; onLight: (id: string | null) => void }) {
    const { row } = props;
    const days = tellRange(row.first_day, row.last_day);
    const light = () => props.onLight(row.id);
    const unlight = () => props.onLight(null);
    return (
        <li class={props.isChosen ? "incident is-chosen" : "incident"} onMouseEnter={light} onMouseLeave={unlight} onFocusCapture={light} onBlurCapture={unlight}>
            <p class="incident-head">
                <a href={`/incident/${row.id}`}>
                    <KindMark kind={row.kind} />
                    <span class="incident-place">
                        <bdi>{placeName(row) ?? t("no-place")}</bdi>
                    </span>
                </a>
                <span class="quiet">{days === "" ? t("no-day") : days}</span>
            </p>
            <p class="incident-says">
                <Figures figures={row.figures} />
                <span class="quiet">{t("chains", { n: row.chains })}</span>
                <GradeMark grade={row.grade} />
                {!row.flags.includes("reviewed") && <DraftMark />}
                <FlagMarks flags={row.flags} />
                {row.lat === null && <span class="quiet">{t("off-map")}</span>}
            </p>
        </li>
    );
}
