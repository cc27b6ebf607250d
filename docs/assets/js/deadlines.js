// Deadlines as of now, in Italian time: how far off, folded away once passed, filtered, and counted from an event.
//
// Without this script every date stands in the page as it is. A day is handled as its number since 1970, so that no hour
// and no time zone can move it. The holidays come with the page, made from the same library that the build uses; what
// the calculators count is held to hooks/ecoteca/terms.py by tests/data/after_event.yaml.
"use strict";
(() => {
  const DAY = 86_400_000;
  const [SUNDAY, SATURDAY] = [0, 6];

  const numberOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / DAY;
  const dateOf = (day) => new Date(day * DAY);
  const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);
  const today = () => numberOf(new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" }).format(new Date()));

  const FORMAT = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const inWords = (day) => new Intl.DateTimeFormat("it", FORMAT).format(dateOf(day)).replace(/\b1 /, "1° ");
  const distance = (days) => {
    if (days === 0) return "oggi";
    if (Math.abs(days) === 1) return days > 0 ? "domani" : "ieri";
    return days > 0 ? `tra ${days} giorni` : `${-days} giorni fa`;
  };

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // How far off, and what has passed.

  const [SOON, YEAR] = [30, 366]; // Farther than a year the date alone says more.
  const showDistances = (now) => {
    for (const place of document.querySelectorAll(".eco-deadline__left[data-day]")) {
      const days = numberOf(place.dataset.day) - now;
      place.textContent = distance(days);
      place.classList.toggle("eco-deadline__left--soon", days >= 0 && days <= SOON);
      place.hidden = Math.abs(days) > YEAR;
    }
  };

  const fold = (now) => {
    for (const list of document.querySelectorAll("[data-deadlines]")) {
      const passed = [...list.children].filter((item) => numberOf(item.querySelector("time").dateTime) < now);
      if (!passed.length) continue;
      let past = list.parentElement.querySelector(":scope > [data-past]");
      if (!past) {
        past = element("details", { className: "eco-past" });
        past.dataset.past = "";
        past.append(
          element("summary", { textContent: "Scadenze passate" }),
          element("ol", { className: "eco-deadlines" }),
        );
        list.after(past);
      }
      for (const item of passed) past.querySelector("ol").prepend(item); // The latest first.
      list.hidden = !list.children.length;
    }
  };

  // Filters: what is chosen stays in the address, so that a filtered list can be kept and sent on.

  const filter = (form) => {
    const chosen = [...form.querySelectorAll("select")].filter((select) => select.value);
    const concerned = ({ dataset }) =>
      chosen.every(({ name, value }) => !dataset[name] || dataset[name].split(" ").includes(value));
    for (const item of document.querySelectorAll("[data-tema]")) item.hidden = !concerned(item);
    for (const box of document.querySelectorAll("[data-past], [data-more], .eco-month")) {
      box.hidden = !box.querySelector("[data-tema]:not([hidden])");
    }
    // Whoever chooses wants to see all that is left.
    for (const more of document.querySelectorAll("[data-more]")) more.open = chosen.length > 0;
    for (const link of document.querySelectorAll(".eco-az a")) {
      link.parentElement.hidden = document.querySelector(link.hash)?.closest(".eco-month").hidden;
    }
    const all = document.querySelectorAll("[data-tema]");
    const { one, many } = form.dataset;
    const shown = [...all].filter((item) => !item.hidden).length;
    const what = chosen.map((select) => select.selectedOptions[0].text).join(", ");
    document.querySelector(".eco-filters__result").textContent = chosen.length
      ? `${shown} ${shown === 1 ? one : many} su ${all.length} per: ${what}.`
      : `${all.length} ${many}.`;
  };

  const readAddress = (form) => {
    const address = new URLSearchParams(location.search);
    for (const select of form.querySelectorAll("select")) {
      const wanted = address.get(select.name);
      select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
    }
    filter(form);
  };

  const writeAddress = (form) => {
    const address = new URL(location.href);
    for (const { name, value } of form.querySelectorAll("select")) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
    filter(form);
  };

  const formOf = (event) => event.target.closest?.("[data-eco-filters]");
  document.addEventListener("change", (event) => {
    if (formOf(event)) writeAddress(formOf(event));
  });
  document.addEventListener("reset", (event) => {
    const form = formOf(event);
    if (form) setTimeout(() => writeAddress(form)); // The fields are emptied after this event.
  });
  document.addEventListener("submit", (event) => {
    if (formOf(event)) event.preventDefault();
  });

  // Calculators.

  // Knows the holidays from the first day of `since` to the last of `until`; asked beyond, it throws.
  const calendarOf = ({ since, until, holidays = "" }) => {
    const days = new Set(holidays.split(" ").filter(Boolean).map(numberOf));
    const [first, last] = [numberOf(`${since}-01-01`), numberOf(`${until}-12-31`)];
    const weekday = (day) => dateOf(day).getUTCDay();
    const isHoliday = (day) => {
      if (!(first <= day && day <= last)) throw new RangeError("holidays unknown");
      return weekday(day) === SUNDAY || days.has(day);
    };
    return { isHoliday, isSaturday: (day) => weekday(day) === SATURDAY };
  };

  const monthsFrom = (day, count) => {
    const from = dateOf(day);
    const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + count];
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) / DAY;
  };

  const workingDaysFrom = (day, count, { isHoliday, isSaturday }) => {
    const step = Math.sign(count);
    for (let left = Math.abs(count); left > 0; ) {
      day += step;
      if (!isSaturday(day) && !isHoliday(day)) left -= 1;
    }
    return day;
  };

  const counted = (day, count, unit, calendar) => {
    if (unit === "giorni lavorativi") return workingDaysFrom(day, count, calendar);
    if (unit === "mesi") return monthsFrom(day, count);
    if (unit === "anni") return monthsFrom(day, 12 * count);
    return day + (unit === "ore" ? Math.floor(count / 24) : count);
  };

  const offHolidays = (day, shift, step, { isHoliday, isSaturday }) => {
    while (shift && (isHoliday(day) || (shift === "sabati" && isSaturday(day)))) day += step;
    return day;
  };

  const calculate = (tool) => {
    const output = tool.querySelector("output");
    const event = numberOf(tool.querySelector("input").value);
    output.replaceChildren();
    if (Number.isNaN(event)) return;
    const { within, unit, shift } = tool.dataset;
    const back = "before" in tool.dataset;
    const calendar = calendarOf(tool.closest(".eco-counts").dataset);
    try {
      const end = counted(event, back ? -within : Number(within), unit, calendar);
      const day = offHolidays(end, shift, back ? -1 : 1, calendar);
      const time = element("time", { dateTime: isoOf(day), textContent: inWords(day) });
      output.append(element("strong", {}, back ? "Al più tardi " : "Entro ", time), `, ${distance(day - today())}.`);
      if (day !== end) output.append(` Il conto finirebbe ${inWords(end)}.`);
    } catch (problem) {
      if (!(problem instanceof RangeError)) throw problem;
      output.append("Per un giorno così lontano il calendario delle festività non è ancora in questa pagina.");
    }
  };

  document.addEventListener("input", (event) => {
    const tool = event.target.closest?.(".eco-count__tool");
    if (tool) calculate(tool);
  });

  const refresh = () => {
    const now = today();
    showDistances(now);
    fold(now);
    const form = document.querySelector("[data-eco-filters]");
    if (form) readAddress(form);
    for (const tool of document.querySelectorAll(".eco-count__tool")) calculate(tool);
  };

  if (window.document$) window.document$.subscribe(refresh);
  else refresh();
})();
