/* Fields of forms. Each has its label, and says in words what is wrong with what was written. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { isDay } from "../base/dates";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";

const t = wordsOf(partsWords);

export function TextField(props: {
    label: string;
    value: string;
    onChange: (value: string) => void;
    type?: "text" | "search" | "password" | "url" | "number";
    hint?: string;
    fault?: string | null;
    isNeeded?: boolean;
    autoComplete?: string;
    isLatin?: boolean; // addresses, ids: left to right
    placeholder?: string;
    onLeave?: () => void; // the focus goes elsewhere
    delay?: number; // milliseconds of quiet before what was typed is told
}) {
    const id = useId();
    const [typed, type] = useState(props.value);
    const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
    const told = useRef(props.value);
    useEffect(() => {
        if (props.value !== told.current) type(props.value); // changed elsewhere: not the echo of what was typed here, which may be longer by now
        told.current = props.value;
    }, [props.value]);
    useEffect(() => () => clearTimeout(waiting.current), []);
    const tell = (value: string) => {
        type(value);
        clearTimeout(waiting.current);
        const now = () => {
            told.current = value;
            props.onChange(value);
        };
        if (props.delay === undefined) now();
        else waiting.current = setTimeout(now, props.delay);
    };
    const says = props.fault ?? props.hint;
    return (
        <div class="field">
            <label for={id}>{props.label}</label>
            <input
                id={id}
                type={(props.type ?? "text") as "text"} // Preact's types want one literal; all of these are fields of one line
                dir={props.isLatin === true ? "ltr" : "auto"}
                value={typed}
                required={props.isNeeded === true}
                autocomplete={props.autoComplete ?? "off"}
                placeholder={props.placeholder}
                aria-invalid={props.fault != null ? true : undefined}
                aria-describedby={says === undefined ? undefined : `${id}-says`}
                onInput={(event) => tell(event.currentTarget.value)}
                onBlur={props.onLeave}
            />
            {says !== undefined && (
                <span id={`${id}-says`} class={props.fault != null ? "hint hint-fault" : "hint"}>
                    {says}
                </span>
            )}
        </div>
    );
}

/* A day as "2016-05-08", typed or chosen; "" is open. The browser's own field writes days in its own language and order, so this is a text field. */
export function DayField(props: { label: string; value: string; onChange: (day: string) => void; isNeeded?: boolean }) {
    const [typed, type] = useState(props.value);
    const [isLeft, leave] = useState(false);
    useEffect(() => type(props.value), [props.value]);
    const change = (value: string) => {
        leave(false);
        const latin = value.trim().replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660)).replace(/[/.]/g, "-");
        type(latin);
        if (latin === "" || isDay(latin)) props.onChange(latin);
    };
    const isBad = typed !== "" && !isDay(typed) && (typed.length >= "2016-05-08".length || isLeft);
    return (
        <TextField
            label={props.label}
            value={typed}
            onChange={change}
            onLeave={() => leave(true)}
            isLatin
            isNeeded={props.isNeeded ?? false}
            placeholder={t("date.hint")}
            fault={isBad ? t("date.bad") : null}
        />
    );
}

export interface Choice {
    value: string;
    title: string;
}

export function SelectField(props: { label: string; value: string; choices: readonly Choice[]; onChange: (value: string) => void; hint?: string }) {
    const id = useId();
    return (
        <div class="field">
            <label for={id}>{props.label}</label>
            <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
                {props.choices.map((choice) => (
                    <option key={choice.value} value={choice.value}>
                        {choice.title}
                    </option>
                ))}
            </select>
            {props.hint !== undefined && <span class="hint">{props.hint}</span>}
        </div>
    );
}

/* Several of many: a disclosure with boxes to tick. `groups` may be one without a title. */
export function ManyField(props: {
    label: string;
    values: readonly string[];
    groups: readonly { title?: string; choices: readonly { value: string; title: ComponentChildren }[] }[];
    onChange: (values: string[]) => void;
}) {
    const shown = useRef<HTMLDetailsElement>(null);
    const toggle = (value: string, isOn: boolean) => props.onChange(isOn ? [...props.values, value] : props.values.filter((v) => v !== value));
    const chosen = props.values.length === 0 ? t("field.any") : t("field.chosen", { n: props.values.length });
    useEffect(() => {
        const close = (event: Event) => {
            const isOutside = event instanceof KeyboardEvent ? event.key === "Escape" : event.target instanceof Node && shown.current?.contains(event.target) !== true;
            if (isOutside && shown.current !== null) shown.current.open = false;
        };
        document.addEventListener("pointerdown", close);
        document.addEventListener("keydown", close);
        return () => {
            document.removeEventListener("pointerdown", close);
            document.removeEventListener("keydown", close);
        };
    }, []);
    return (
        <div class="field">
            <span class="field-label">{props.label}</span>
            <details class="many" ref={shown}>
                <summary aria-label={`${props.label}: ${chosen}`}>{chosen}</summary>
                <div class={props.groups.length > 1 ? "many-list many-wide" : "many-list"}>
                    {props.groups.map((group, at) => (
                        <fieldset key={group.title ?? at}>
                            {group.title !== undefined && <legend>{group.title}</legend>}
                            {group.choices.map((choice) => (
                                <label key={choice.value} class="tick">
                                    <input
                                        type="checkbox"
                                        checked={props.values.includes(choice.value)}
                                        onChange={(event) => toggle(choice.value, event.currentTarget.checked)}
                                    />
                                    <span>{choice.title}</span>
                                </label>
                            ))}
                        </fieldset>
                    ))}
                </div>
            </details>
        </div>
    );
}
