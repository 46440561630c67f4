import { wordTable } from "../base/words";

export const truceWords = wordTable({
    ar: {
        title: "الهدنة",
    },
    en: {
        title: "Truce",
    },
});
