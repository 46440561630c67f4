/*
 * Which statements of an incident hang together: copies of one report, and statements of one named speaker, are one chain (docs/incidents.md). Within a
 * chain, copies are folded under the statement that they repeat.
 */
import type { Statement } from "../../base/types";

export interface Told {
    statement: Statement;
    copies: Statement[];
}

export interface Chain {
    speakers: string[]; // identifiers, or words; the outlets where nobody named speaks
    told: Told[];
}

const rootOf = (s: Statement): string => s.copy_of ?? s.article;

/* A copy repeats what its original says of the same speaker and in the same way. */
const repeats = (copy: Statement, original: Statement): boolean =>
    rootOf(copy) === rootOf(original) && copy.speakers === original.speakers && copy.kind === original.kind && copy.modality === original.modality
    && copy.article !== original.article;

function isCopy(s: Statement): boolean {
    return s.copy_of !== null && s.copy_of !== s.article;
}

function fold(statements: readonly Statement[]): Told[] {
    const told: Told[] = [];
    const originalsFirst = [...statements].sort((a, b) => Number(isCopy(a)) - Number(isCopy(b)));
    for (const statement of originalsFirst) {
        const original = isCopy(statement) ? told.find((one) => repeats(statement, one.statement)) : undefined;
        if (original !== undefined) original.copies.push(statement);
        else told.push({ statement, copies: [] });
    }
    return told;
}

function speakersOf(statements: readonly Statement[]): string[] {
    const named = [...new Set(statements.flatMap((s) => splitList(s.speakers)))];
    return named.length > 0 ? named : [...new Set(statements.map((s) => s.outlet))];
}

/* "a, b" of the tables. */
export function splitList(text: string): string[] {
    return text === "" ? [] : [...new Set(text.split(", "))];
}

/* In the order of their first statements. */
export function chainsOf(statements: readonly Statement[]): Chain[] {
    const chains: { keys: Set<string>; statements: Statement[] }[] = [];
    for (const statement of statements) {
        const keys = [`report ${rootOf(statement)}`, ...(statement.speakers === "" ? [] : [`speaker ${statement.speakers}`])];
        const tied = chains.filter((chain) => keys.some((key) => chain.keys.has(key)));
        const first = tied[0];
        if (first === undefined) {
            chains.push({ keys: new Set(keys), statements: [statement] });
            continue;
        }
        for (const other of tied.slice(1)) {
            for (const key of other.keys) first.keys.add(key);
            first.statements.push(...other.statements);
            chains.splice(chains.indexOf(other), 1);
        }
        for (const key of keys) first.keys.add(key);
        first.statements.push(statement);
    }
    return chains.map((chain) => ({ speakers: speakersOf(chain.statements), told: fold(chain.statements) }));
}

/* Ids of records at the ends of the lines of table why: "3, according to sohr (R-0272a8b5ddd03229)". */
export function recordsIn(lines: readonly string[]): string[] {
    return lines.flatMap((line) => /\((R-[0-9a-f]{16})\)$/.exec(line)?.[1] ?? []);
}

/* The name of a rule without its version and the rows behind it: "greatest-bound v1 of tens v1". */
export function ruleName(rule: string): string {
    return rule.split(" ")[0] ?? rule;
}
