/* On whose word something is told: the words of the report and the name of the party, where both say more than one. */
import { fold } from "./fold";
import { partyName } from "./names";
import type { RecordParty } from "./types";
import { language } from "./words";

const isOpen = (who: string): boolean => who === "other" || who === "unknown";

export function tellSpeaker(party: Pick<RecordParty, "who" | "words">): string {
    const { who, words } = party;
    if (words === undefined || words === "") return partyName(who);
    if (isOpen(who)) return words;
    const name = partyName(who);
    if (language() === "en") return `${name} (${words})`;
    return fold(words).includes(fold(name)) || fold(name).includes(fold(words)) ? words : `${words} (${name})`;
}

/* "a، b", "a, b". */
export function joinNames(names: readonly string[]): string {
    return names.join(language() === "ar" ? "، " : ", ");
}
