/*
 * What is looked at stands in the address bar, all of it: path and question. Links are real links; a click on one of the page's own stays in the page.
 */
import { useEffect, useState } from "preact/hooks";

export interface Where {
    path: string;
    query: URLSearchParams;
}

export type Query = Record<string, string | number | readonly string[] | boolean | null | undefined>;

const listeners = new Set<() => void>();

function tellAll(): void {
    for (const tell of listeners) tell();
}

export function where(): Where {
    return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/* An address within the page; what is empty is left out. Lists are parted by commas. */
export function href(path: string, query: Query = {}): string {
    const parts: string[] = [];
    for (const [name, value] of Object.entries(query)) {
        const text = Array.isArray(value) ? value.join(",") : value === true ? "1" : value === false || value == null ? "" : String(value);
        if (text !== "") parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(text).replace(/%2C/g, ",").replace(/%20/g, "+")}`);
    }
    return parts.length === 0 ? path : `${path}?${parts.join("&")}`;
}

/* `replace` for what a "back" should pass over: every letter of a search, every step of a slider. */
export function go(to: string, how: { replace?: boolean } = {}): void {
    const from = location.pathname;
    if (how.replace === true) history.replaceState(null, "", to);
    else history.pushState(null, "", to);
    if (location.pathname !== from) scrollTo(0, 0);
    tellAll();
}

function isForUs(event: MouseEvent, link: HTMLAnchorElement): boolean {
    return (
        !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && link.origin === location.origin
        && (link.target === "" || link.target === "_self") && !link.hasAttribute("download") && !link.pathname.startsWith("/api/")
    );
}

/* Begins to listen; called once. */
export function beginRouter(): void {
    addEventListener("popstate", tellAll);
    document.addEventListener("click", (event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        if (link === null || !isForUs(event, link)) return;
        if (link.hash !== "" && link.pathname === location.pathname && link.search === location.search) return; // to a heading of this page
        event.preventDefault();
        go(link.pathname + link.search + link.hash);
    });
}

export function useWhere(): Where {
    const [now, tell] = useState(where);
    useEffect(() => {
        const listen = () => tell(where());
        listeners.add(listen);
        listen(); // the address may have changed before the effect ran
        return () => void listeners.delete(listen);
    }, []);
    return now;
}

/* How one value stands in the address. */
export interface Field<T> {
    read(text: string | null): T;
    write(value: T): string; // "" leaves it out
}

export const text = (usual = ""): Field<string> => ({ read: (t) => t ?? usual, write: (v) => (v === usual ? "" : v) });

export const list = (): Field<string[]> => ({ read: (t) => (t === null || t === "" ? [] : t.split(",")), write: (v) => v.join(",") });

export const flag = (): Field<boolean> => ({ read: (t) => t === "1", write: (v) => (v ? "1" : "") });

export const day = (usual = ""): Field<string> => ({
    read: (t) => (t !== null && /^\d{4}-\d{2}-\d{2}$/.test(t) ? t : usual),
    write: (v) => (v === usual ? "" : v),
});

export const whole = (usual: number): Field<number> => ({
    read: (t) => (t !== null && /^-?\d{1,9}$/.test(t) ? Number(t) : usual),
    write: (v) => (v === usual ? "" : String(v)),
});

export const oneOf = <T extends string>(values: readonly T[], usual: T): Field<T> => ({
    read: (t) => values.find((v) => v === t) ?? usual,
    write: (v) => (v === usual ? "" : v),
});

export type Values<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export function readQuery<F extends object>(fields: F, query: URLSearchParams): Values<F> {
    const entries = Object.entries(fields as Record<string, Field<unknown>>).map(([name, field]) => [name, field.read(query.get(name))]);
    return Object.fromEntries(entries) as Values<F>;
}

/* The address with some values changed; what other parts of the page keep in it stays. */
export function writeQuery<F extends object>(fields: F, values: Partial<Values<F>>, at: Where): string {
    const query: Query = Object.fromEntries(at.query);
    for (const [name, value] of Object.entries(values)) {
        const field = (fields as Record<string, Field<unknown>>)[name];
        if (field !== undefined) query[name] = field.write(value);
    }
    return href(at.path, query);
}

/*
 * The values that a page keeps in the address:
 *   const FILTERS = { from: day(), kind: list() };        // outside of the component
 *   const [filters, change] = useQuery(FILTERS);  change({ kind: ["shelling"] });
 */
export function useQuery<F extends object>(fields: F): [Values<F>, (values: Partial<Values<F>>, how?: { replace?: boolean }) => void] {
    const now = useWhere();
    return [readQuery(fields, now.query), (values, how) => go(writeQuery(fields, values, where()), how)];
}
