/* As much of a window as src/base asks for; tests run in node. */
interface Window {
    location: { pathname: string; search: string; hash: string };
    documentElement: { lang: string; dir: string };
    stored: Map<string, string>;
}

export const page: Window = { location: { pathname: "/", search: "", hash: "" }, documentElement: { lang: "", dir: "" }, stored: new Map() };

function visit(to: string): void {
    const url = new URL(to, "http://marsad.invalid");
    Object.assign(page.location, { pathname: url.pathname, search: url.search, hash: url.hash });
}

export function openPage(address: string): void {
    page.stored.clear();
    visit(address);
    Object.assign(globalThis, {
        location: page.location,
        document: { documentElement: page.documentElement, addEventListener: () => undefined, querySelector: () => null },
        localStorage: { getItem: (key: string) => page.stored.get(key) ?? null, setItem: (key: string, value: string) => void page.stored.set(key, value) },
        history: { pushState: (_: unknown, __: string, to: string) => visit(to), replaceState: (_: unknown, __: string, to: string) => visit(to) },
        scrollTo: () => undefined,
    });
}
