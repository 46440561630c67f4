/* Truces in whose time and area an incident lies. Whether it is a breach is for people to say. */
import type { AgreementFile, Agreements, Incident } from "../../base/types";

export interface TruceContext {
    name: string;
    title: { ar: string; en: string };
}

function isIn(file: AgreementFile, incident: Incident): boolean {
    const first = incident.first_day;
    const last = incident.last_day ?? first;
    if (first === null || last === null || file.country !== incident.country) return false;
    const isThen = file.windows.some((w) => w.from <= last && (w.to === null || w.to >= first));
    return isThen && (file.governorates.length === 0 || file.governorates.includes(incident.admin1 ?? ""));
}

export function trucesOf(answer: Agreements | null, incident: Incident): TruceContext[] {
    return (answer?.agreements ?? []).flatMap((a) => (isIn(a.file, incident) ? [{ name: a.name, title: a.file.name }] : []));
}
