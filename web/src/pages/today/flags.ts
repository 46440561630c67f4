/* The queue's flags come as English words parted by commas ("killed: numbers differ 3-7, denied"); here they are told in the reader's language. */
import { tellBounds } from "../../base/figures";
import { wordsOf } from "../../base/words";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);

function tellFlag(flag: string): string {
    const differ = /^(\w+): numbers differ (\d+)(?:-(\d+)|(\+))$/.exec(flag);
    if (differ !== null) {
        const [, of = "", low = "", high] = differ;
        return t("flag.differ", { of: t.named("of", of), x: tellBounds(Number(low), high === undefined ? null : Number(high)) });
    }
    return t.named("flag", flag);
}

export const tellFlags = (flags: string): string[] => flags.split(", ").filter((flag) => flag !== "").map(tellFlag);
