"""Judging: a deed passes the guard before it is done, and the verdict stands in the journal with all its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from courtesy.conversations import journal
from courtesy.pack.model import If, Pack, Procedure
from courtesy.policy import guard, limits
from courtesy.policy.facts import facts_of
from courtesy.policy.guard import Fact, Verdict
from courtesy.policy.rights.reading import rights_of
from courtesy.representative.deeds import request_for
from courtesy.representative.found import known_of
from courtesy.representative.memory import Task, keep
from courtesy.representative.procedures import certain_deeds
from courtesy.representative.situation import Situation

CONFIRMED = "e-mail confirmed"
_STRICTNESS = ("allow", "ask", "refuse")


def _today(situation: Situation) -> date:
    return situation.at.astimezone(ZoneInfo(situation.pack.company.time_zone)).date()


def foresee(situation: Situation, task: Task, act: str) -> Verdict:
    """What the guard would say now; nothing is written."""
    facts = facts_of(request_for(situation, task, act))
    return _judged(situation, act, facts)


def _judged(situation: Situation, act: str, facts: Mapping[str, Fact]) -> Verdict:
    """By the company's policies over the floor of the customer's law; the company's own where no country is known."""
    country = str(facts["country"].value or situation.pack.company.country)
    return guard.judge(act, facts, situation.pack.policies.values(), _today(situation), rights_of(country))


def known(situation: Situation, task: Task, procedure: Procedure) -> dict[str, Any]:
    """What the conditions of the procedure may rest on: slots, and facts that a condition names."""
    names = {name for step in procedure.steps if isinstance(step, If) for name in step.when}
    names |= {name for step in procedure.guide.steps.values() for name in step.when} if procedure.guide else set()
    slots = task.slots | known_of(task, procedure)  # what records show goes before what was said
    wanted = names - set(slots)
    if not wanted or "order" not in task.looked:
        return slots
    facts = facts_of(request_for(situation, task, ""))
    return {name: facts[name].value for name in wanted & set(facts) if facts[name].known} | slots


def refused_ahead(situation: Situation, task: Task, procedure: Procedure) -> str:
    """The first act that will surely come and that a rule refuses on what is known already, else ""."""
    if "order" not in task.looked and not task.found:
        return ""
    deeds = certain_deeds(procedure, task, known(situation, task, procedure))
    return next((deed.act for deed in deeds if foresee(situation, task, deed.act).decision == "refuse"), "")


def needs_proof(situation: Situation, task: Task, act: str, verdict: Verdict) -> bool:
    """Whether the verdict would be milder if the customer's e-mail were confirmed; then proof is asked for first."""
    if verdict.decision == "allow" or situation.identity_at_least(CONFIRMED):
        return False
    request = replace(request_for(situation, task, act), identity=CONFIRMED)
    facts = {**facts_of(request), "identity": Fact(CONFIRMED, "record")}
    better = _judged(situation, act, facts)
    return _STRICTNESS.index(better.decision) < _STRICTNESS.index(verdict.decision)


def judge(situation: Situation, task: Task, act: str, key: str = "") -> Verdict:
    """The guard's answer, by policies, law and the limits of the automatic representative, written to the journal
    with the rule or limit, the facts and the edition behind it. ``key`` is the deed's: it does not count twice."""
    request = request_for(situation, task, act)
    verdict = _judged(situation, act, facts_of(request))
    if verdict.decision != "refuse":
        verdict = guard.stricter(verdict, limits.over(request, situation.conversation, situation.pack, key=key))
    journal.write(
        "verdict",
        actor="representative",
        at=situation.at,
        conversation=situation.conversation.pk,
        content=as_content(situation, task, act, verdict),
    )
    return verdict


def _written(value: Any) -> str:
    """A fact's value as people write it; several are separated by commas."""
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def as_content(situation: Situation, task: Task, act: str, verdict: Verdict) -> dict[str, Any]:
    """A verdict as the journal, approvals and the why-panel keep it."""
    place = {"procedure": task.procedure, "task": task.id}
    return content_of(act, verdict, situation.pack, arguments=keep(task.slots)) | place


def content_of(act: str, verdict: Verdict, pack: Pack, *, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict on anybody's deed, as it is written down."""
    return {
        "act": act,
        "decision": verdict.decision,
        "policy": verdict.policy,
        "rule": verdict.rule,
        "whom": verdict.whom or "",
        "because": dict(verdict.because),
        "law": verdict.law or "",
        "right": verdict.right,
        "facts": {
            name: {"value": _written(fact.value), "source": fact.source}
            for name, fact in verdict.facts.items()
            if fact.known
        },
        "unknown": list(verdict.unknown),
        "considered": [
            {"policy": one.policy, "rule": one.rule, "outcome": one.outcome.decision, "fits": one.fits}
            for one in verdict.considered
        ],
        "arguments": arguments,
        "edition": pack.edition,
    }
