/*
 * Keys. A component registers what its keys do; `?` shows all that are in force. A letter is known by where it lies on the keyboard as well, so that "j"
 * works while the keyboard writes Arabic. Nothing happens while somebody types into a field, or holds Ctrl, Alt or Meta.
 */
import { useEffect, useRef } from "preact/hooks";

export interface Key {
    key: string; // "j", "Enter", "ArrowDown", "?", or two in a row: "g t"
    says: string; // what it does, in the reader's language
    run: (event: KeyboardEvent) => void;
}

const registered: { current: readonly Key[] }[] = [];
let pending = ""; // the first of two keys in a row
let pendingUntil = 0;
const PAUSE_MS = 1200;

function isTyping(target: EventTarget | null): boolean {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
        || (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "reset"].includes(target.type));
}

export function keyOf(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
    if (event.key === "؟") return "?";
    if (event.key.length === 1 && !/[\x20-\x7e]/.test(event.key)) {
        if (event.code === "Slash") return event.shiftKey ? "?" : "/";
        const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
        const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
        if (digit !== undefined) return digit;
        if (letter !== undefined) return event.shiftKey ? letter : letter.toLowerCase();
    }
    return event.key;
}

/* Enter and Space belong to the button or link that has the focus. */
function belongsToFocus(key: string, target: EventTarget | null): boolean {
    return (key === "Enter" || key === " ") && target instanceof Element && target.closest("a, button, summary, input, select, [role=tab]") !== null;
}

function find(key: string): Key | null {
    for (let i = registered.length - 1; i >= 0; i--) {
        const found = registered[i]?.current.find((k) => k.key === key);
        if (found !== undefined) return found;
    }
    return null;
}

function isFirstOfTwo(key: string): boolean {
    return registered.some((keys) => keys.current.some((k) => k.key.startsWith(`${key} `)));
}

function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]") !== null) return; // a dialog has its own
    const key = keyOf(event);
    if (belongsToFocus(key, event.target)) return;
    const both = pending !== "" && event.timeStamp < pendingUntil ? find(`${pending} ${key}`) : null;
    pending = "";
    const found = both ?? find(key);
    if (found !== null) {
        event.preventDefault();
        found.run(event);
    } else if (isFirstOfTwo(key)) {
        pending = key;
        pendingUntil = event.timeStamp + PAUSE_MS;
    }
}

export function beginKeys(): void {
    addEventListener("keydown", press);
}

/* Keys in force while the component is shown; those registered last come first. */
export function useKeys(keys: readonly Key[]): void {
    const mine = useRef(keys);
    mine.current = keys;
    useEffect(() => {
        registered.push(mine);
        return () => void registered.splice(registered.indexOf(mine), 1);
    }, []);
}

/* What is in force now, for the help: the last registered first, each key once. */
export function keysInForce(): Key[] {
    const seen = new Set<string>();
    return [...registered].reverse().flatMap((keys) => keys.current.filter((k) => !seen.has(k.key) && seen.add(k.key)));
}
