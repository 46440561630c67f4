/* A record to test with: an air strike with a place, a day, three figures and a source. */
import type { RecordBody, RecordRow } from "../src/base/types";

export const airstrike: RecordBody = {
    id: "e242e9b50091aca1",
    kind: "airstrike",
    trigger: [132, 142],
    sentence: [0, 277],
    modality: "asserted",
    phase: null,
    actors: [],
    targets: [
        { span: [159, 183], who: "civilians", code: null, object: "residential", words: "حي طريق الباب" },
        { span: [66, 74], who: "unknown", code: null, object: null, words: "شخصا" },
    ],
    places: [{ span: [189, 206], norm: "حلب", relation: "in", id: "SY-0084", lat: 36.2037, lon: 37.1726, precision: "town", others: 0 }],
    when: { span: [207, 239], start: "2016-04-27", end: "2016-04-27", precision: "day" },
    figures: [
        { of: "killed", value: 14, bound: "at_least", low: 14, high: null, span: [41, 65], words: "ما لا يقل عن 14" },
        { of: "killed", value: 3, bound: "exact", low: 3, high: 3, span: [88, 98], words: "ثلاثة" },
        { of: "wounded", value: 20, bound: "over", low: 21, high: null, span: [110, 124], words: "أكثر من 20" },
    ],
    sources: [{ span: [251, 276], who: "ngo", code: "SYR NGO", object: null, words: "الدفاع المدني" }],
    quoted: false,
    plover: "ASSAULT",
    mode: "aerial",
    cameo: "195",
    confidence: 0.99,
    rules: ["frame:غارة.airstrike"],
};

export function row(id: string, record: RecordBody): RecordRow {
    return {
        id,
        kind: record.kind,
        modality: record.modality,
        day: null,
        place: null,
        outlet: "وكالة عينة أ",
        article: "A-631700b5a30f7a19",
        incident: null,
        state: "new",
        verified: 0,
        record,
    };
}
