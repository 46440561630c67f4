import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf } from "../src/base/keys";

test("a key is known by where it lies while the keyboard writes Arabic", () => {
    const pressed = [
        { key: "j", code: "KeyJ", shiftKey: false },
        { key: "ت", code: "KeyJ", shiftKey: false },
        { key: "÷", code: "KeyL", shiftKey: true },
        { key: "؟", code: "Slash", shiftKey: true },
        { key: "ظ", code: "Slash", shiftKey: false },
        { key: "ArrowDown", code: "ArrowDown", shiftKey: false },
        { key: "?", code: "Slash", shiftKey: true },
    ];
    assert.deepEqual(pressed.map(keyOf), ["j", "j", "L", "?", "/", "ArrowDown", "?"]);
});
