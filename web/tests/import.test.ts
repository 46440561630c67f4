import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_ORDER, bodyOf, whyNot } from "../src/pages/import/order";
import { bytesOf, decode, faultOf, formOf, linesOf, rowsOf, separatorOf } from "../src/pages/import/text";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

test("the form follows from the name of the file", () => {
    assert.deepEqual(["may.csv", "MAY.TSV", "a.b.jsonl", "x.ndjson", "x.txt", "x.HTM", "x.pdf", "csv"].map(formOf), ["csv", "csv", "jsonl", "jsonl", "text", "html", null, null]);
});

test("characters of older tables are read", () => {
    assert.deepEqual(decode(new TextEncoder().encode("حلب")), { text: "حلب", encoding: "utf-8" });
    assert.deepEqual(decode(bytes(0xcd, 0xe1, 0xc8)), { text: "حلب", encoding: "windows-1256" });
    assert.deepEqual(decode(bytes(0xff, 0xfe, 0x2d, 0x06, 0x44, 0x06)), { text: "حل", encoding: "utf-16le" });
    assert.deepEqual(decode(bytes(0xfe, 0xff, 0x06, 0x2d)), { text: "ح", encoding: "utf-16be" });
    assert.equal(bytesOf("حلب"), 6);
});

test("cells are parted as in the head line", () => {
    assert.deepEqual(["outlet,kind", "outlet;kind,of;day", "a\tb\tc,d", '"a;b;c;d",e', "outlet"].map(separatorOf), [",", ";", "\t", ",", ","]);
});

test("rows are counted as a spreadsheet counts them", () => {
    const table = '\ufeffoutlet,text\r\n"مكتب، ""أ""","two\r\nlines"\r\n\r\nx,\r\n,y\n';
    assert.deepEqual(rowsOf(table, 100), [
        { row: 1, cells: ["outlet", "text"] },
        { row: 2, cells: ['مكتب، "أ"', "two\r\nlines"] },
        { row: 4, cells: ["x", ""] },
        { row: 5, cells: ["", "y"] },
    ]);
    assert.deepEqual(rowsOf("a,b\nc,", 100).at(-1), { row: 2, cells: ["c", ""] });
    assert.equal(rowsOf(table, 2).length, 2);
    assert.deepEqual(rowsOf("", 10), []);
});

test("a cell that is no cell is shown as it stands", () => {
    assert.deepEqual(rowsOf('a,b\n"x"y,z\n"open,q\nr', 10).slice(1), [
        { row: 2, cells: ['"x"y', "z"] },
        { row: 3, cells: ["open,q\nr"] },
    ]);
});

test("lines keep their numbers", () => {
    assert.deepEqual(linesOf("\n{}\r\n\n{1}", 10), [{ row: 2, cells: ["{}"] }, { row: 4, cells: ["{1}"] }]);
});

test("a fault is told by its column", () => {
    assert.deepEqual(faultOf({ row: 5, message: "may.csv:5:actor: no party 'rusia'; is it 'russia'?" }), { row: 5, column: "actor", says: "no party 'rusia'; is it 'russia'?" });
    assert.deepEqual(faultOf({ row: 5, message: "x.csv:5: it has 8 cells, the head line 7" }), { row: 5, column: null, says: "it has 8 cells, the head line 7" });
    assert.deepEqual(faultOf({ row: 2, message: "bad JSON at line 2 of 'x.jsonl': string" }), { row: 2, column: null, says: "bad JSON at line 2 of 'x.jsonl': string" });
    assert.deepEqual(faultOf({ row: null, message: "x.csv: empty" }), { row: null, column: null, says: "x.csv: empty" });
});

test("a text needs an outlet, a table tells its own", () => {
    assert.equal(whyNot(EMPTY_ORDER), "content");
    assert.equal(whyNot({ ...EMPTY_ORDER, content: "x" }), null);
    assert.equal(whyNot({ ...EMPTY_ORDER, form: "text", content: "x" }), "outlet");
    assert.equal(whyNot({ ...EMPTY_ORDER, form: "text", content: "x", outlet: "y" }), null);
});

test("what was left open is not sent", () => {
    assert.deepEqual(bodyOf({ ...EMPTY_ORDER, isPasted: true, form: "text", content: "x", outlet: " y " }, true), { form: "text", name: "pasted.txt", content: "x", outlet: "y", dry: true });
    assert.deepEqual(bodyOf({ ...EMPTY_ORDER, name: "may.csv", content: "x", published: "2016-05-08" }, false), { form: "csv", name: "may.csv", content: "x", published: "2016-05-08", dry: false });
});
