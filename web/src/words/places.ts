import { wordTable } from "../base/words";

export const placesWords = wordTable({
    ar: {
        title: "الأماكن",
    },
    en: {
        title: "Places",
    },
});
