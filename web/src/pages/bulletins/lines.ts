/* What differs between two texts, line by line. */
export interface DiffLine {
    what: "same" | "gone" | "new";
    text: string;
}

/* Lengths of the longest common runs of what is left of both from each pair of places on. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
    const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--)
        for (let j = b.length - 1; j >= 0; j--) {
            const here = table[i];
            const below = table[i + 1];
            if (here !== undefined && below !== undefined) here[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, here[j + 1] ?? 0);
        }
    return table;
}

const same = (text: string): DiffLine => ({ what: "same", text });

/* What both begin and end with is compared first: most of two bulletins is the same, and the table of the rest stays small. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) head++;
    let tail = 0;
    while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
    const a = before.slice(head, before.length - tail);
    const b = after.slice(head, after.length - tail);
    const table = commonLengths(a, b);
    const lines = before.slice(0, head).map(same);
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) {
            lines.push(same(a[i] ?? ""));
            i++;
            j++;
        } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) lines.push({ what: "gone", text: a[i++] ?? "" });
        else lines.push({ what: "new", text: b[j++] ?? "" });
    }
    return [...lines, ...before.slice(before.length - tail).map(same)];
}

/* Changed lines with the heading of their part: "# …" is a heading of a bulletin's text, "----" parts its languages; "" is what stands before the first heading. */
export function changesOf(lines: readonly DiffLine[]): { heading: string; lines: DiffLine[] }[] {
    const parts: { heading: string; lines: DiffLine[] }[] = [];
    let heading = "";
    for (const line of lines) {
        if (line.text === "----") heading = "";
        if (line.text.startsWith("#") && line.what !== "gone") heading = line.text.replace(/^#+ */, "");
        if (line.what === "same" || line.text.trim() === "") continue;
        const last = parts[parts.length - 1];
        if (last !== undefined && last.heading === heading) last.lines.push(line);
        else parts.push({ heading, lines: [line] });
    }
    return parts;
}
