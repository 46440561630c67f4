/* A change that a component asks for: one at a time, its fault told where the component wants it. */
import { useState } from "preact/hooks";
import type { Fault, Outcome } from "./api";

export interface Change {
    isBusy: boolean;
    fault: Fault | null;
    run<T>(what: () => Promise<Outcome<T>>, then: (value: T) => void): void;
}

export function useChange(): Change {
    const [state, setState] = useState<{ isBusy: boolean; fault: Fault | null }>({ isBusy: false, fault: null });
    const run = <T>(what: () => Promise<Outcome<T>>, then: (value: T) => void): void => {
        if (state.isBusy) return;
        setState({ isBusy: true, fault: null });
        void what().then((outcome) => {
            setState({ isBusy: false, fault: outcome.ok ? null : outcome.fault });
            if (outcome.ok) then(outcome.value);
        });
    };
    return { ...state, run };
}
