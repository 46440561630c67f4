import assert from "node:assert/strict";
import { test } from "node:test";
import { countLine } from "../src/base/live";

test("news are the lines since the first that was told, without one's own", () => {
    const first = countLine({ line: null, count: 0 }, 500, false);
    assert.deepEqual(first, { line: 500, count: 0 });
    const later = countLine(first, 503, false);
    assert.deepEqual(later, { line: 503, count: 3 });
    assert.deepEqual(countLine(later, 510, true), { line: 510, count: 3 });
    assert.deepEqual(countLine(later, 503, false), later);
});
