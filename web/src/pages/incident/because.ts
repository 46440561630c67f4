/* Why a statement stands in its incident: the phrases of table statements, joined by "; ", some of which hold one themselves. */
import type { Teller } from "../../base/words";
import { fill } from "../../base/words";
import { incidentWords } from "../../words/incident";

const names = ["place-day", "place-reported", "period", "parties", "chain", "general", "wider", "no-day", "fewer", "denies", "person"] as const;

export function becauseText(because: string, t: Teller<keyof (typeof incidentWords)["en"]>): string {
    const known = names.filter((name) => because.includes(fill(incidentWords.en[`because.${name}`], undefined, "en")));
    return known.length === 0 ? because : known.map((name) => t(`because.${name}`)).join(" · ");
}
