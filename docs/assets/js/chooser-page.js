// «Cosa si applica a me?» as a reader uses it. The address says everything: which answers were given and which question
// is open. So back, forward, reload and a shared link all show the same page, and nothing is kept or sent elsewhere.
import { UNSURE, assess, calendar, concerning, read, remaining, rulesOf, sensible, write } from "./applicability.js";

const MARK = "«Non so»";
const PERHAPS = "«Forse»";
const UNCHECKED =
  "Nessuno ha ancora confrontato queste schede con il testo ufficiale. Prima di decidere leggilo: ogni scheda dice dov'è.";

// An element with attributes and children; texts are never read as markup.
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" }).format(new Date());

const written = (day) =>
  new Intl.DateTimeFormat("it-IT", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day)).replace(/^1 /, "1° ");

const DAY = 24 * 60 * 60 * 1000;
const left = (day, now) => {
  const days = (new Date(day) - new Date(now)) / DAY;
  return days === 0 ? "oggi" : days === 1 ? "domani" : `tra ${days} giorni`;
};

const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;

export const start = async (root) => {
  const reply = await fetch(new URL(root.dataset.chooser, document.baseURI));
  if (!reply.ok) throw new Error(reply.statusText);
  const data = await reply.json();
  const { questions, duties } = data;
  const rules = rulesOf(duties);
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const [ask, count, actions, found] = ["ask", "count", "actions", "found"].map(part);

  const go = (fragment) => {
    history.pushState(null, "", fragment === "#" ? location.pathname + location.search : fragment);
    show(true);
  };

  const show = (moved) => {
    const { answers, shown } = read(location.hash, questions);
    const open = remaining(questions, rules, answers);
    const current = shown ?? open[0] ?? null;
    const result = sorted(answers, open);
    root.classList.toggle("eco-chooser--done", !current);
    ask.replaceChildren(current ? form(current, answers, open) : end(answers));
    count.textContent = answers.size ? summary(result) : "Comincia a rispondere: il risultato cresce qui.";
    actions.replaceChildren(...(answers.size ? tools(result) : []));
    found.replaceChildren(...lists(result, answers));
    if (moved) ask.querySelector("h2").focus();
  };

  // The question

  const form = (question, answers, open) => {
    const kind = question.multiple ? "checkbox" : "radio";
    const given = answers.get(question.id) ?? [];
    const choices = [
      ...question.answers,
      {
        id: UNSURE,
        name: "Non so",
        hint: question.multiple ? "Puoi sceglierla anche insieme ad altre, se di qualcuna non sei sicuro." : "",
      },
    ];
    const choice = ({ id, name, hint, alone }) => {
      const key = `risposta-${id}`;
      const input = make("input", { type: kind, name: "risposta", value: id, id: key, checked: given.includes(id) });
      if (hint) input.setAttribute("aria-describedby", `${key}-aiuto`);
      if (alone) input.dataset.alone = "";
      const label = make("label", { for: key }, name);
      const help = hint ? make("p", { id: `${key}-aiuto` }, hint) : null;
      return make("div", { class: "eco-choice" }, input, make("div", {}, label, help));
    };
    const fault = make("p", { class: "eco-chooser__fault", id: "risposta-manca", role: "alert" });
    const earlier = questions.slice(0, questions.indexOf(question)).filter(({ id }) => answers.has(id)).at(-1);
    const element = make(
      "form",
      { novalidate: true },
      make("p", { class: "eco-chooser__step" }, progress(question, answers, open)),
      make(
        "fieldset",
        { "aria-describedby": "domanda-spiegazione domanda-esempio" },
        make("legend", {}, make("h2", { tabindex: "-1" }, question.name)),
        make("p", { id: "domanda-spiegazione" }, question.explain),
        make("p", { id: "domanda-esempio", class: "eco-chooser__example" }, make("strong", {}, "Esempio. "), question.example),
        question.multiple ? make("p", { class: "eco-chooser__many" }, "Puoi scegliere più risposte.") : null,
        make("div", { class: `eco-choices${choices.length > 12 ? " eco-choices--many" : ""}` }, ...choices.map(choice)),
      ),
      fault,
      make(
        "p",
        { class: "eco-chooser__move" },
        make("button", { type: "submit", class: "eco-button" }, "Avanti"),
        earlier ? make("a", { href: write(answers, questions, earlier.id) }, "Domanda precedente") : null,
      ),
    );
    const inputs = [...element.querySelectorAll("input")];
    element.addEventListener("change", ({ target }) => {
      fault.textContent = "";
      if (!question.multiple || !target.checked) return;
      for (const input of inputs) {
        if (input !== target && ("alone" in target.dataset || "alone" in input.dataset)) input.checked = false;
      }
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = inputs.filter(({ checked }) => checked).map(({ value }) => value);
      if (!chosen.length) {
        fault.textContent = `Scegli una risposta. Se non lo sai, scegli ${MARK}.`;
        inputs[0].focus();
        return;
      }
      go(write(new Map(answers).set(question.id, chosen), questions));
    });
    return element;
  };

  const progress = (question, answers, open) => {
    if (answers.has(question.id)) return "Cambia la risposta";
    const after = open.length - 1;
    return `Domanda ${answers.size + 1}. ${after ? `Dopo questa, al massimo ${after === 1 ? "un'altra" : `altre ${after}`}.` : "È l'ultima."}`;
  };

  const end = (answers) => {
    const again = make("button", { type: "button", class: "eco-button eco-button--quiet" }, "Ricomincia da capo");
    again.addEventListener("click", () => go("#"));
    const text = [...answers.values()].flat().includes(UNSURE)
      ? `Dove hai risposto ${MARK} gli obblighi restano possibili: sotto ciascuno c'è scritto che cosa verificare.`
      : "Questo è il risultato. Se qualcosa cambia nella tua impresa, cambia la risposta e il risultato si aggiorna.";
    return make("div", {}, make("h2", { tabindex: "-1" }, "Non ci sono altre domande"), make("p", {}, text), make("p", {}, again));
  };

  // The result

  const sorted = (answers, open) => {
    const known = sensible(questions, answers);
    const coming = new Set(open.map(({ id }) => id));
    const result = { certain: [], possible: [], pending: [], excluded: [] };
    for (const duty of duties) {
      const { outcome, open: keys } = assess(duty.rule, known);
      const match = { duty, keys, deadlines: concerning(duty, known, today()) };
      if (outcome === "certo") result.certain.push(match);
      else if (outcome === "no") result.excluded.push(match);
      else if (keys.some((key) => coming.has(key))) result.pending.push(match);
      else result.possible.push(match);
    }
    const first = ({ deadlines: [next] }) => next?.dates[0]?.day ?? "9999";
    for (const list of [result.certain, result.possible]) list.sort((one, other) => first(one).localeCompare(first(other)));
    return result;
  };

  const summary = ({ certain, possible, pending, excluded }) => {
    const texts = [counted(certain.length, "si applica", "si applicano")];
    if (possible.length) texts.push(counted(possible.length, "è possibile", "sono possibili"));
    if (pending.length) texts.push(`${counted(pending.length, "dipende", "dipendono")} dalle prossime domande`);
    if (excluded.length) texts.push(counted(excluded.length, "non si applica", "non si applicano"));
    return `Adempimenti: ${texts.join(", ")}.`;
  };

  const lists = ({ certain, possible, pending, excluded }, answers) => [
    ...matches(certain, possible, answers),
    pending.length ? folded("Dipendono dalle prossime domande", pending) : null,
    excluded.length && answers.size ? folded("Non si applicano, in base alle tue risposte", excluded) : null,
    answers.size ? given(answers) : null,
  ].filter(Boolean);

  // That nobody compared any of them is said once: under each of a dozen duties it would be read under none.
  const matches = (certain, possible, answers) => {
    const shown = [...certain, ...possible];
    const none = shown.length > 1 && !shown.some(({ duty }) => duty.checked);
    return [
      none ? make("p", { class: "eco-match__unchecked" }, UNCHECKED) : null,
      certain.length ? group("certi", "Si applicano", "In base alle tue risposte.", certain, answers, !none) : null,
      possible.length
        ? group("possibili", "Sono possibili", "Manca una risposta, o la regola stessa non è chiara.", possible, answers, !none)
        : null,
    ];
  };

  const group = (id, title, note, items, answers, trusted) =>
    make(
      "section",
      { class: `eco-match eco-match--${id}`, "aria-labelledby": id },
      make("h3", { id }, `${title} (${items.length})`),
      make("p", { class: "eco-match__note" }, note),
      make("ol", { class: "eco-match__list" }, ...items.map((match) => item(match, id === "possibili", answers, trusted))),
    );

  const item = ({ duty, keys, deadlines }, possible, answers, trusted) => {
    const doubts = [...new Set(deadlines.flatMap(({ open }) => open))].filter((key) => !keys.includes(key));
    return make(
      "li",
      { class: "eco-match__item" },
      make("h4", {}, link(duty), " ", make("span", { class: "eco-badge" }, duty.strength)),
      make(
        "dl",
        { class: "eco-match__facts" },
        ...fact(possible ? "Perché si applicherebbe" : "Perché", duty.reason),
        ...(possible ? fact("Che cosa verificare", duty.find_out) : []),
        ...(possible && keys.length ? fact("Dipende da", ...keys.map((key) => again(key, answers))) : []),
        ...fact("Entro quando", ...(deadlines.length ? deadlines.map(due) : [duty.when])),
        ...(doubts.length ? fact(`Il ${PERHAPS} dipende da`, ...doubts.map((key) => again(key, answers))) : []),
        ...fact("Per prima cosa", duty.first_step),
        ...fact("Base giuridica", duty.basis),
      ),
      ...(trusted ? [make("p", { class: "eco-match__trust" }, trust(duty))] : []),
    );
  };

  const fact = (name, ...values) => [make("dt", {}, name), ...values.map((value) => make("dd", {}, value))];

  const link = ({ url, title }) => make("a", { href: `../${url}` }, title);

  const again = (key, answers) => {
    const question = questions.find(({ id }) => id === key);
    return answers.has(key) ? make("a", { href: write(answers, questions, key) }, question.name) : question.name;
  };

  // The next day of a deadline, or how to count it, and whom it concerns where that is not everybody.
  const due = ({ what, words, concerns, dates: [next], open }) =>
    make("span", {}, ...(next ? dated(next, what) : [`${what}. ${words}`]), ...only(concerns, open.length));

  const dated = ({ day, certainty }, what) => [
    make("strong", {}, make("time", { datetime: day }, written(day))),
    `, ${left(day, today())}: ${what}${certainty === "certa" ? "" : ` (data ${certainty})`}.`,
  ];

  const only = (concerns, doubtful) => {
    if (!concerns) return [];
    const text = `${concerns}${/[.!?]$/.test(concerns) ? "" : "."}`;
    return doubtful ? [" ", make("span", { class: "eco-badge eco-badge-warn" }, "Forse"), ` riguarda: ${text}`] : [` Riguarda: ${text}`];
  };

  const trust = ({ checked, due: last }) => {
    const state = checked
      ? `Scheda confrontata con il testo ufficiale il ${written(checked)}.`
      : "Nessuno ha ancora confrontato questa scheda con il testo ufficiale.";
    return last < today() ? `${state} La verifica è scaduta il ${written(last)}.` : state;
  };

  const folded = (title, items) =>
    make(
      "details",
      { class: "eco-match__more" },
      make("summary", {}, `${title} (${items.length})`),
      make("ul", {}, ...items.map(({ duty }) => make("li", {}, link(duty)))),
    );

  const given = (answers) => {
    const rows = questions
      .filter(({ id }) => answers.has(id) && sensible(questions, answers).get(id)?.length)
      .map((question) => {
        const names = new Map([...question.answers.map(({ id, name }) => [id, name]), [UNSURE, "Non so"]]);
        const change = make(
          "a",
          { href: write(answers, questions, question.id) },
          "Cambia",
          make("span", { class: "eco-visually-hidden" }, ` la risposta: ${question.name}`),
        );
        const chosen = answers.get(question.id).map((id) => names.get(id));
        return make("div", {}, make("dt", {}, question.name), make("dd", {}, chosen.join("; ")), make("dd", {}, change));
      });
    return make(
      "section",
      { class: "eco-given", "aria-labelledby": "risposte" },
      make("h3", { id: "risposte" }, "Le tue risposte"),
      make("dl", { class: "eco-given__list" }, ...rows),
    );
  };

  // What to do with it

  const tools = ({ certain, possible }) => {
    const deadlines = (matches) => matches.flatMap(({ deadlines }) => deadlines);
    const dates = (found) => found.flatMap(({ dates }) => dates);
    const sure = dates(deadlines(certain).filter(({ open }) => !open.length));
    const unsure = dates([...deadlines(certain).filter(({ open }) => open.length), ...deadlines(possible)]);
    const also = make("input", { type: "checkbox", id: "anche-possibili" });
    const save = make("button", { type: "button", class: "eco-button" }, "Aggiungi al calendario");
    // Who takes a file expects it to follow a postponement, as the calendars do that one subscribes to.
    const once = make(
      "p",
      { class: "eco-chooser__once", id: "file-fermo" },
      "Il file per il calendario contiene le date note oggi e non si aggiorna. Si aggiornano da soli ",
      make("a", { href: "../calendari/" }, "i calendari a cui ti iscrivi"),
      ".",
    );
    save.setAttribute("aria-describedby", once.id);
    save.addEventListener("click", () => {
      const text = calendar(data.calendar, sure, also.checked ? unsure : []);
      const file = new Blob([text], { type: "text/calendar;charset=utf-8" });
      const address = URL.createObjectURL(file);
      make("a", { href: address, download: "ecoteca-scadenze.ics" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    });
    const refresh = () => {
      save.disabled = !sure.length && !(also.checked && unsure.length);
    };
    also.addEventListener("change", refresh);
    refresh();
    const print = make("button", { type: "button", class: "eco-button eco-button--quiet" }, "Stampa la lista");
    print.addEventListener("click", () => window.print());
    const copied = make("span", { role: "status" });
    const copy = make("button", { type: "button", class: "eco-button eco-button--quiet" }, "Copia il collegamento");
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href);
      copied.textContent = "Copiato: contiene le tue risposte.";
    });
    return [
      make("p", { class: "eco-chooser__tools" }, save, print, navigator.clipboard ? copy : null, copied),
      once,
      unsure.length
        ? make("p", { class: "eco-choice eco-choice--small" }, also, make("label", { for: also.id }, `Nel calendario metti anche le scadenze possibili, con ${PERHAPS} nel titolo`))
        : null,
      make("p", { class: "eco-chooser__kept" }, `Elenco del ${written(today())}. Lo ritrovi a questo indirizzo: `, make("span", {}, location.href)),
    ].filter(Boolean);
  };

  // Material would fetch the page anew for the first change of its fragment, and fail without a network: links to the
  // page itself and steps of the history that stay on it are kept from it.
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(link.getAttribute("href"));
  });
  const own = location.pathname;
  const listening = new AbortController();
  const followed = (event) => {
    if (!root.isConnected) listening.abort();
    else if (location.pathname === own) {
      event.stopImmediatePropagation();
      show(true);
    }
  };
  window.addEventListener("popstate", followed, { capture: true, signal: listening.signal });
  show(false);
};
