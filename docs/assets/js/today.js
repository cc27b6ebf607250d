// What depends on today is written in the page as of its build; here it is said again as of now, in Italian time.
//
// An element with `data-until` (and perhaps `data-since`) shows a badge: `data-before`, `data-during` or `data-after`
// is its text. Moments are `AAAA-MM-GG` or `AAAA-MM-GGTHH:MM`; a day alone lasts until its end.
"use strict";
(() => {
  const TONES = { before: "eco-badge-info", during: "eco-badge-ok", after: "eco-badge-muted" };

  // Moments compare as text, because they are written from the year down.
  const now = () =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome", dateStyle: "short", timeStyle: "short" })
      .format(new Date())
      .replace(" ", "T");

  const place = ({ since = "", until }, moment) => {
    const last = until && until.length === 10 ? `${until}T24` : until;
    if (since > moment) return "before";
    return last && last <= moment ? "after" : "during";
  };

  const refresh = () => {
    const moment = now();
    for (const badge of document.querySelectorAll("[data-during]")) {
      const where = place(badge.dataset, moment);
      badge.textContent = badge.dataset[where];
      badge.classList.remove(...Object.values(TONES));
      badge.classList.add(TONES[where]);
    }
    for (const stamp of document.querySelectorAll("[data-as-of-build]")) stamp.hidden = true;
  };

  if (window.document$) window.document$.subscribe(refresh);
  else refresh();
})();
