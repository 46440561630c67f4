/* Letters that people write differently are one for a search: vowel signs, tatweel, forms of alif, ya and ta marbuta; capitals. */
export function fold(text: string): string {
    return text
        .normalize("NFKC")
        .replace(/[\u064b-\u065f\u0670\u0640]/g, "")
        .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
        .replace(/\u0629/g, "\u0647")
        .replace(/\u0649/g, "\u064a")
        .toLocaleLowerCase();
}

/* Whether a text holds all words of a question. */
export function holdsWords(text: string, question: string): boolean {
    const folded = fold(text);
    return fold(question).split(/\s+/).every((word) => folded.includes(word));
}
