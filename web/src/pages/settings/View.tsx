/* How this browser shows things, and which Marsad answers. */
import type { ComponentChildren } from "preact";
import { tellDay, today } from "../../base/dates";
import { useSession } from "../../base/session";
import type { Language } from "../../base/words";
import { language, setLanguage, wordsOf } from "../../base/words";
import { SelectField } from "../../parts/Fields";
import { roleNames } from "../../parts/Needs";
import { settingsWords } from "../../words/settings";

const t = wordsOf(settingsWords);
const LANGUAGES: readonly Language[] = ["ar", "en"];

export function View() {
    const session = useSession();
    const rows: [string, ComponentChildren][] = [
        [t("numbers"), t("numbers.says")],
        [t("days"), t("days.says", { day: tellDay(today()) })],
        [t("clock"), t("clock.says", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })],
        [t("theme"), t("theme.says")],
        [t("me"), session.person === null ? t("me.nobody") : <><bdi>{session.person}</bdi> ({roleNames(session.roles)})</>],
        [t("version"), <code>{session.version}</code>],
    ];
    return (
        <section class="sheet">
            <div class="sheet-body form">
                <SelectField
                    label={t("language")}
                    value={language()}
                    choices={LANGUAGES.map((one) => ({ value: one, title: t(`language.${one}`) }))}
                    onChange={(to) => setLanguage(LANGUAGES.find((one) => one === to) ?? language())}
                />
                <dl class="pairs">
                    {rows.map(([name, value]) => (
                        <div key={name}>
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                        </div>
                    ))}
                </dl>
            </div>
        </section>
    );
}
