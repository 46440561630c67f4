/* What the plan of an export says in numbers. */
import type { Query, Values } from "../../base/router";
import { day, list, text } from "../../base/router";
import type { ExportPlan, LossRow } from "../../base/types";

export const QUESTION = { from: day(), to: day(), known: day(), kind: list(), area: text(), country: text(), place: text(), party: text(), grade: text(), words: text() };
export type Question = Values<typeof QUESTION>;

/* What the server is asked; countries are two capital letters there. */
export const askedOf = (question: Question, profile: string): Query => ({ ...question, country: question.country.toUpperCase(), profile });

export interface Outline {
    asked: number; // incidents that the question found
    isLeftOut: number; // of them, withheld by the profile
    withRows: number; // of the rest, those that the format has rows for
    withoutRow: number; // and those that it has none for
    rows: number;
    withheldFacts: number; // facts within incidents that are let out
    lostFacts: number;
}

const sum = (rows: readonly LossRow[]): number => rows.reduce((all, row) => all + row.count, 0);
const ofIncidents = (rows: readonly LossRow[]): LossRow[] => rows.filter((row) => row.what === "incident");
export const ofFacts = (rows: readonly LossRow[]): LossRow[] => rows.filter((row) => row.what !== "incident");

export function outlineOf(plan: ExportPlan): Outline {
    const withoutRow = sum(ofIncidents(plan.dropped));
    return {
        asked: plan.incidents,
        isLeftOut: plan.incidents - plan.public_incidents,
        withRows: Math.max(0, plan.public_incidents - withoutRow),
        withoutRow,
        rows: plan.rows,
        withheldFacts: sum(ofFacts(plan.withheld)),
        lostFacts: sum(plan.not_carried) + sum(ofFacts(plan.dropped)),
    };
}

/* Reasons why whole incidents are not in the file, the most frequent first. */
export const reasonsOf = (rows: readonly LossRow[]): LossRow[] => ofIncidents(rows).sort((a, b) => b.count - a.count);
