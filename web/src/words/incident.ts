import { wordTable } from "../base/words";

export const incidentWords = wordTable({
    ar: {
        title: "الحادثة",
    },
    en: {
        title: "Incident",
    },
});
