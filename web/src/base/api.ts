/*
 * Asking the server. Nothing throws: an answer is a value or a fault that people can be shown. Answers are kept and compared (ETag) by the browser.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Query } from "./router";
import { href } from "./router";
import type { Session, Table } from "./types";

export interface Fault {
    status: number; // of HTTP; 0: the server could not be reached
    code: string; // "not-allowed", "conflict" …; "unreachable", "broken"
    message: string; // of the server, English, for people
    retryAfter: number | null; // seconds
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; fault: Fault };

export const API = "/api/v1";

let csrf: string | null = null;
const onSession = new Set<(session: Session | null) => void>();

/* Who listens is told each new session, and null when the server no longer knows ours. */
export function listenToSession(listen: (session: Session | null) => void): () => void {
    onSession.add(listen);
    return () => void onSession.delete(listen);
}

export function keepSession(session: Session): void {
    csrf = session.csrf;
    for (const tell of onSession) tell(session);
}

function fault(status: number, code: string, message: string, retryAfter: number | null = null): { ok: false; fault: Fault } {
    return { ok: false, fault: { status, code, message, retryAfter } };
}

async function readFault(response: Response): Promise<{ ok: false; fault: Fault }> {
    const wait = Number(response.headers.get("Retry-After") ?? NaN);
    const retryAfter = Number.isFinite(wait) ? wait : null;
    try {
        const body = (await response.json()) as { error?: { code?: string; message?: string } };
        return fault(response.status, body.error?.code ?? "broken", body.error?.message ?? response.statusText, retryAfter);
    } catch {
        return fault(response.status, "broken", response.statusText, retryAfter);
    }
}

async function ask<T>(path: string, how: RequestInit, read: (response: Response) => Promise<T> = (r) => r.json() as Promise<T>): Promise<Outcome<T>> {
    let response: Response;
    try {
        response = await fetch(API + path, { credentials: "same-origin", ...how });
    } catch {
        return how.signal?.aborted === true ? fault(0, "aborted", "") : fault(0, "unreachable", "");
    }
    if (response.status === 401 && path !== "/session") for (const tell of onSession) tell(null);
    if (!response.ok) return readFault(response);
    if (response.status === 204) return { ok: true, value: undefined as T };
    try {
        return { ok: true, value: await read(response) };
    } catch {
        return how.signal?.aborted === true ? fault(0, "aborted", "") : fault(response.status, "broken", "");
    }
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Outcome<T>> {
    return ask<T>(href(path, query), signal === undefined ? {} : { signal });
}

/* A document as it is: the text of a bulletin, a manifest. */
export function getText(path: string, query: Query = {}, signal?: AbortSignal): Promise<Outcome<string>> {
    return ask(href(path, query), signal === undefined ? {} : { signal }, (response) => response.text());
}

const ECHO_MS = 2000; // how long after an answer the log may still tell of the change
let changing = 0;
let changed = -Infinity;

/* Whether what the log tells now is likely to have been done here. */
export const isOwnChange = (): boolean => changing > 0 || performance.now() - changed < ECHO_MS;

/* Changes something. `body` undefined sends none. */
export async function send<T = void>(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Outcome<T>> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (csrf !== null) headers["X-Marsad-CSRF"] = csrf;
    changing++;
    const outcome = await ask<T>(path, body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) });
    changing--;
    changed = performance.now();
    return outcome;
}

/* --- what components use ----------------------------------------------------------------------------------------------------------- */

const stale = new Set<() => void>();

/* Asks for everything anew that is on the screen: after a decision, or where the reader wants what is new. */
export function refreshAll(): void {
    for (const refresh of stale) refresh();
}

export interface Asked<T> {
    value: T | null; // the last good answer; stays while a new one is on its way
    fault: Fault | null;
    isLoading: boolean;
    reload(): void;
}

/* An answer for a component; asks again when path or question change. A null path asks nothing. */
export function useAsked<T>(path: string | null, query: Query = {}): Asked<T> {
    return useAnswer<T>(path, query, get);
}

/* The same for a document. */
export function useText(path: string | null, query: Query = {}): Asked<string> {
    return useAnswer<string>(path, query, getText);
}

type Ask<T> = (path: string, query: Query, signal: AbortSignal) => Promise<Outcome<T>>;

function useAnswer<T>(path: string | null, query: Query, askFor: Ask<T>): Asked<T> {
    const address = path === null ? null : href(path, query);
    const [turn, setTurn] = useState(0);
    const [state, setState] = useState<{ address: string | null; value: T | null; fault: Fault | null; isLoading: boolean }>({
        address,
        value: null,
        fault: null,
        isLoading: address !== null,
    });
    const reload = useCallback(() => setTurn((t) => t + 1), []);
    useEffect(() => {
        stale.add(reload);
        return () => void stale.delete(reload);
    }, [reload]);
    useEffect(() => {
        if (address === null) {
            setState({ address, value: null, fault: null, isLoading: false });
            return undefined;
        }
        const abort = new AbortController();
        setState((s) => ({ address, value: s.address === null || pathOf(s.address) === pathOf(address) ? s.value : null, fault: null, isLoading: true }));
        void askFor(address, {}, abort.signal).then((outcome) => {
            if (abort.signal.aborted) return;
            if (outcome.ok) setState({ address, value: outcome.value, fault: null, isLoading: false });
            else setState((s) => ({ ...s, fault: outcome.fault, isLoading: false }));
        });
        return () => abort.abort();
    }, [address, turn]);
    return { value: state.value, fault: state.fault, isLoading: state.isLoading, reload };
}

function pathOf(address: string): string {
    return address.split("?")[0] ?? address;
}

export interface AskedRows<Row> {
    rows: Row[] | null; // null until the first answer
    fault: Fault | null;
    isLoading: boolean;
    hasMore: boolean;
    more(): void; // the next page, behind those that are there
    reload(): void;
}

/* The rows of a table, page after page. */
export function useRows<Row>(path: string | null, query: Query = {}): AskedRows<Row> {
    const first = useAsked<Table<Row>>(path, query);
    const [behind, setBehind] = useState<{ of: Table<Row> | null; rows: Row[]; next: string | null; fault: Fault | null; isLoading: boolean }>({
        of: null,
        rows: [],
        next: null,
        fault: null,
        isLoading: false,
    });
    const mine = behind.of === first.value ? behind : { of: first.value, rows: [], next: first.value?.next ?? null, fault: null, isLoading: false };
    const now = useRef(first.value);
    now.current = first.value;
    const more = () => {
        if (path === null || mine.next === null || mine.isLoading) return;
        const of = first.value;
        setBehind({ ...mine, isLoading: true, fault: null });
        void get<Table<Row>>(path, { ...query, after: mine.next }).then((outcome) => {
            if (now.current !== of) return; // another question was asked meanwhile
            setBehind(
                outcome.ok
                    ? { of, rows: [...mine.rows, ...outcome.value.rows], next: outcome.value.next, fault: null, isLoading: false }
                    : { ...mine, fault: outcome.fault, isLoading: false },
            );
        });
    };
    return {
        rows: first.value === null ? null : mine.rows.length === 0 ? first.value.rows : [...first.value.rows, ...mine.rows],
        fault: first.fault ?? mine.fault,
        isLoading: first.isLoading || mine.isLoading,
        hasMore: mine.next !== null,
        more,
        reload: first.reload,
    };
}
