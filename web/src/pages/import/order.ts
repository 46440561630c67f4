/* What somebody wants imported. */
import type { Day } from "../../base/types";
import type { Form } from "./text";

export interface Order {
    isPasted: boolean;
    name: string; // of the file; "" of what is pasted
    content: string;
    encoding: string; // of the file
    size: number; // bytes of the file
    form: Form;
    outlet: string;
    published: Day | "";
}

export const EMPTY_ORDER: Order = { isPasted: false, name: "", content: "", encoding: "utf-8", size: 0, form: "csv", outlet: "", published: "" };

export type Missing = "content" | "outlet";

/* What is missing yet. A table and JSON lines name the outlet themselves, a page may; a plain text cannot. */
export function whyNot(order: Order): Missing | null {
    if (order.content.trim() === "") return "content";
    return order.form === "text" && order.outlet.trim() === "" ? "outlet" : null;
}

/* The body of the request. */
export function bodyOf(order: Order, dry: boolean): { form: Form; name: string; content: string; outlet?: string; published?: Day; dry: boolean } {
    const { form, content, published } = order;
    const outlet = order.outlet.trim();
    return {
        form,
        name: order.name === "" ? `pasted.${form === "text" ? "txt" : form}` : order.name,
        content,
        ...(outlet === "" ? {} : { outlet }),
        ...(published === "" ? {} : { published }),
        dry,
    };
}
