/* All spans, asked once: sliding through the days asks the server nothing. */
import { useMemo } from "preact/hooks";
import type { Asked } from "../../base/api";
import { useAsked } from "../../base/api";
import type { ControlRow, Day, Table } from "../../base/types";
import { changeDays, holdersOf, spanAt, townsOf } from "./spans";
import type { Town } from "./spans";

const MOST = 50000; // rows that the server gives at once

export interface Control {
    asked: Asked<Table<ControlRow>>;
    rows: readonly ControlRow[];
    towns: readonly Town[];
    holders: readonly string[];
    days: readonly Day[]; // of changes
    last: Day; // the slider's end
}

const NONE: readonly ControlRow[] = [];

export function useControl(isOn: boolean, question: { known?: string; area?: string }): Control {
    const asked = useAsked<Table<ControlRow>>(isOn ? "/control" : null, { ...question, limit: MOST });
    const rows = asked.value?.rows ?? NONE;
    return useMemo(() => {
        const days = changeDays(rows);
        return { asked, rows, towns: townsOf(rows), holders: holdersOf(rows), days, last: days[days.length - 1] ?? "" };
    }, [asked.value, asked.fault, asked.isLoading]);
}

/* Where towns stand on a day, those first that are told of last. */
export function spansAt(towns: readonly Town[], day: Day): ControlRow[] {
    return towns.flatMap((town) => spanAt(town, day) ?? []).sort((a, b) => (a.from === b.from ? 0 : a.from < b.from ? 1 : -1));
}
