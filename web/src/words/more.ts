import { wordTable } from "../base/words";

export const moreWords = wordTable({
    ar: {
        title: "المزيد",
        version: "مرصد {version}",
        proposals: "اقتراحات المعجم",
        "proposals.about": "كلمات صححها الناس، للقائمين على مرصد",
        "needs.role": "يتطلب دور {roles}",
        "needs.login": "يتطلب تسجيل الدخول",
        "needs.read-only": "لا استيراد هنا: للعرض فقط",
    },
    en: {
        title: "More",
        version: "Marsad {version}",
        proposals: "Lexicon proposals",
        "proposals.about": "words that people corrected, for Marsad's maintainers",
        "needs.role": "needs the role {roles}",
        "needs.login": "needs a login",
        "needs.read-only": "nothing is imported here: this server only shows",
    },
});
