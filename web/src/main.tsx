import { render } from "preact";
import { App } from "./app/App";
import { beginRouter } from "./base/router";
import { beginLanguage } from "./base/words";
import "./style/index.css";

beginLanguage();
beginRouter();
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
