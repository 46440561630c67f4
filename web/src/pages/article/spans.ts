/*
 * Words of a report, marked. Spans count bytes of UTF-8, strings of the page count UTF-16: converted once. Marks that overlap are nested; where two cross,
 * the later one is cut, so that each piece lies within what is around it.
 */

/* Tells, for a byte of the text's UTF-8, where its letter begins in the string; the end for bytes behind it. */
export function byteIndex(text: string): (byte: number) => number {
    const at: number[] = [];
    for (let i = 0; i < text.length; ) {
        const code = text.codePointAt(i) ?? 0;
        const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        for (let b = 0; b < bytes; b++) at.push(i);
        i += code > 0xffff ? 2 : 1;
    }
    return (byte) => (byte < 0 ? 0 : (at[byte] ?? text.length));
}

export interface Mark<Of> {
    start: number; // UTF-16, end excluded
    end: number;
    of: Of;
}

export interface MarkedPiece<Of> {
    mark: Mark<Of>;
    isFirst: boolean; // the piece in which the mark begins, where it was cut
    height: number; // how many marks lie within each other here, this one included
    pieces: Piece<Of>[];
}

export type Piece<Of> = string | MarkedPiece<Of>;

interface Cut<Of> {
    start: number;
    end: number;
    mark: Mark<Of>;
    order: number;
}

/* The longer first where two begin together; as given where they are equal. */
function byPlace<Of>(a: Cut<Of>, b: Cut<Of>): number {
    return a.start - b.start || b.end - a.end || a.order - b.order;
}

/* `cuts` in their order. What begins within a piece and ends behind it is cut at its end, and its rest put back among those to come. */
function nest<Of>(text: string, cuts: readonly Cut<Of>[], from: number, to: number): Piece<Of>[] {
    const pieces: Piece<Of>[] = [];
    let at = from;
    let left = cuts;
    for (let next = 0; next < left.length; ) {
        const { start, end, mark } = left[next++] as Cut<Of>;
        const begun: Cut<Of>[] = [];
        const rests: Cut<Of>[] = [];
        for (let cut = left[next]; cut !== undefined && cut.start < end; cut = left[++next]) {
            begun.push(cut.end > end ? { ...cut, end } : cut);
            if (cut.end > end) rests.push({ ...cut, start: end });
        }
        if (start > at) pieces.push(text.slice(at, start));
        const inner = nest(text, begun, start, end);
        pieces.push({ mark, isFirst: start === Math.max(0, mark.start), height: 1 + heightOf(inner), pieces: inner });
        at = end;
        if (rests.length > 0) {
            left = [...rests, ...left.slice(next)].sort(byPlace);
            next = 0;
        }
    }
    if (at < to) pieces.push(text.slice(at, to));
    return pieces;
}

function heightOf<Of>(pieces: readonly Piece<Of>[]): number {
    return pieces.reduce((most, piece) => (typeof piece === "string" ? most : Math.max(most, piece.height)), 0);
}

/* The text in pieces: joined, they are the text again. Marks without letters, or outside of the text, are left out. */
export function markText<Of>(text: string, marks: readonly Mark<Of>[]): Piece<Of>[] {
    const cuts = marks.map((mark, order) => ({ start: Math.max(0, mark.start), end: Math.min(mark.end, text.length), mark, order }));
    return nest(text, cuts.filter((cut) => cut.start < cut.end).sort(byPlace), 0, text.length);
}
