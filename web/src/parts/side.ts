/* Names of sides: what parties stand together in tables of the truce and of control. */
import { partyName } from "../base/names";
import { wordsOf } from "../base/words";
import { sideWords } from "../words/sides";

const t = wordsOf(sideWords);

/* A party that belongs to no side stands for itself; "" is whom no report names. */
export function sideName(side: string): string {
    if (side === "") return t("side.none");
    const name = t.named("side", side);
    return name === side ? partyName(side) : name;
}
