/* Mending a record: what is written differs from what was read, and is told to the server field by field. */
import { useState } from "preact/hooks";
import { allKinds, kindName } from "../../base/names";
import type { Draft, DraftFigure } from "../../base/review";
import { changesOf, draftOf, figureText, needsReason } from "../../base/review";
import type { RecordBody, RecordRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import type { Decider } from "../../parts/Decide";
import { ReasonField } from "../../parts/DecideDialogs";
import { Dialog, DialogFoot } from "../../parts/Dialog";
import { DayField, SelectField } from "../../parts/Fields";
import { FaultNote } from "../../parts/Status";
import { articleWords } from "../../words/article";
import { decideWords } from "../../words/decide";
import { partsWords } from "../../words/parts";
import { PartiesField } from "./PartiesField";
import { PlaceField } from "./PlaceField";

const t = wordsOf(articleWords);
const nouns = wordsOf(decideWords);
const parts = wordsOf(partsWords);

const modalities = ["asserted", "possible", "planned", "denied"] as const;
const phases = ["proposed", "planned", "agreed", "in_force", "extended", "violated", "collapsed", "excludes"];
const withPhase = ["truce", "talks", "agreement"];
const counted = ["killed", "wounded", "casualties", "missing", "detained", "abducted", "displaced", "released", "fighters", "people", "strikes", "munitions", "vehicles"];

export function EditDialog(props: { row: RecordRow; decider: Decider; onClose: () => void }) {
    const { decider, onClose } = props;
    const body = props.row.record;
    const [draft, setDraft] = useState(() => draftOf(body));
    const [reason, setReason] = useState("");
    const [isTold, tell] = useState(false);
    const mend = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }));
    const changes = changesOf(body, draft);
    const isNeeded = needsReason(body, changes);
    const isBad = draft.figures.some((f) => figureText(f) === null);
    const send = (told: string[]) => void decider.decide({ what: "edit", changes: told, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) }).then((isDone) => isDone && onClose());
    const submit = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (changes.length > 0 && !isBad && !(isNeeded && reason.trim() === "")) send(changes);
    };
    return (
        <Dialog title={t("edit.title")} onClose={onClose} isWide>
            <form class="stack" onSubmit={submit}>
                <div class="edit">
                    <What draft={draft} onMend={mend} />
                    <div class="stack">
                        <PartiesField label={t("edit.actors")} values={draft.actors} onChange={(actors) => mend({ actors })} />
                        <PartiesField label={t("edit.targets")} values={draft.targets} onChange={(targets) => mend({ targets })} />
                        <PartiesField label={t("edit.speakers")} values={draft.speakers} onChange={(speakers) => mend({ speakers })} />
                    </div>
                    <PlaceField places={body.places} value={draft.place} onChange={(place) => mend({ place })} />
                    <FiguresField body={body} figures={draft.figures} onChange={(figures) => mend({ figures })} />
                </div>
                {decider.fault !== null && <FaultNote fault={decider.fault} />}
                <p class={isTold && changes.length === 0 ? "hint hint-fault" : "hint"}>
                    {changes.length === 0 ? t("edit.same") : t("edit.sends")} {changes.length > 0 && <code>{changes.join("  ")}</code>}
                </p>
                {isNeeded && <p class="hint">{t("edit.reason")}</p>}
                <ReasonField value={reason} isNeeded={isNeeded} isMissing={isTold && isNeeded && reason.trim() === ""} onChange={setReason} />
                <button type="button" class="plain small edit-back" onClick={() => (reason.trim() === "" ? tell(true) : send(["as-read"]))}>
                    {t("edit.as-read")}
                </button>
                <DialogFoot does={t("edit.save")} onCancel={onClose} />
            </form>
        </Dialog>
    );
}

function What({ draft, onMend }: { draft: Draft; onMend: (values: Partial<Draft>) => void }) {
    return (
        <div class="stack">
            <SelectField
                label={t("edit.kind")}
                value={draft.kind}
                choices={[...new Set([...allKinds(), draft.kind])].map((kind) => ({ value: kind, title: kindName(kind) }))}
                onChange={(kind) => onMend({ kind })}
            />
            <SelectField
                label={t("edit.modality")}
                value={draft.modality}
                choices={modalities.map((value) => ({ value, title: parts(`modality.${value}`) }))}
                onChange={(modality) => onMend({ modality })}
            />
            {(withPhase.includes(draft.kind) || draft.phase !== "") && (
                <SelectField
                    label={t("edit.phase")}
                    value={draft.phase}
                    choices={[{ value: "", title: t("edit.phase.none") }, ...phases.map((value) => ({ value, title: t.named("phase", value) }))]}
                    onChange={(phase) => onMend({ phase })}
                />
            )}
            <DayField label={t("edit.first")} value={draft.first} onChange={(first) => onMend({ first })} />
            <DayField label={t("edit.last")} value={draft.last} onChange={(last) => onMend({ last })} />
        </div>
    );
}

function FiguresField(props: { body: RecordBody; figures: readonly DraftFigure[]; onChange: (figures: DraftFigure[]) => void }) {
    const change = (of: string, values: Partial<DraftFigure>) => props.onChange(props.figures.map((f) => (f.of === of ? { ...f, ...values } : f)));
    const left = counted.filter((of) => !props.figures.some((f) => f.of === of));
    return (
        <fieldset class="choices">
            <legend class="field-label">{t("edit.figures")}</legend>
            {props.figures.map((figure) => {
                const isBad = figureText(figure) === null;
                const isMany = props.body.figures.filter((f) => f.of === figure.of).length > 1;
                return (
                    <div key={figure.of} class="edit-figure" role="group" aria-label={nouns.named("noun", figure.of)}>
                        <span>{nouns.named("noun", figure.of)}</span>
                        {(["low", "best", "high"] as const).map((end) => (
                            <label key={end}>
                                <span class="quiet">{t(`edit.figures.${end}`)}</span>
                                <input
                                    type="text"
                                    inputMode="numeric"
                                    dir="ltr"
                                    value={figure[end]}
                                    aria-invalid={isBad ? true : undefined}
                                    onInput={(event) => change(figure.of, { [end]: latinDigits(event.currentTarget.value) })}
                                />
                            </label>
                        ))}
                        {isBad && <p class="hint hint-fault">{t("edit.figures.bad")}</p>}
                        {isMany && <p class="hint">{t("edit.figures.many")}</p>}
                    </div>
                );
            })}
            {props.figures.length > 0 && <p class="hint">{t("edit.figures.hint")}</p>}
            <SelectField
                label={t("edit.figures.add")}
                value=""
                choices={[{ value: "", title: "–" }, ...left.map((of) => ({ value: of, title: nouns.named("noun", of) }))]}
                onChange={(of) => of !== "" && props.onChange([...props.figures, { of, low: "", best: "", high: "" }])}
            />
        </fieldset>
    );
}

const latinDigits = (text: string): string => text.trim().replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
