// The colour theme: what the reader chose, or else what the system prefers. Loaded in the head and run before the first
// paint. Without this script the page is light.
"use strict";
(() => {
  const KEY = "ecoteca.tema";
  const root = document.documentElement;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");

  // Storage is refused in some private windows; the choice then lasts as long as the page.
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const store = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      /* nothing to mend */
    }
  };
  const apply = (theme) => {
    root.dataset.theme = theme;
  };

  root.classList.replace("no-js", "js");
  apply(stored() ?? (prefersDark.matches ? "dark" : "light"));
  prefersDark.addEventListener("change", (event) => {
    if (!stored()) apply(event.matches ? "dark" : "light");
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-eco-theme]")) return;
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    apply(theme);
    store(theme);
  });
})();
