import { go, href, where } from "../base/router";
import { language, setLanguage, wordsOf } from "../base/words";
import { appWords } from "../words/app";

const t = wordsOf(appWords);

/* To the other language. Where the address names one, it must name the new one, or a reload would undo the switch. */
export function switchLanguage(): void {
    const to = language() === "ar" ? "en" : "ar";
    const at = where();
    setLanguage(to);
    if (at.query.has("lang")) go(href(at.path, { ...Object.fromEntries(at.query), lang: to }), { replace: true });
}

export function LanguageSwitch() {
    const other = language() === "ar" ? "en" : "ar";
    return (
        <button type="button" class="plain" lang={other} dir={other === "ar" ? "rtl" : "ltr"} title={t("language.switch")} onClick={switchLanguage}>
            {t("language")}
        </button>
    );
}
