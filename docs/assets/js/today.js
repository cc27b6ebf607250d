// What depends on today is written in the page as of its build; here it is said again as of now, in Italian time.
//
// Days are `AAAA-MM-GG` and moments `AAAA-MM-GGTHH:MM`: both compare as text, because they are written from the year down.
"use strict";
(() => {
  const TONES = ["ok", "warn", "danger", "info", "muted"];

  const now = () =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome", dateStyle: "short", timeStyle: "short" })
      .format(new Date())
      .replace(" ", "T");

  const show = (badge, text, tone) => {
    badge.textContent = text;
    badge.classList.remove(...TONES.map((name) => `eco-badge-${name}`));
    badge.classList.add(`eco-badge-${tone}`);
  };

  // `data-since` and `data-until` with a text for before, during and after; a day alone lasts until its end.
  const span = (badge, moment) => {
    const { since = "", until = "", before, during, after } = badge.dataset;
    const last = until.length === 10 ? `${until}T24` : until;
    if (since > moment) show(badge, before, "info");
    else if (last && last <= moment) show(badge, after, "muted");
    else show(badge, during, "ok");
  };

  // The edge of a call's phase has the colour of its badge.
  const EDGES = { info: "next", ok: "open", muted: "closed" };
  const edge = (badge) => {
    const phase = badge.closest(".eco-phase");
    if (!phase) return;
    for (const [tone, name] of Object.entries(EDGES)) {
      phase.classList.toggle(`eco-phase--${name}`, badge.classList.contains(`eco-badge-${tone}`));
    }
  };

  // `data-steps`: «since|tone|text» for each status that comes by itself; that of the build comes first, without a day.
  const step = (badge, day) => {
    const steps = badge.dataset.steps.split(";").map((text) => text.split("|"));
    const [, tone, label] = steps.filter(([since]) => since <= day).at(-1);
    show(badge, label, tone);
  };

  const refresh = () => {
    const moment = now();
    const day = moment.slice(0, 10);
    for (const badge of document.querySelectorAll("[data-during]")) {
      span(badge, moment);
      edge(badge);
    }
    for (const badge of document.querySelectorAll("[data-steps]")) step(badge, day);
    for (const stamp of document.querySelectorAll("[data-as-of-build]")) stamp.hidden = true;
    for (const warning of document.querySelectorAll("[data-overdue-after]")) {
      warning.hidden = day <= warning.dataset.overdueAfter;
      warning.closest(".eco-trust, .eco-compared").classList.toggle("eco-trust--overdue", !warning.hidden);
    }
    for (const item of document.querySelectorAll(".eco-timeline > [data-day]")) {
      const past = item.dataset.day <= day;
      item.classList.toggle("eco-timeline--past", past);
      item.classList.toggle("eco-timeline--next", !past);
    }
  };

  if (window.document$) window.document$.subscribe(refresh);
  else refresh();
})();
