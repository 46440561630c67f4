/* Truces in whose time and area an incident lies. Whether it is a breach is for people to say. */
import type { Day, Incident } from "../../base/types";

/* Of an agreement's file, what says when and where it holds. */
interface Terms {
    name: { ar: string; en: string };
    country: string;
    governorates: string[]; // none: the whole country
    windows: { from: Day; to: Day | null }[];
}

export interface AgreementTerms {
    agreements: { name: string; body: Terms }[];
}

export interface TruceContext {
    name: string;
    title: { ar: string; en: string };
}

function isIn(terms: Terms, incident: Incident): boolean {
    const first = incident.first_day;
    const last = incident.last_day ?? first;
    if (first === null || last === null || terms.country !== incident.country) return false;
    const isThen = terms.windows.some((w) => w.from <= last && (w.to === null || w.to >= first));
    return isThen && (terms.governorates.length === 0 || terms.governorates.includes(incident.admin1 ?? ""));
}

export function trucesOf(answer: AgreementTerms | null, incident: Incident): TruceContext[] {
    return (answer?.agreements ?? []).flatMap((a) => (isIn(a.body, incident) ? [{ name: a.name, title: a.body.name }] : []));
}
