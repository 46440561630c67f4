/* Files that are read from the reader's disk, and files that the page makes. */

/* Lets the reader keep `content` as a file. Nothing is asked of the server. */
export function saveFile(name: string, media: string, content: string): void {
    const address = URL.createObjectURL(new Blob([content], { type: media }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

/* Rows as a table with tabs, with a head line: what would break a row becomes a blank. */
export function tsvOf(columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
    const cell = (value: string | number | null): string => String(value ?? "").replace(/[\t\r\n]+/g, " ");
    return [columns, ...rows].map((row) => `${row.map(cell).join("\t")}\n`).join("");
}

/* "1.4 MB", for people. */
export function tellBytes(bytes: number): string {
    const units = ["B", "kB", "MB", "GB"];
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ""}`;
}
