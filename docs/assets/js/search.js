// The search dialog. Pagefind's components (175 kB) are loaded at the first opening, not with every page.
//
// Anything with `data-eco-search` opens the dialog, with the attribute's value as the words to look for. The keyboard
// shortcut is Ctrl+K (⌘K): a single character such as «/» is left to the reader, because speech input and shaky hands
// type single characters by accident (WCAG 2.1.4).
"use strict";
(() => {
  const dialog = document.getElementById("eco-search");
  if (!dialog) return;

  // From the address of this file, so that it holds under any path and after instant navigation.
  const bundle = new URL("../../pagefind/", document.currentScript.src).pathname;
  let ready;

  // Where Pagefind's own Italian says something else than what the button does, or less than a reader needs.
  const WORDS = {
    clear_search: "Cancella",
    search_label: "Parole da cercare",
    results_label: "Pagine trovate",
    zero_results: "Nessuna pagina per «[SEARCH_TERM]»",
    one_result: "[COUNT] pagina per «[SEARCH_TERM]»",
    many_results: "[COUNT] pagine per «[SEARCH_TERM]»",
    total_zero_results: "Nessuna pagina",
    total_one_result: "[COUNT] pagina",
    total_many_results: "[COUNT] pagine",
    searching: "Cerco «[SEARCH_TERM]»…",
    error_search: "La ricerca non è riuscita",
  };

  // Who looks for «MUD» wants the duty, then the law. Long pages must not lose to short ones for their length; of what is
  // said beside a page's text, its title counts, once more that of a duty, its summary less, and its kind not at all. The
  // summary is no part of the text, or a result would show it twice, so this alone is its weight.
  const RANKING = { pageLength: 0, metaWeights: { title: 5, adempimento: 2, summary: 1.5, tipo: 0 } };

  const fetchComponents = () =>
    new Promise((resolve, reject) => {
      const settings = document.createElement("pagefind-config");
      settings.setAttribute("bundle-path", bundle);
      settings.setAttribute("excerpt-length", "24");
      dialog.prepend(settings);
      const script = document.createElement("script");
      script.src = `${bundle}pagefind-component-ui.js`;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.body.append(script);
    });

  // Pagefind lists the filters by alphabet; readers think of the kind of page first.
  const orderFilters = (pane) => {
    const names = pane.dataset.order.split(", ");
    const sort = () => {
      const groups = [...pane.querySelectorAll("[data-filter-name]")];
      const wanted = names.flatMap((name) => groups.filter((group) => group.dataset.filterName === name));
      if (wanted.some((group, place) => group !== groups[place])) groups[0].parentElement.prepend(...wanted);
    };
    new MutationObserver(sort).observe(pane, { childList: true, subtree: true });
  };

  // A filter alone, without words, lists all that it lets through. But with neither there is nothing to list: Pagefind's
  // `faceted`, if it is always on, then shows every page of the portal in no order.
  const listOnlyWhatIsAskedFor = (pagefind) => {
    pagefind.on("search", (words, filters) => {
      pagefind.faceted = Object.values(filters ?? {}).some((ticked) => ticked.length);
    });
  };

  // Readers write «CER 080111»; the law and these pages «EER» and «08 01 11». Of most codes no page speaks: who looks for
  // one of them wants to know what a code is and how it is chosen.
  const WASTE_CODE = /(?<!\d)(\d\d)[ .]?(\d\d)[ .]?(\d\d)(?!\d)\*?/;
  const HOW_CODES_ARE_CHOSEN = "codice EER";

  const understandWasteCodes = (pagefind) => {
    const search = pagefind.triggerSearch.bind(pagefind);
    pagefind.triggerSearch = (words) => search(words.replace(/\bcer\b/gi, "EER").replace(WASTE_CODE, '"$1 $2 $3"'));
    pagefind.on("results", ({ results }) => {
      if (!results.length && WASTE_CODE.test(pagefind.searchTerm)) search(HOW_CODES_ARE_CHOSEN);
    });
  };

  const load = async () => {
    await fetchComponents();
    const pagefind = window.PagefindComponents.getInstanceManager().getInstance("default");
    listOnlyWhatIsAskedFor(pagefind);
    understandWasteCodes(pagefind);
    pagefind.setTranslations(WORDS);
    pagefind.pagefindOptions.ranking = RANKING;
    orderFilters(dialog.querySelector("pagefind-filter-pane"));
  };

  const field = () => dialog.querySelector("pagefind-input input");

  const open = async (words = "") => {
    if (!dialog.open) dialog.showModal();
    try {
      await (ready ??= load());
    } catch {
      ready = undefined;
      dialog.querySelector("pagefind-summary").textContent =
        "La ricerca non si è caricata. Riprova fra poco, oppure usa gli indici delle sezioni.";
      return;
    }
    const input = field();
    if (words) {
      input.value = words;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    input.focus();
    input.select();
  };

  const close = () => {
    if (dialog.open) dialog.close();
  };

  // In the capture phase: links that open the search must not also be followed by instant navigation.
  document.addEventListener(
    "click",
    (event) => {
      const opener = event.target.closest?.("[data-eco-search]");
      if (!opener || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      open(opener.dataset.ecoSearch);
    },
    true,
  );

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-eco-search-form]")) return;
    event.preventDefault();
    open(new FormData(event.target).get("q"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  // Before Pagefind's own field hears it: Escape closes and keeps the words for the next opening.
  dialog.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    },
    true,
  );

  dialog.addEventListener("click", (event) => {
    const away = event.target === dialog || event.target.closest("[data-eco-search-close]");
    const followed = event.target.closest("a[href]") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (away || followed) close();
    if (event.target.closest("[data-eco-search-unfilter]")) {
      for (const box of dialog.querySelectorAll(".pf-checkbox-input:checked")) box.click();
      field().focus();
    }
  });

  // Also when the page changes under the open dialog, with the browser's back button.
  window.document$?.subscribe(close);
})();
