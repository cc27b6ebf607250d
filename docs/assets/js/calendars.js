// «Copia l'indirizzo»: puts a calendar's address on the clipboard and says so, on the button and to screen readers.
"use strict";
(() => {
  const LABEL = "Copia l'indirizzo";
  const SHOWN_MS = 4000;

  const copy = async (button, said) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      window.prompt("Copia questo indirizzo:", button.dataset.copy); // the browser refuses: the reader copies it
      return;
    }
    button.textContent = said.textContent = "Copiato";
    setTimeout(() => {
      button.textContent = LABEL;
      said.textContent = "";
    }, SHOWN_MS);
  };

  const start = () => {
    const said = document.querySelector("[data-copied]");
    for (const button of document.querySelectorAll("[data-copy]")) button.onclick = () => copy(button, said);
  };

  if (window.document$) window.document$.subscribe(start);
  else start();
})();
