/* The fields of a record, in the order in which they are shown and numbered, with the words that each rests on. */
import type { RecordBody, RecordFigure, RecordParty, RecordPlace, Span } from "../../base/types";

export type FieldRole = "trigger" | "actor" | "target" | "place" | "when" | "figure" | "source";

export const roles: readonly FieldRole[] = ["trigger", "actor", "target", "place", "when", "figure", "source"];

export interface FieldOf {
    id: string; // "actor.0"
    role: FieldRole;
    span: Span | null; // null: people named it, the report has no words for it
    party?: RecordParty;
    place?: RecordPlace;
    figure?: RecordFigure;
}

function each<T extends { span: Span | null }>(role: FieldRole, items: readonly T[], key: "party" | "place" | "figure"): FieldOf[] {
    return items.map((item, at) => ({ id: `${role}.${at}`, role, span: item.span, [key]: item }));
}

export function fieldsOf(body: RecordBody): FieldOf[] {
    return [
        { id: "trigger", role: "trigger", span: body.trigger },
        ...each("actor", body.actors, "party"),
        ...each("target", body.targets, "party"),
        ...each("place", body.places, "place"),
        ...(body.when === null ? [] : [{ id: "when", role: "when" as const, span: body.when.span }]),
        ...each("figure", body.figures, "figure"),
        ...each("source", body.sources, "party"),
    ];
}

/* Which fields a rule's row made is in the name before its colon. */
const made: Record<string, readonly FieldRole[]> = {
    frame: ["trigger", "actor", "target", "figure"],
    governor: ["trigger"],
    time: ["when"],
    speaker: ["source"],
};

/* Rules that made a field of this role. The first frame is the trigger's; those behind it brought victims and their number. */
export function rulesOf(role: FieldRole, rules: readonly string[]): string[] {
    const frames = rules.filter((rule) => rule.startsWith("frame:"));
    return rules.filter((rule) => {
        const prefix = rule.split(":")[0] ?? "";
        if (!(made[prefix] ?? []).includes(role)) return false;
        if (prefix !== "frame" || frames.length < 2) return true;
        return role === "figure" ? rule !== frames[0] : role !== "trigger" || rule === frames[0];
    });
}
