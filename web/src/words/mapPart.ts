import { wordTable } from "../base/words";

/* Words of every map. */
export const mapPartWords = wordTable({
    ar: {
        "zoom.in": "تكبير",
        "zoom.out": "تصغير",
        borders: "الحدود من Natural Earth، ولا تعني إقرارًا بها.",
    },
    en: {
        "zoom.in": "Zoom in",
        "zoom.out": "Zoom out",
        borders: "Borders by Natural Earth; showing them endorses none.",
    },
});
