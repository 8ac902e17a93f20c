import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ready } from "@/i18n";
import { Console } from "./Console";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root element");
ready.then(
  () =>
    createRoot(root).render(
      <StrictMode>
        <Console />
      </StrictMode>,
    ),
  () => {
    // The words themselves are what is missing.
    root.textContent = "页面未能加载，请刷新重试。 This page could not be loaded: please reload it.";
  },
);
