/* What has just happened, told once at the edge of the page and to screen readers: toasts, and what went wrong where it went wrong. */
import { useEffect, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Fault } from "../base/api";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

interface Told {
    id: number;
    says: string;
    isFault: boolean;
}

const SHOWN_MS = 6000;
let last = 0;
let told: Told[] = [];
let listener: (() => void) | null = null;

function drop(id: number): void {
    told = told.filter((one) => one.id !== id);
    listener?.();
}

export function tellPeople(says: string, isFault = false): void {
    const id = ++last;
    told = [...told.slice(-2), { id, says, isFault }];
    listener?.();
    setTimeout(() => drop(id), isFault ? SHOWN_MS * 2 : SHOWN_MS);
}

/* The fault in the reader's language, with the server's own words behind it. */
export function faultText(fault: Fault): string {
    const codes: Record<string, string> = { "bad-request": "other" };
    const name = fault.status === 429 ? "too-many" : (codes[fault.code] ?? fault.code);
    const known = t.named("fault", name);
    const says = known === name ? t("fault.other") : known;
    return fault.message === "" ? says : `${says} ${t("fault.server-says")} \u2068${fault.message}\u2069`;
}

export const tellFault = (fault: Fault): void => tellPeople(faultText(fault), true);

/* Stands once in the shell. */
export function StatusRegion() {
    const [, turn] = useState(0);
    useEffect(() => {
        listener = () => turn((n) => n + 1);
        return () => void (listener = null);
    }, []);
    return (
        <div class="toasts" role="status" aria-live="polite">
            {told.map((one) => (
                <div key={one.id} class={one.isFault ? "toast toast-fault" : "toast"}>
                    <span>{one.says}</span>
                    <button type="button" class="plain cross" onClick={() => drop(one.id)} aria-label={t("close")}>
                        <span aria-hidden="true">✕</span>
                    </button>
                </div>
            ))}
        </div>
    );
}

export function FaultNote(props: { fault: Fault; onRetry?: () => void }) {
    return (
        <div class="note note-fault" role="alert">
            <p>{faultText(props.fault)}</p>
            {props.onRetry !== undefined && (
                <button type="button" onClick={props.onRetry}>
                    {t("retry")}
                </button>
            )}
        </div>
    );
}

/* Nothing to show, and why. */
export function EmptyNote(props: { why: string; children?: ComponentChildren }) {
    return (
        <div class="note note-empty">
            <p>
                <strong>{t("empty.title")}</strong> <span>{props.why}</span>
            </p>
            {props.children}
        </div>
    );
}

/* Grey lines where rows will stand. */
export function Skeleton(props: { lines?: number }) {
    return (
        <div class="skeleton" role="status" aria-label={t("loading")}>
            {Array.from({ length: props.lines ?? 4 }, (_, at) => (
                <div key={at} class="skeleton-line" />
            ))}
        </div>
    );
}
