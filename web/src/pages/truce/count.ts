/* What the ledger's rows and candidates say together. Nothing is added up over accusers: one incident may stand under several. */
import type { Candidate, TruceRow } from "../../base/types";

export interface Cell {
    accused: string; // sides
    accuser: string;
    counted: TruceRow | null; // under the rule
    beside: TruceRow | null; // under the second rule
}

export interface Governorate {
    name: string; // "": not told
    isSeen: boolean;
    unseenDays: number;
    cells: Cell[];
}

/* A row that stands for a governorate of which nothing is alleged. */
const isEmpty = (row: TruceRow): boolean => row.accused_side === "" && row.accuser_side === "";

/* A side that stands in the table for a day behind the period alone. */
const isNothing = (row: TruceRow | null): boolean => row === null || (row.period === 0 && row.previous === 0 && row.total === 0 && (row.breaches ?? 0) === 0);

/* Those laid to the same side stand together, in the order of its first. */
function inOrder(cells: readonly Cell[]): Cell[] {
    const accused = [...new Set(cells.map((c) => c.accused))];
    return [...cells].sort((a, b) => accused.indexOf(a.accused) - accused.indexOf(b.accused));
}

function cellIn(group: Governorate, row: TruceRow): Cell {
    const found = group.cells.find((c) => c.accused === row.accused_side && c.accuser === row.accuser_side);
    if (found !== undefined) return found;
    const made: Cell = { accused: row.accused_side, accuser: row.accuser_side, counted: null, beside: null };
    group.cells.push(made);
    return made;
}

/*
 * Rows by governorate, in the server's order, those of a second rule beside them. `ofAgreement`: governorates that have their place whatever is told of them;
 * others only where something counts.
 */
export function groupRows(rows: readonly TruceRow[], beside: readonly TruceRow[], ofAgreement: readonly string[]): Governorate[] {
    const groups = new Map<string, Governorate>();
    const put = (row: TruceRow, column: "counted" | "beside") => {
        const group = groups.get(row.governorate) ?? { name: row.governorate, isSeen: row.seen === "yes", unseenDays: row.unseen_days, cells: [] };
        groups.set(row.governorate, group);
        if (!isEmpty(row)) cellIn(group, row)[column] = row;
    };
    for (const row of rows) put(row, "counted");
    for (const row of beside) put(row, "beside");
    return [...groups.values()]
        .map((g) => ({ ...g, cells: inOrder(g.cells.filter((c) => !isNothing(c.counted) || !isNothing(c.beside))) }))
        .filter((g) => g.cells.length > 0 || ofAgreement.includes(g.name));
}

/* "A accuses B of 9; B itself tells of 2 of these." */
export interface Echo {
    accuser: string; // identifiers of parties
    accused: string;
    incidents: number;
    told: number; // of them, those that the accused or a party of it tells of too
}

/* "syria" holds for "syria.government", either way round. */
export const isSameParty = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

export function echoesOf(candidates: readonly Candidate[]): Echo[] {
    const counted = candidates.filter((c) => c.counts === "yes" && c.accused !== "unknown");
    const pairs = new Map<string, { accuser: string; accused: string; incidents: Map<string, boolean> }>();
    for (const c of counted) {
        if (isSameParty(c.accuser, c.accused)) continue;
        const key = `${c.accuser}|${c.accused}`;
        const pair = pairs.get(key) ?? { accuser: c.accuser, accused: c.accused, incidents: new Map<string, boolean>() };
        const isTold = counted.some((o) => o.incident === c.incident && o.accused === c.accused && isSameParty(o.accuser, c.accused));
        pair.incidents.set(c.incident, isTold);
        pairs.set(key, pair);
    }
    return [...pairs.values()]
        .map((p) => ({ accuser: p.accuser, accused: p.accused, incidents: p.incidents.size, told: [...p.incidents.values()].filter(Boolean).length }))
        .sort((a, b) => b.incidents - a.incidents);
}
