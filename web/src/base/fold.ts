/*
 * Names in one form of writing, so that they are found however somebody types them: without vowel marks and tatweel, one alif, one ya, one ta; small letters.
 * For lists that are on the screen already; the archive folds by rules of its own.
 */
export function fold(text: string): string {
    return text
        .toLowerCase()
        .normalize("NFKD")
        .replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670]/g, "")
        .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
        .replace(/\u0649/g, "\u064a")
        .replace(/\u0629/g, "\u0647")
        .replace(/[_.\-\s]+/g, " ")
        .trim();
}

/* Whether all words of `asked` stand in one of `texts`. */
export function holdsWords(texts: readonly (string | null)[], asked: string): boolean {
    const all = texts.map((text) => fold(text ?? "")).join("\n");
    return fold(asked)
        .split(" ")
        .every((word) => all.includes(word));
}
