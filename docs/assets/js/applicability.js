// Whether duties and their deadlines concern a company: the same three-valued rules as hooks/ecoteca/applicability.py,
// tested on the same companies (tests/profiles). Nothing here touches the page.
//
// Answers are a Map from question to the list of answers chosen. A question that is missing is unknown; «non so» among
// the answers leaves open all those that were not chosen.
export const UNSURE = "non-so";

const SHOWN = "domanda"; // In an address: the question to show again though it has its answer.

// true, false, or null where the answers do not say.
export const evaluate = (condition, answers) => {
  if (condition.question) {
    const given = answers.get(condition.question);
    if (!given) return null;
    if (condition.is.some((answer) => given.includes(answer))) return true;
    return given.includes(UNSURE) ? null : false;
  }
  if (condition.not) {
    const inner = evaluate(condition.not, answers);
    return inner === null ? null : !inner;
  }
  const deciding = Boolean(condition.any); // One true decides an `any`, one false an `all`.
  const values = parts(condition).map((part) => evaluate(part, answers));
  if (values.includes(deciding)) return deciding;
  return values.includes(null) ? null : !deciding;
};

const parts = (condition) => condition.any ?? condition.all ?? (condition.not ? [condition.not] : []);

// The questions that keep a condition from being decided.
const undecided = (condition, answers) => {
  if (evaluate(condition, answers) !== null) return [];
  if (condition.question) return [condition.question];
  return [...new Set(parts(condition).flatMap((part) => undecided(part, answers)))];
};

// A rule that is itself in doubt never makes a duty certain.
export const assess = (rule, answers) => {
  const holds = evaluate(rule.when, answers);
  if (holds === null) return { outcome: "possibile", open: undecided(rule.when, answers) };
  return { outcome: !holds ? "no" : rule.uncertain ? "possibile" : "certo", open: [] };
};

// The rule of a deadline: its duty's, with the condition that the deadline has of its own.
export const narrowed = (rule, only_if) => (only_if ? { ...rule, when: { all: [rule.when, only_if] } } : rule);

// The rules that the questions are to decide: those of duties and of the deadlines that concern only some.
export const rulesOf = (duties) =>
  duties.flatMap(({ rule, deadlines }) => [
    rule,
    ...deadlines.filter(({ only_if }) => only_if).map(({ only_if }) => narrowed(rule, only_if)),
  ]);

// The deadlines that concern, or may concern, those whom their duty concerns: each with the questions on which that still
// hangs and its days from `since` on. The next one comes first, those without a day last.
export const concerning = ({ deadlines }, answers, since) =>
  deadlines
    .filter(({ only_if }) => !only_if || evaluate(only_if, answers) !== false)
    .map((deadline) => ({
      ...deadline,
      open: deadline.only_if ? undecided(deadline.only_if, answers) : [],
      dates: deadline.dates.filter(({ day }) => day >= since),
    }))
    .filter(({ dates, words }) => dates.length || words)
    .sort((one, other) => nextDay(one).localeCompare(nextDay(other)));

const nextDay = ({ dates: [next] }) => next?.day ?? "9999";

// The answers, where a question that makes no sense for this company is answered with none of its answers.
export const sensible = (questions, answers) => {
  const found = new Map();
  for (const { id, only_if } of questions) {
    const asked = only_if ? evaluate(only_if, found) : true;
    if (asked === false) found.set(id, []);
    else if (asked && answers.has(id)) found.set(id, answers.get(id));
  }
  return found;
};

// The questions still to ask, in order: unanswered, sensible for this company, and able to decide some rule.
export const remaining = (questions, rules, answers) => {
  const known = sensible(questions, answers);
  const unanswered = (ids) => ids.filter((id) => !answers.has(id));
  const wanted = new Set(rules.flatMap((rule) => unanswered(assess(rule, known).open)));
  for (const { id, only_if } of questions.toReversed()) {
    if (wanted.has(id) && only_if && !evaluate(only_if, known)) {
      wanted.delete(id);
      for (const other of unanswered(undecided(only_if, known))) wanted.add(other);
    }
  }
  return questions.filter(({ id }) => wanted.has(id));
};

// `#addetti=1-10&mercato=imballaggi-uso,aee-vendo`: what is not a question or an answer of it is passed over.
export const read = (fragment, questions) => {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const answers = new Map();
  for (const question of questions) {
    const offered = [...question.answers.map(({ id }) => id), UNSURE];
    const chosen = (given.get(question.id) ?? "").split(",");
    const valid = offered.filter((id) => chosen.includes(id));
    const alone = question.answers.filter(({ id, alone }) => alone && valid.includes(id));
    if (valid.length === 1 || (question.multiple && valid.length && !alone.length)) answers.set(question.id, valid);
  }
  const shown = questions.find(({ id }) => id === given.get(SHOWN) && answers.has(id));
  return { answers, shown: shown ?? null };
};

// The address of some answers; those to questions that make no sense any more are dropped.
export const write = (answers, questions, shown = null) => {
  const known = sensible(questions, answers);
  const pairs = questions
    .filter(({ id }) => answers.has(id) && known.get(id)?.length)
    .map(({ id }) => `${id}=${answers.get(id).join(",")}`);
  if (shown) pairs.push(`${SHOWN}=${shown}`);
  return `#${pairs.join("&")}`;
};

// One calendar of the dates that concern the company and of those that may.
export const calendar = ({ head, foot }, sure, unsure) =>
  head + [...sure.map(({ event }) => event), ...unsure.map(({ event }) => doubted(event))].join("") + foot;

// An event that says in its title, its text and its reminders that it may not concern its reader. The lines that begin
// with these names have at most 75 octets, as RFC 5545 asks: what is put in gets a line of its own.
const doubted = (event) =>
  event
    .replace("\r\nSTATUS:CONFIRMED\r\n", "\r\nSTATUS:TENTATIVE\r\n")
    .replace("\r\nSUMMARY:", "\r\nSUMMARY:Forse:\r\n  ")
    .replaceAll("\r\nDESCRIPTION:", "\r\nDESCRIPTION:Forse ti riguarda:\r\n  ");
