/*
 * What is new while somebody reads. The server tells each line of the archive's log; the page only counts them. Nothing moves under the reader's eyes:
 * whoever wants what is new asks for it.
 */
import { useEffect, useState } from "preact/hooks";
import { API, refreshAll } from "./api";

export interface News {
    count: number; // lines of the log since everything was asked
    isConnected: boolean;
    take(): void; // asks for everything anew
}

export function useNews(isOn: boolean): News {
    const [seen, setSeen] = useState<{ first: number; last: number } | null>(null);
    const [isConnected, connect] = useState(false);
    useEffect(() => {
        if (!isOn) return undefined;
        const events = new EventSource(`${API}/events`);
        events.addEventListener("open", () => connect(true));
        events.addEventListener("error", () => connect(false));
        events.addEventListener("log", (event) => {
            const line = lineOf(event);
            if (line !== null) setSeen((s) => ({ first: s?.first ?? line, last: Math.max(line, s?.last ?? line) }));
        });
        return () => events.close();
    }, [isOn]);
    const take = () => {
        setSeen((s) => (s === null ? null : { first: s.last + 1, last: s.last }));
        refreshAll();
    };
    return { count: seen === null ? 0 : Math.max(0, seen.last - seen.first + 1), isConnected, take };
}

function lineOf(event: MessageEvent): number | null {
    try {
        const data = JSON.parse(String(event.data)) as { line?: number };
        return typeof data.line === "number" ? data.line : null;
    } catch {
        return null;
    }
}
