import { wordTable } from "../base/words";

export const mapWords = wordTable({
    ar: {
        title: "الخريطة والزمن",
    },
    en: {
        title: "Map and time",
    },
});
