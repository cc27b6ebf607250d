// «Cosa si applica a me?»: its parts are loaded only on its page.
"use strict";
(() => {
  const parts = new URL("chooser-page.js", document.currentScript.src).href;

  const open = async () => {
    const root = document.querySelector("[data-chooser]");
    if (!root) return;
    try {
      const { start } = await import(parts);
      await start(root);
    } catch {
      root.querySelector("[data-failed]").hidden = false;
    }
  };

  if (window.document$) window.document$.subscribe(open);
  else open();
})();
