/* The number of the log's newest line: the first that the server tells whoever listens. Null if it does not answer. */
import { API } from "../../base/api";

const PATIENCE_MS = 5000;

export function newestLine(): Promise<number | null> {
    return new Promise((tell) => {
        const events = new EventSource(`${API}/events`);
        const end = (line: number | null) => {
            events.close();
            clearTimeout(waiting);
            tell(line);
        };
        const waiting = setTimeout(() => end(null), PATIENCE_MS);
        events.addEventListener("error", () => end(null));
        events.addEventListener("log", (event) => {
            const line = /"line":(\d+)/.exec(String(event.data))?.[1];
            end(line === undefined ? null : Number(line));
        });
    });
}
