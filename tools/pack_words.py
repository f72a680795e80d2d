"""One line for each word of a pack's pages and each move: what `tools/write-reference` prints beside it."""

from __future__ import annotations

COMPANY = {
    "name": "The company's name, as customers read it.",
    "builds on": "The base packs below this one, for example `retail`; what is written here wins.",
    "base": "`yes` in a pack that is only built on.",
    "about": "What the company does, in a sentence for each language.",
    "country": "Two letters, ISO 3166-1: `ES`.",
    "time zone": "IANA name: `Europe/Madrid`.",
    "languages": "Language codes; the first is the default.",
    "currency": "Three letters, ISO 4217: `EUR`.",
    "hours": "When people answer, for each weekday or `monday to friday`: `09:00-18:00`, or `closed`.",
    "holidays": "`public` for the country's, dates, or a form of `public`, `region` and `dates`.",
    "teams": "The teams of the desk; the first receives what nobody else is named for.",
    "order numbers": "Their shape: `#` is a digit, `@` a letter, the rest stands for itself: `TF-#####`.",
    "response times": "For each channel, the opening hours until a person's first reply: `chat: 0.25 hours`.",
    "contact": "`e-mail`, `phone`, `address`, `website`.",
    "colours": "`accent` and the like, as CSS colours; the widget and the help centre wear them.",
    "representative": "The name that the automatic representative gives.",
    "mail address": "The address that customers write to.",
    "identity": "How sure each piece of evidence makes us, from evidence to level.",
    "departments": "Departments that are asked by mail, from name to address; one may bear the name of a team.",
    "other languages": "Languages that only a team speaks, from code to team: `fr: Customer care`. Who writes in one "
    "is told so in it and passed to that team at once; in any other language that is told apart he is told in it what "
    "is spoken here, and passed on if he goes on in it.",
    "questions to": "The team or department that is asked what nobody here can answer; else the first team.",
    "delivery notices": "What customers hear unasked: `about` (`late`, `delayed`, `lost`, `returned to sender`) and "
    "`late after`, the days from the promised one: `1 days`.",
    "wrap-up codes": "How a conversation may have ended, from code to its name in each language: "
    "`refunded: {en: Refunded, es: Reembolsado}`. Asked at the desk when it is closed.",
    "wrap-up needed": "`yes`: no colleague closes a conversation without a code.",
}
PROCEDURE = {
    "procedure": "Its name, the same in every language.",
    "title": "How the representative names the matter to a customer: `your return`.",
    "kind": "`question`, `request` or `complaint`.",
    "use when": "When this is the right procedure, for who reads it; nothing acts on it.",
    "customers say": "For each language, sentences as customers write them; understanding learns from these.",
    "not for": "What it is not for, and the name of the right procedure.",
    "offered as": "The offers of rules (`offer`) that this procedure carries out when the customer accepts.",
    "steps": "The steps, top to bottom.",
    "hand over when": "When a person takes over, for who reads it; nothing acts on it yet.",
}
STEPS = {
    "look up": "Fetches records.",
    "ask": "Asks the customer for one thing, unless it was said already.",
    "if": "Takes one of two branches; there is one level of it.",
    "confirm": "Says a phrase with what is about to happen, and waits for a clear yes.",
    "do": "An act, through the guard.",
    "tell": "Says a phrase.",
    "promise": "Owes the customer something by a time; late ones are flagged.",
    "continue with": "Goes on with another procedure.",
    "hand over": "Gives the conversation to a team.",
}
BESIDE = {
    "by": "what the record is found by",
    "kind": "the kind of answer, where the name does not say it",
    "choices": "the answers there are",
    "from": "where the choices come from",
    "for each": "asked for each item, unless one answer covers all",
    "optional": "`yes`: the customer may skip it",
    "again": "`yes`: read anew here, though it was looked up before",
    "then": "the steps when the condition holds",
    "otherwise": "the steps when it does not",
    "with": "what the act is given",
    "within": "`5 business days`, `48 hours`",
    "owner": "the team that owes it",
    "because": "why, for the colleague who takes over",
}
GUIDE = PROCEDURE | {
    "guide": "Its name, the same in every language; no procedure has it.",
    "title": "How the representative names the matter to a customer: `getting your stove to light`.",
    "use when": "When this is the right guide, for who reads it; nothing acts on it.",
    "offered as": "The offers of rules (`offer`) that this guide answers when the customer accepts.",
    "hand over to": "The team that takes over; the company's first, when not given.",
    "steps": "The steps; the first is where it begins.",
}
GUIDE_STEP = {
    "step": "Its short name, which answers lead to and colleagues see.",
    "say": "What is told.",
    "do this": "What the customer does; waits until it is done.",
    "ask": "A question; waits for one of the answers.",
    "explain": "Said when the customer cannot find or understand it.",
    "answers": "`{yes: …, no: …}`, or a list of `answer`, `also` (other ways of saying it) and `then`.",
    "carry out": "Steps of a procedure, before the step's own words.",
    "if": "A condition on what is known; decides between `then` and `otherwise`.",
    "through": "Another guide that is gone through first; solved there goes on with `then`, else `otherwise`.",
    "then": "The step that follows, or an end: `solved`, `hand over`, `continue with` a procedure.",
    "otherwise": "The step or end when the condition of `if` does not hold.",
}
POLICY = {
    "policy": "Its name; a policy of the same name in a base pack is replaced.",
    "governs": "The acts that it judges.",
    "owner": "Who answers for it.",
    "in force from": "First day, `2026-01-01`.",
    "in force until": "Last day.",
    "rules": "In any order: the strictest rule that fits decides.",
    "otherwise": "What holds when no rule fits: `refuse`, or `ask` with a team or grade. Never `allow`.",
    "ordinary": "The facts of an ordinary case, which examples change.",
    "examples": "`given` facts that differ, and the verdict to `expect`; played by every check.",
}
RULE = {
    "name": "Named in verdicts, in the journal and at the desk.",
    "when": "Conditions on facts; all must hold. Nothing written: always.",
    "then": "`allow`, `refuse`, or `ask` with a team or grade: `ask team lead`.",
    "because": "What the customer is told, for each language.",
    "offer": "What is offered instead.",
    "law": "The article that a statutory rule rests on.",
}
ARTICLE = {
    "title": "Its heading.",
    "audience": "`customers` (the default) or `colleagues`.",
    "owner": "Who keeps it true.",
    "valid from": "First day on which it may be cited.",
    "valid until": "Last day.",
    "review by": "Last day on which its owner looks at it again; `courtesy pack check` tells when that was missed.",
    "questions": "Ways in which customers ask for it.",
}
LESSONS = {
    "lessons": "The language of the page.",
    "customers say": "For each procedure, of this pack or a base pack, sentences beside those of its own page.",
    "customers ask": "For each article, questions beside those of its own page.",
    "none of these": "Sentences that no procedure is about; understanding learns from these what to leave alone.",
    "not answered by": "For each article, questions that it was wrongly given as the answer to.",
}
SYNONYMS = {
    "synonyms": "The language of the page.",
    "mean the same": "A line for each meaning, words with commas: `anorak, parka`. For answers, both ways.",
}
REHEARSAL = {
    "rehearsal": "Its name.",
    "language": "The language the simulated customer writes.",
    "channel": "`chat` (the default) or another.",
    "signed in as": "The e-mail of a customer who is signed in.",
    "customer says": "What the customer says, in turn; `{code}` is the code sent last.",
    "must": "What must have happened at the end.",
    "must not": "What must not have happened.",
}
EXPECTATIONS = {
    "deed": "An act that was done.",
    "verdict": "A verdict that was given: `allow`, `ask`, `refuse`.",
    "said": "The name of a phrase that was said.",
    "handed over": "The team that it was handed to, or `yes`.",
    "promised": "What was promised.",
    "case": "A case that was opened.",
    "asked": "What the customer was asked for.",
    "policy": "The policy of the verdict.",
    "rule": "The rule of the verdict.",
    "amount": "The amount of the deed or verdict.",
    "order": "The order of the deed.",
    "outcome": "The outcome that the deed was done with.",
    "reason": "The reason that the deed was done with.",
    "refund to": "Where the money went.",
    "text": "Words in what was said.",
    "answered from": "The article that was cited.",
    "identity": "How sure we were who was asking.",
    "language": "The language answered in.",
    "team": "The team that the conversation belongs to at the end.",
    "times": "How often; once or more when not given.",
}
MOVES = {
    "wants": "Wants something done; names the procedure.",
    "asks": "Asks a question that articles may answer.",
    "gives": "Gives a piece of information.",
    "corrects": "Takes back or changes what was said before.",
    "chooses": "Picks among what was offered.",
    "agrees": "Says yes.",
    "declines": "Says no.",
    "thanks": "Thanks.",
    "greets": "Greets.",
    "says goodbye": "Takes leave.",
    "complains": "Is dissatisfied.",
    "threatens": "Speaks of lawyers, press, authorities or violence.",
    "manipulates": 'Gives the representative orders: "ignore your rules".',
    "stops": "Never mind.",
    "wants a person": "Wants to speak with a person.",
    "wants repeat": "Wants it said again.",
    "asks why": "Asks why something is asked.",
    "asks who": "Asks who or what is answering.",
    "changes language": "Wants another language.",
    "later": "Not now.",
    "none": "Nothing of all this, or unclear.",
}
CONNECTION = {
    "connection": "Its name, as colleagues read it.",
    "over": "`http`; `mcp`, a server of tools by the Model Context Protocol; `book`, the company's own book here.",
    "address": "Where it is: `https://…` (`http` only on this machine), or a variable: `${CONNECTION_BILLING}`.",
    "headers": "Sent with each request. Secrets are variables named `CONNECTION_…`, never written in the pack.",
    "team": "Who takes over when it fails; the company's first team when not given.",
    "when away": "What the customer hears then, in each language.",
    "look ups": "By name, what may be asked of it.",
    "acts": "By name, what may be done in it. A policy governs each.",
}
RECORD = {
    "record": "The kind's name: `card`, `bill line`. Its files are named after it: `bill_line.csv`.",
    "title": "How customers read it, in each language.",
    "number": "The pattern of numbers of new records, each `#` a digit: `C-######`.",
    "of": "Whose it is: `customer` (the usual), `company` for what is nobody's secret, or another kind of record.",
    "states": "The states it can be in, the first one that of a new record. `open` when not given.",
    "fields": "What it says: name → kind, or `kind`, `values`, `optional`, `private`.",
    "dated": "The date by which records are ordered and `within` is counted; else the day they were made.",
    "found by": "Of the company's own records: the field that look-ups go by.",
}
RECORD_FIELD = {
    "kind": "One of the kinds below; `text` when not given.",
    "values": "The only texts that it can be.",
    "optional": "`yes` when a record may say nothing of it.",
    "private": "`yes`: never in an answer; it can only be compared with what the customer says (`same`).",
}
FIND = {
    "record": "The kind of record. `find: card` is short for it.",
    "where": "Field or `state` → condition that must hold: `active or frozen`, `at least 10`.",
    "latest": "How many are listed at most, newest first: 50 when not given.",
    "within": "Only those of so many days.",
    "compare": "The kind of lines by which the record is compared with the one before it.",
    "by": "With `compare`: lines that say the same here are the same thing.",
    "amount": "With `compare`: the amount of a line.",
    "total": "With `compare`: the amount of the record that its lines add up to.",
    "or none": '`yes`: that nothing is there is an answer too, with `found` 0, and not "not found".',
}
EFFECT = {
    "change": "The kind of a record that is changed.",
    "create": "The kind of a record that is made.",
    "number": "Of a change: where its number comes from: an argument (the kind's name when not given), `fee.account`.",
    "of": "Of a new record: where the number of the record it belongs to comes from.",
    "when": "Field or `state` → condition on the record as it is; else nothing of the act is done.",
    "otherwise": "What the customer then hears: `refusal: …`.",
    "set": "Field or `state` → text with `{arguments}`, `{card.number}` of a record touched above, `{today + 5 days}`.",
    "add": "Number or amount → what is added to it.",
    "subtract": "Number or amount → what is taken from it.",
}
OPERATION = {
    "find": "Over the book: the kind of record that a look-up finds, or a form, see below.",
    "effects": "Over the book: what an act changes and makes, all of it or nothing, see below.",
    "says": "What it does, in a sentence.",
    "call": "Method and path: `GET /bills/{bill}`; `{bill}` is one of `with`, the rest goes into query or JSON body.",
    "tool": "The tool's name, over MCP.",
    "with": "What is sent: a slot, a field found before, or `customer` (proven) → kind, or `as`, `kind`, "
    "`optional`, `written` (`###-###`: its last digits), `each` (a list, tried entry by entry until `same` holds).",
    "fixed": "Further values that are always sent.",
    "gives": "Fields of the answer: name → where (`plan.name`), or `at`, `kind`, `values`, `currency`, `optional`.",
    "choices": "Lists to choose from: name → `at`, `value`, `label`, `gives`, `where` (which entries); then "
    "`ask: … / from: NAME`. NAME alone is how many there are.",
    "same": "Field → slot: the record must say what the customer said, else it counts as not found.",
    "refuses": "What the system says (a code or status) → the phrase that words it: `refusal: …`.",
    "refusal at": "Where the code of a refusal stands in its answer.",
    "time out": "Seconds until it is given up: 10 when not given, at most 60.",
    "tries": "How often it is tried when that is safe: 2 when not given.",
    "example": "An answer as JSON. The check holds it against `gives`; rehearsals use it in the system's place.",
    "confirm": "`no` for an act that changes nothing the customer must agree to.",
    "idempotency key": "The header (HTTP) or argument (MCP) by which the system does the same thing only once.",
    "when unsure": "`look up` and `done when`: how it is told whether an act was done whose answer never came.",
}

COMPLAINTS = {
    "complaints": "The page's name. All pages together are in force; one of the same name in a base pack is replaced.",
    "owner": "Who answers for it.",
    "team": "The team that investigates.",
    "categories": "The company's own kinds of complaint.",
    "clocks": "Time limits, each from the moment the complaint is registered.",
    "recourse": "Who else decides when the customer is not content.",
    "follow up after": "How long after the answer the customer is asked whether it is right now: `5 business days`.",
    "reopened within": "How long after the answer the same complaint opens again: `60 days`.",
    "alternatives": "How many other ways an answer must offer that does not grant everything: 0 to 5.",
}
CLOCK = {
    "name": "Named at the desk, in the journal and in the register.",
    "within": "How long: `15 business days`, `8 weeks`, `4 business hours`.",
    "until": "What ends it: `acknowledged`, `answered` (the usual) or `closed`.",
    "countries": "Only for customers there, two letters each; nothing written: everywhere.",
    "categories": "Only for these kinds of complaint.",
    "article": "The law that it rests on; nothing written: the company's own limit.",
    "source": "Where that law can be read. Needed beside `article`.",
    "warn before": "How long before it breaks colleagues are warned; else a fifth of it.",
    "extended to": "The longer limit that the law allows in exceptional cases, from the same beginning.",
    "pauses for": "The reasons for which it may stand still.",
    "in force from": "First day, `2026-12-28`.",
    "in force until": "Last day.",
}
CATEGORY = {
    "name": "Its name in the register.",
    "title": "How customers read it, for each language.",
    "words": "For each language, words by which it is told.",
    "severity": "`low`, `medium` (the usual) or `high`; high ones are urgent.",
    "team": "The team that investigates, where it is another.",
}
RECOURSE = {
    "name": "The body.",
    "how": "How the customer turns to it, for each language.",
    "url": "Its address on the web.",
    "countries": "Only for customers there.",
    "categories": "Only for these kinds of complaint.",
}
LADDER = {
    "escalation": "Its name.",
    "for": "What it serves: `complaint`, `question`, `approval`, `difficulty`.",
    "owner": "Who answers for it.",
    "steps": "Who is asked, one after another; what is not answered in time goes up by itself.",
}
RUNG = {
    "to": "A team, or with `kind: management` a grade.",
    "kind": "`functional` (the usual: who knows) or `management` (who may).",
    "within": "How long this step has.",
}
AUTHORITY = {
    "authority": "Its name. All pages in force bind, the strictest decides; a base pack's of that name is replaced.",
    "owner": "Who answers for it.",
    "in force from": "The first day, `2026-01-31`.",
    "in force until": "The last day.",
    "acts": "The acts whose limits these are; what is done of any of them counts together.",
    "because": "Why a person is asked, for each language, as the colleague who decides reads it.",
    "limits": "`automatic representative` and each grade, every one with its limits, `nothing` or `no limit`.",
    "undo within": "Act → how long it may be taken back: `goodwill credit: 1 hour`. Only acts that can be undone.",
}
LIMITS = {
    "each": "The most that one act may give: `100 EUR`.",
    "per customer a day": "The most that one customer is given on one day, by whomever, all acts of the page together.",
    "a day": "The most that one person gives on one day: what they do and what they approve.",
    "times per customer a day": "How often for one customer on one day, by whomever.",
    "times a day": "How often on one day by one person.",
}
PROTOCOL = {
    "protocol": "Its name; `## protocol: NAME` among the phrases is what is said first.",
    "owner": "Who answers for it.",
    "title": "How colleagues read it, for each language.",
    "signs": "What sets it off, of the signs below.",
    "customers say": "For each language, further words that set it off.",
    "stop": "What is stopped for this customer until the review is done.",
    "call": "The team that is called.",
    "within": "How fast a person must have answered.",
    "urgent": "`yes`: before everything else in the inbox.",
    "hand over": "`no`: the representative goes on and a colleague is only told; else a person takes over.",
    "complaint": "`yes`: it is registered as a complaint too.",
    "colleagues": "What the colleague who takes it on should know, for each language.",
    "reviewed by": "The grade that looks at it afterwards; without its review the case does not close.",
    "reviewed within": "By when; `5 business days` when not written.",
}
