/*
 * What may be decided when, by whom (docs/review.md). The server decides; this spares people buttons that it would refuse, and says why.
 */
import { mayCode, mayEdit, mayVerify } from "./session";
import type { Decision, DecisionName, RecordBody, RecordFigure, ReviewState, Session, Time } from "./types";

const open: readonly ReviewState[] = ["new", "in work", "accepted", "needs source", "cannot be verified", "contradicted"];
const all: readonly ReviewState[] = [...open, "duplicate", "rejected"];
const without = (states: readonly ReviewState[], ...less: ReviewState[]) => states.filter((state) => !less.includes(state));

const allowed: Record<DecisionName, readonly ReviewState[]> = {
    take: open,
    leave: without(open, "new"),
    accept: without(all, "accepted"),
    edit: open,
    "needs-source": without(open, "needs source"),
    "cannot-verify": without(open, "cannot be verified"),
    contradict: without(open, "contradicted"),
    duplicate: open,
    reject: without(all, "rejected"),
    verify: ["accepted"],
    reopen: without(all, "new"),
    merge: open,
    split: open,
};

/* The ways to refuse a record. */
export const refusals: readonly DecisionName[] = ["needs-source", "cannot-verify", "contradict", "duplicate", "reject"];
const drafting: readonly string[] = ["accept", "edit", "merge", "split"];
const ofEditors: readonly DecisionName[] = ["merge", "split", "reopen"];
const ending: readonly string[] = ["leave", "accept", "verify", "reopen", ...refusals];
const LEASE_MS = 30 * 60 * 1000;

export function isAllowedIn(what: DecisionName, states: readonly ReviewState[]): boolean {
    return states.some((state) => allowed[what].includes(state));
}

export function mayDecide(session: Session, what: DecisionName): boolean {
    if (what === "verify") return mayVerify(session);
    if (what === "take" || what === "leave") return mayCode(session) || mayVerify(session);
    return ofEditors.includes(what) ? mayEdit(session) : mayCode(session);
}

const folded = (person: string | null): string => (person ?? "").toLocaleLowerCase();

/* Who accepted, mended, merged or split a record cannot be its second person. */
export function isOwn(history: readonly Decision[], person: string | null): boolean {
    return history.some((d) => drafting.includes(d.what) && folded(d.person) === folded(person));
}

export interface Lease {
    person: string;
    until: Time;
}

/* Who said to be on it, from the decisions on one record in their order. Null: nobody, or it is over. */
export function leaseOf(history: readonly Decision[], now: number): Lease | null {
    let lease: Lease | null = null;
    for (const d of [...history].sort((a, b) => a.decision - b.decision)) {
        if (d.what === "take" || d.what === "edit") lease = { person: d.person, until: new Date(Date.parse(d.time) + LEASE_MS).toISOString() };
        else if (ending.includes(d.what)) lease = null;
    }
    return lease !== null && Date.parse(lease.until) > now ? lease : null;
}

export const isSame = (a: string | null, b: string | null): boolean => folded(a) === folded(b);

/* --- changes --------------------------------------------------------------------------------------------------------------------------- */

export interface DraftFigure {
    of: string;
    low: string; // as typed; "" is open, or not given
    best: string;
    high: string;
}

/* A record as somebody mends it. */
export interface Draft {
    kind: string;
    modality: string;
    phase: string; // "" for none
    actors: readonly string[];
    targets: readonly string[];
    speakers: readonly string[];
    place: string; // id of the gazetteer; "" for none
    first: string; // days
    last: string;
    figures: readonly DraftFigure[]; // one for each thing that is counted
}

const stays = (place: { relation: string }): boolean => place.relation !== "from" && place.relation !== "to";
/* "More than 20" names 20 and means 21 at least. */
const isWithin = (f: RecordFigure): boolean => f.value !== null && f.value >= (f.low ?? f.value) && f.value <= (f.high ?? f.value);
const typed = (count: number | null): string => (count === null ? "" : String(count));

export function draftOf(body: RecordBody): Draft {
    const figures = body.figures.filter((f, at) => body.figures.findIndex((g) => g.of === f.of) === at);
    return {
        kind: body.kind,
        modality: body.modality,
        phase: body.phase ?? "",
        actors: body.actors.map((p) => p.who),
        targets: body.targets.map((p) => p.who),
        speakers: body.sources.map((p) => p.who),
        place: body.places.find(stays)?.id ?? "",
        first: body.when?.start ?? "",
        last: body.when === null || body.when.end === body.when.start ? "" : body.when.end,
        figures: figures.map((f) => ({ of: f.of, low: typed(f.low), best: isWithin(f) ? typed(f.value) : "", high: typed(f.high) })),
    };
}

const count = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/* "killed:5", "killed:3:5:-"; "killed:" for none. Null: what was typed is no number, or the numbers are not in their order. */
export function figureText(f: DraftFigure): string | null {
    if ([f.low, f.best, f.high].some((text) => text !== "" && count(text) === null)) return null;
    if (f.low === "" && f.best === "" && f.high === "") return `${f.of}:`;
    const low = count(f.low) ?? count(f.best);
    const best = count(f.best);
    const high = count(f.high);
    if (low === null || (best ?? low) < low || (high !== null && high < (best ?? low))) return null;
    if (best !== null && (f.low === "" || low === best) && (high === best || (f.low === "" && f.high === ""))) return `${f.of}:${best}`;
    return `${f.of}:${low}:${best ?? "-"}:${high ?? "-"}`;
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, at) => item === b[at]);

/* What differs from the record, as the server is told. */
export function changesOf(body: RecordBody, draft: Draft): string[] {
    const read = draftOf(body);
    const changes: string[] = [];
    for (const field of ["kind", "modality", "phase"] as const) if (draft[field] !== read[field]) changes.push(`${field}=${draft[field]}`);
    const parties = [["actor", "actors"], ["target", "targets"], ["speaker", "speakers"]] as const;
    for (const [field, key] of parties) if (!same(draft[key], read[key])) changes.push(`${field}=${draft[key].join(",")}`);
    if (draft.place !== read.place) changes.push(`place=${draft.place}`);
    if (draft.first !== read.first || draft.last !== read.last) {
        const isOne = draft.last === "" || draft.last === draft.first;
        changes.push(`days=${draft.first}${isOne || draft.first === "" ? "" : `/${draft.last}`}`);
    }
    for (const figure of draft.figures) {
        const before = read.figures.find((f) => f.of === figure.of);
        const text = figureText(figure);
        const isEmptyAnew = before === undefined && text === `${figure.of}:`;
        const isAsRead = before !== undefined && (["low", "best", "high"] as const).every((key) => before[key] === figure[key]);
        if (text !== null && !isAsRead && !isEmptyAnew) changes.push(`figure=${text}`);
    }
    for (const before of read.figures) if (!draft.figures.some((f) => f.of === before.of)) changes.push(`figure=${before.of}:`);
    return changes;
}

/* A change that overrules words of the report needs a reason; one that adds what the report leaves open does not. */
export function needsReason(body: RecordBody, changes: readonly string[]): boolean {
    return changes.some((change) => {
        const field = change.split("=")[0];
        if (field === "actor") return body.actors.some((p) => p.span !== null);
        if (field === "target") return body.targets.some((p) => p.span !== null);
        if (field === "speaker") return body.sources.some((p) => p.span !== null);
        if (field === "place") return body.places.find(stays)?.span != null;
        if (field === "days") return body.when?.span != null;
        if (field === "figure") return body.figures.find((f) => change.startsWith(`figure=${f.of}:`))?.span != null;
        return true;
    });
}
