"""Acting: carries a task from step to step until it is done, waits for somebody, or needs a person."""

from __future__ import annotations

from courtesy.commerce.bookings import refusals as of_the_diary
from courtesy.commerce.port import Receipt, Refusal
from courtesy.conversations import cases, difficulty, journal, promises
from courtesy.conversations.complaints import registering
from courtesy.conversations.models import Case
from courtesy.language.detection import detect
from courtesy.language.understanding import Choice, Question
from courtesy.pack.model import Ask, Confirm, ContinueWith, Do, HandOver, LookUp, Procedure, Promise, Step, Tell
from courtesy.pack.opening_hours import add_business
from courtesy.policy import approvals, counting, limits
from courtesy.policy.guard import Verdict
from courtesy.representative import (
    asking,
    calling,
    deeds,
    filling,
    found,
    guiding,
    identity,
    items,
    judging,
    lookups,
    offering,
    own_authority,
    paying_back,
)  # fmt: skip
from courtesy.representative.fields import fields_of, slot_text
from courtesy.representative.memory import Task
from courtesy.representative.ordering import placing
from courtesy.representative.procedures import Next, Show, deeds_ahead, walk
from courtesy.representative.results import say_result
from courtesy.representative.situation import Situation
from courtesy.representative.taking_orders import quoting

ASKED_AGAIN = of_the_diary.ASKED_AGAIN | placing.ASKED_AGAIN  # refusal → the slot that is asked or worked out anew
MOST_STEPS = 60  # in one turn; more is a circle in the pack


def go_on(situation: Situation) -> None:
    """Carry the tasks in hand as far as they go without the customer."""
    for _ in range(MOST_STEPS):
        task = situation.dialogue.current()
        if situation.asked or task is None:
            return
        procedure = situation.procedure(task)
        if procedure is None:  # the pack changed while the conversation went on
            asking.needs_person(situation, f"the procedure {task.procedure!r} is no longer in the pack")
            return
        _announce(situation, task)
        _one_step(situation, task, procedure)
    asking.needs_person(situation, "the procedure did not come to an end")


def _announce(situation: Situation, task: Task) -> None:
    """Say which matter comes next when another was in hand before; return to an interrupted question."""
    others = [other for other in situation.dialogue.tasks if other is not task and other.announced]
    if not task.announced:
        task.announced = True
        if others and not task.digression and any(other.id in situation.touched for other in others):
            situation.say("next matter", matter=situation.title(task))
        return
    if task.suspended is not None and not task.digression:
        situation.dialogue.question, task.suspended = task.suspended, None
        situation.say("back to", matter=situation.title(task))
        asking.ask_again(situation)


def _one_step(situation: Situation, task: Task, procedure: Procedure) -> None:
    situation.touched.add(task.id)
    if situation.asked:
        return
    found.forget_changed(situation, task)
    quoting.forget_changed(task)
    following = walk(procedure, task, judging.known(situation, task, procedure))
    match following.step:
        case None:
            _end(situation, task)
        case LookUp() as step:
            if step.again and following.place not in task.told:
                task.told.append(following.place)
                task.looked.pop(step.what, None)
            if lookups.look_up(situation, task, step):
                say_result(situation, task, procedure, step)
        case Ask() as step:
            if not filling.fill(situation, task, step) and not _refused_ahead(situation, task, procedure):
                filling.ask_for(situation, task, step)
        case Confirm() as step:
            _confirm(situation, task, procedure, step, following)
        case Do() as step:
            _do(situation, task, step, following)
        case Show() as step:
            guiding.show(situation, task, procedure, step)
        case other:
            _say_or_pass_on(situation, task, other, following.place)


# --- steps that speak or pass on -----------------------------------------------------------------


def _say_or_pass_on(situation: Situation, task: Task, step: Step, place: str) -> None:
    task.told.append(place)
    match step:
        case Tell(phrase=phrase):
            situation.say(phrase, **fields_of(situation, task))
        case Promise():
            _promise(situation, task, step, place)
        case ContinueWith(procedure=name):
            _continue_with(situation, task, name)
        case HandOver(team=team, because=because):
            _case_for(situation, task)
            asking.needs_person(
                situation, because or f"the procedure {task.procedure!r} ends with a person", team=team or ""
            )
            task.status = "handed over"


def _promise(situation: Situation, task: Task, step: Promise, place: str) -> None:
    case = _case_for(situation, task)
    clock = case.due_at if case is not None and case.kind == Case.Kind.COMPLAINT else None
    due = clock or add_business(situation.pack.company, situation.at, step.within)
    promises.promise(
        situation.conversation,
        what=step.what,
        team=situation.team(step.owner),
        due_at=due,
        key=f"{task.id}:{place}",
        at=situation.at,
        case=case,
    )
    day = due.astimezone(situation.zone).date()
    situation.say(f"promise: {step.what}", **(fields_of(situation, task) | {"due": day, "date": day}))


def _continue_with(situation: Situation, task: Task, name: str) -> None:
    """Another procedure takes the matter on with all that is known."""
    task.status = "done"
    following = Task.open(name, "")
    following.slots, following.words = dict(task.slots), list(task.words)
    following.looked, following.skipped = dict(task.looked), list(task.skipped)
    following.found, following.lists, following.read_at = dict(task.found), dict(task.lists), dict(task.read_at)
    following.partial, following.case = dict(task.partial), task.case
    following.announced, following.digression = True, task.digression
    tasks = situation.dialogue.tasks
    tasks.insert(tasks.index(task) + 1, following)


def _end(situation: Situation, task: Task) -> None:
    task.status = "done"
    if task.case and task.slots.get("remedy"):
        registering.note_remedy(task.case, str(task.slots["remedy"]), situation.at)
    if task.case and (case := Case.objects.filter(pk=task.case).first()):
        owed = case.promises.filter(status="open").exists()
        waits = case.kind == Case.Kind.COMPLAINT and owed
        cases.settle_case(case, Case.Status.WAITING if waits else Case.Status.SOLVED, situation.at)


def _case_for(situation: Situation, task: Task) -> Case | None:
    """The case of this matter, opened when something is first done or owed for it."""
    if task.case:
        return Case.objects.filter(pk=task.case).first()
    procedure = situation.procedure(task)
    if procedure is None:
        return None
    case = cases.open_case(
        situation.conversation,
        kind=procedure.kind if procedure.guide is None else Case.Kind.REQUEST,
        title=f"{procedure.name} {task.looked.get('order', '')}".strip(),
        at=situation.at,
        procedure=procedure.name,
        task=task.id,
        details={"order": task.looked.get("order", "")},
    )
    task.case = case.pk
    return case


# --- confirming ----------------------------------------------------------------------------------


def _refused_ahead(situation: Situation, task: Task, procedure: Procedure) -> bool:
    """Say a certain no before anything more is asked: a rule that refuses on what is known already."""
    act = judging.refused_ahead(situation, task, procedure)
    if act:
        _refuse(situation, task, act, judging.judge(situation, task, act))
    return bool(act)


def _confirm(situation: Situation, task: Task, procedure: Procedure, step: Confirm, following: Next) -> None:
    """Show what is about to happen and wait for a yes; say a certain no at once, without asking first."""
    for _, deed in deeds_ahead(procedure, task, judging.known(situation, task, procedure)):
        verdict = judging.foresee(situation, task, deed.act)
        if judging.needs_proof(situation, task, deed.act, verdict):
            _prove(situation, task)
            return
        if verdict.decision == "refuse":
            _refuse(situation, task, deed.act, judging.judge(situation, task, deed.act))
            return
        if deed.act == "cancel order" and (kept := items.kept_named(situation, task)):
            situation.say("refused: single items", order=task.looked.get("order", ""), items=kept)
            close_refused(situation, task)
            return
        if deed.act == "cancel order" and (named := items.partly_named(situation, task)):
            situation.say("refused: single items", order=task.looked.get("order", ""), items=named)
    paying_back.tell(situation, task)
    yes_no = tuple(Choice(word, asking.phrase_text(situation, word) or word) for word in ("yes", "no"))
    question = Question(step.phrase, "confirm", yes_no, text=following.fingerprint)
    asking.ask(situation, task, question, f"confirm: {step.phrase}", **fields_of(situation, task))


def _prove(situation: Situation, task: Task) -> None:
    if difficulty.stopped(situation.conversation.customer_id, "identity quiz"):
        asking.needs_person(situation, "identity is not asked for under a protocol; a colleague decides")
        return
    situation.say("identity needed")
    identity.ask_who(situation, task)


# --- doing ---------------------------------------------------------------------------------------


def _do(situation: Situation, task: Task, step: Do, following: Next) -> None:
    if found.forget_old(situation, task):
        return
    key = f"{task.id}:{following.place}:{following.fingerprint}"
    verdict = judging.foresee(situation, task, step.act)
    if judging.needs_proof(situation, task, step.act, verdict):
        _prove(situation, task)
        return
    verdict = judging.judge(situation, task, step.act, key)
    granted = task.approvals.get(following.place) == f"granted:{following.fingerprint}"
    if verdict.decision == "refuse":
        counting.release(key)
        _refuse(situation, task, step.act, verdict)
    elif verdict.decision == "ask" and not granted:
        _ask_approval(situation, task, step, verdict, following, key)
    elif granted and own_authority.grown(situation, task, step.act, key):
        counting.release(key)
        asking.needs_person(situation, f"{step.act!r} would cost more now than what was approved")
    else:
        _carry_out(situation, task, step.act, following.place, key)


def _carry_out(situation: Situation, task: Task, act: str, place: str, key: str) -> None:
    if act not in ("ask a colleague", "register complaint"):
        _case_for(situation, task)
    own_authority.hold(situation, task, act, key)
    if operation := situation.pack.connections.operation(act):
        calling.act(situation, task, operation, place, key)
        return
    answer = deeds.do(situation, task, act, key)
    if isinstance(answer, Refusal):
        counting.release(key)
        shop_refused(situation, task, answer)
        return
    note_receipt(situation, task, answer, place, key)


def note_receipt(situation: Situation, task: Task, receipt: Receipt, place: str, key: str) -> None:
    amount = {"amount": receipt.amount} if receipt.amount is not None else {}
    details = {name: value for name, value in receipt.details.items() if value not in (None, "", (), [])}
    task.facts |= {"receipt": receipt.number, **details, **amount}
    counting.use(key, receipt=receipt.number, amount=receipt.amount, pack=situation.pack, at=situation.at)
    task.receipts[place] = {"act": receipt.act, "number": receipt.number, **amount}
    journal.write(
        "deed",
        actor="representative",
        at=situation.at,
        conversation=situation.conversation.pk,
        content={
            "act": receipt.act,
            "key": key,
            "receipt": receipt.number,
            "details": details,
            "task": task.id,
            **amount,
        },
    )


def _refuse(situation: Situation, task: Task, act: str, verdict: Verdict) -> None:
    """Say no with the reason, and what can be done instead."""
    language = situation.language
    because = verdict.because.get(language) or next(iter(verdict.because.values()), "")
    offers = [asking.phrase_text(situation, f"offer: {one}") or one for one in verdict.offer]
    shown = fields_of(situation, task) | {"because": because, "offer": offers}
    situation.say("refused with offer" if offers else "refused", **shown)
    close_refused(situation, task)
    offering.offer(situation, task, verdict.offer)


def shop_refused(situation: Situation, task: Task, refusal: Refusal) -> None:
    journal.write(
        "shop refused",
        actor="representative",
        at=situation.at,
        conversation=situation.conversation.pk,
        content={"act": refusal.act, "why": refusal.why, "details": dict(refusal.details), "task": task.id},
    )
    shown = {**fields_of(situation, task), **refusal.details}
    situation.say(refusal.why, **shown)
    if refusal.why in ASKED_AGAIN:  # somebody was faster: what is free now is offered
        task.slots.pop(ASKED_AGAIN[refusal.why], None)
        return
    close_refused(situation, task)


def close_refused(situation: Situation, task: Task) -> None:
    task.status = "refused"
    if task.case and (case := Case.objects.filter(pk=task.case).first()):
        cases.settle_case(case, Case.Status.SOLVED, situation.at)


# --- approvals -----------------------------------------------------------------------------------


def _ask_approval(situation: Situation, task: Task, step: Do, verdict: Verdict, following: Next, key: str) -> None:
    whom = verdict.whom or situation.team()
    request = deeds.request_for(situation, task, step.act)
    case = _case_for(situation, task)
    approval = approvals.ask(
        situation.conversation,
        key=key,
        task=task.id,
        act=step.act,
        deed={"act": step.act, "arguments": {name: task.slots.get(name) for name in step.arguments}},
        summary=_summary(situation, task, step),
        verdict=judging.as_content(situation, task, step.act, verdict),
        asked_of=whom,
        at=situation.at,
        pack=situation.pack,
        case=case,
        amount=limits.amount_of(request),
        customer=limits.customer_of(request, situation.conversation),
    )
    task.approvals[following.place] = approval.pk
    task.status = "approval"
    if case is not None:
        cases.settle_case(case, Case.Status.WAITING, situation.at)
    situation.say("waiting for approval", **(fields_of(situation, task) | {"who": deeds.team_name(situation, whom)}))


def _summary(situation: Situation, task: Task, step: Do) -> str:
    """The deed in a line, in the company's first language, for the colleague who decides."""
    shown = fields_of(situation, task)
    parts = [step.act.capitalize()]
    for name in ("amount", "order", "items", "reason", "refund to"):
        value = shown.get(name) if name in shown else slot_text(situation, task, name, task.slots.get(name, ""))
        if value not in (None, "", []):
            parts.append(f"{name}: {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}")
    return " · ".join(parts)


def _tell_refusal(situation: Situation, task: Task, reason: str) -> None:
    """The reason is a colleague's own words: they are told in the language they are written in, or left out."""
    told, _, _ = detect(reason, situation.pack.company.languages, situation.language)
    if told == situation.language:
        situation.say("approval refused", **(fields_of(situation, task) | {"because": reason}))
    else:
        situation.say("approval refused plainly", **fields_of(situation, task))


def resume_approvals(situation: Situation) -> None:
    """Go on with tasks whose approval was decided: a yes re-enters at the deed, a no is told with its reason."""
    for task in situation.dialogue.tasks:
        if task.status != "approval":
            continue
        place, id_ = next(((p, i) for p, i in task.approvals.items() if not i.startswith("granted:")), ("", ""))
        approval = approvals.find(id_) if id_ else None
        if approval is None or approval.status == "waiting":
            continue
        if approval.status == "granted":
            task.status = "active"
            task.suspended = None
            task.approvals[place] = f"granted:{approval.key.rpartition(':')[2]}"
            task.announced = True
            situation.say("approval granted", **fields_of(situation, task))
        elif approval.status == "refused":
            _tell_refusal(situation, task, approval.reason)
            close_refused(situation, task)
        elif approval.status == "expired":
            situation.say("approval expired", **fields_of(situation, task))
            task.status = "handed over"
            asking.needs_person(situation, f"nobody answered in time: {approval.summary}")
        else:
            task.status = "stopped"
