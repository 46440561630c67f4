/*
 * What is new while somebody reads. The server tells each line of the archive's log; the page only counts them. Nothing moves under the reader's eyes:
 * whoever wants what is new asks for it.
 */
import { useEffect, useState } from "preact/hooks";
import { API, isOwnChange, refreshAll } from "./api";

export interface News {
    count: number; // lines of the log since everything was asked
    isConnected: boolean;
    take(): void; // asks for everything anew
}

interface Seen {
    line: number | null; // the last that was told
    count: number;
}

/* The first line told is the one the log has now. What somebody has just done here is no news to them. */
export function countLine(seen: Seen, line: number, isOwn: boolean): Seen {
    if (seen.line === null || isOwn) return { line, count: seen.count };
    return { line, count: seen.count + Math.max(0, line - seen.line) };
}

export function useNews(isOn: boolean): News {
    const [seen, setSeen] = useState<Seen>({ line: null, count: 0 });
    const [isConnected, connect] = useState(false);
    useEffect(() => {
        if (!isOn) return undefined;
        const events = new EventSource(`${API}/events`);
        events.addEventListener("open", () => connect(true));
        events.addEventListener("error", () => connect(false));
        events.addEventListener("log", (event) => {
            const line = lineOf(event);
            if (line !== null) setSeen((before) => countLine(before, line, isOwnChange()));
        });
        return () => events.close();
    }, [isOn]);
    const take = () => {
        setSeen((before) => ({ ...before, count: 0 }));
        refreshAll();
    };
    return { count: seen.count, isConnected, take };
}

function lineOf(event: MessageEvent): number | null {
    try {
        const data = JSON.parse(String(event.data)) as { line?: number };
        return typeof data.line === "number" ? data.line : null;
    } catch {
        return null;
    }
}
