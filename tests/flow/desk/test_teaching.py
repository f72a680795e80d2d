"""At the desk: what was understood of each message and why, and how a colleague's correction becomes a proposal."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from courtesy.conversations.models import Case, Message
from courtesy.desk import recorded_words
from courtesy.desk.understood import understood_of
from courtesy.knowledge import gaps
from courtesy.language.understanding import EntityKind, MoveKind
from courtesy.pack import editions
from courtesy.training import testing
from courtesy.training.models import Proposal

ANGRY = "I am so angry!! where is TF-10002? I am ana.ruiz@example.com"
RIDDLE = "the rucksack and I, we are no friends, mail tom.byrne@example.com"


def said(talk: Any, text: str) -> Message:
    talk.say(text)
    return Message.objects.filter(conversation=talk.id, author="customer").latest("sequence")


def panel(colleague: Any, talk: Any) -> str:
    return str(colleague.part(f"c/{talk.id}/beside/").content.decode())


def teach(colleague: Any, message: Message, **fields: str) -> Proposal:
    answer = colleague.do(f"c/{message.conversation_id}/m/{message.pk}/propose/", **fields)
    assert answer.status_code == 200
    return Proposal.objects.latest("pk")


# --- what was understood -----------------------------------------------------------------------------


def test_the_panel_shows_moves_readings_details_feelings_language_and_what_came_of_it(talk: Any, desk: Any) -> None:
    opened = talk()
    message = said(opened, ANGRY)
    shown = panel(desk("Mei", teams=("Customer care",)), opened)
    assert '<span class="heard-kind">wants</span><span>Where is my order' in shown
    assert "because of “" in shown
    assert '<mark title="order number">TF-10002</mark>' in shown
    assert '<mark title="e-mail">ana.ruiz@example.com</mark>' in shown
    assert "“so angry”" in shown
    assert "Language: en" in shown
    assert "begun: Where is my order" in shown
    assert '<li class="is-chosen"><span>Where is my order' in shown
    told = understood_of(opened.entries("understood")[-1].content, message.text)
    assert told.chosen == "Where is my order"
    assert "".join(words for words, _ in told.pieces) == ANGRY
    assert told.readings[0].procedure == "Where is my order"
    assert sum(one.percent for one in told.readings) <= 101
    assert told.edition == editions.in_force().edition


def test_a_message_of_which_nothing_was_understood_says_so(talk: Any, desk: Any) -> None:
    opened = talk()
    message = said(opened, RIDDLE)
    told = understood_of(opened.entries("understood")[-1].content, message.text)
    assert told.chosen == ""
    assert told.readings[0].procedure == ""
    assert "none of these" in panel(desk("Mei", teams=("Customer care",)), opened)


def test_an_entry_of_an_older_edition_is_shown_as_far_as_it_goes() -> None:
    told = understood_of({"message": "msg_1", "moves": [{"kind": "wants", "target": "Return an item"}, "?"]}, "x")
    assert (told.chosen, told.readings, told.details, told.pieces) == ("Return an item", (), (), (("x", ""),))
    strange = {"entities": [{"kind": "name", "span": [3, 99]}, {"span": "?"}], "readings": {"a": 1}, "feelings": None}
    assert understood_of(strange, "abc").pieces == (("abc", ""),)


def test_the_names_of_moves_details_and_feelings_are_those_that_there_are() -> None:
    assert get_args(MoveKind) == recorded_words.MOVES
    assert get_args(EntityKind) == recorded_words.DETAILS


# --- correcting it -----------------------------------------------------------------------------------


def test_one_click_proposes_what_it_was_about_with_personal_details_masked(talk: Any, desk: Any) -> None:
    opened, mei = talk(), desk("Mei", teams=("Customer care",))
    message = said(opened, RIDDLE)
    form = mei.part(f"c/{opened.id}/m/{message.pk}/teach/").content.decode()
    assert 'value="Return an item"' in form
    made = teach(mei, message, procedure="Return an item")
    assert (made.kind, made.about, made.target, made.language) == ("example", "procedure", "Return an item", "en")
    assert made.text == "the rucksack and I, we are no friends, mail name@example.com"
    assert (made.message, made.conversation_id, made.proposed_by) == (message, opened.id, mei.colleague)
    assert f"proposals/{made.pk}/" in mei.part(f"c/{opened.id}/m/{message.pk}/teach/").content.decode()
    assert RIDDLE not in editions.in_force().procedures["Return an item"].examples["en"]


def test_what_was_misunderstood_is_a_counter_example_that_says_as_what(talk: Any, desk: Any) -> None:
    opened, mei = talk(), desk("Mei", teams=("Customer care",))
    made = teach(mei, said(opened, ANGRY), procedure="")
    assert (made.kind, made.target, made.instead_of) == ("counter-example", "", "Where is my order")


def test_a_wrong_answer_is_refused_and_the_right_one_named_or_written(talk: Any, desk: Any) -> None:
    opened, mei = talk(), desk("Mei", teams=("Customer care",))
    message = said(opened, "How do I wash a down jacket?")
    answered = opened.entries("answered")[-1].content["article"]
    form = mei.part(f"c/{opened.id}/m/{message.pk}/teach/").content.decode()
    assert "does not answer it" in form
    refused = teach(mei, message, refuse=answered)
    assert (refused.kind, refused.about, refused.target) == ("counter-example", "article", answered)
    right = teach(mei, message, article="care/waterproofing-a-shell")
    assert (right.kind, right.about, right.instead_of) == ("example", "article", answered)
    written = teach(mei, message, text="With a brush, Ana.\n\nThen wax.", title="")
    assert (written.kind, written.title) == ("article", "How do I wash a down jacket?")
    assert written.questions == ["How do I wash a down jacket?"]


def test_nonsense_and_other_teams_conversations_teach_nothing(handed_over: Any, talk: Any, desk: Any) -> None:
    message = Message.objects.filter(conversation=handed_over.id, author="customer").latest("sequence")
    mei, ola = desk("Mei", teams=("Customer care",)), desk("Ola", teams=("Returns",))
    address = f"c/{handed_over.id}/m/{message.pk}/propose/"
    assert mei.do(address, procedure="Fly to the moon").status_code == 409
    assert mei.do(address, text="  ").status_code == 409
    assert mei.do(address, article="no/such-article").status_code == 409
    assert ola.do(address, procedure="Return an item").status_code == 404
    ours = Message.objects.filter(conversation=handed_over.id, author="representative").first()
    assert ours is not None
    assert mei.do(f"c/{handed_over.id}/m/{ours.pk}/propose/", procedure="").status_code == 404
    assert not Proposal.objects.exists()


def test_an_answer_to_an_unknown_question_is_proposed_as_an_article_unless_the_tick_is_gone(
    talk: Any, desk: Any
) -> None:
    mei = desk("Mei", teams=("Customer care",))
    first, second = talk(), talk()
    for opened, propose in ((first, "yes"), (second, "")):
        opened.say("你们有没有给大学生团体的团购折扣？")
        case = Case.objects.get(conversation=opened.id, kind="question")
        shown = mei.do(f"questions/{case.pk}/", text="有，九折。", propose=propose).content.decode()
        assert ("Proposal" in shown) is bool(propose)
    made = Proposal.objects.get()
    assert (made.kind, made.text, made.language) == ("article", "有，九折。", "zh")
    assert made.title.startswith("你们有没有给大学生团体的团购折扣")
    assert made.conversation_id == first.id


# --- pages ------------------------------------------------------------------------------------------


def test_only_a_team_lead_decides_and_only_after_a_test(talk: Any, desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(testing, "unpublished_changes", lambda: False)
    opened, mei, lea = talk(), desk("Mei", teams=("Customer care",)), desk("Lea", grade="team lead")
    made = teach(mei, said(opened, RIDDLE), procedure="Return an item")
    page = mei.page(f"proposals/{made.pk}/").content.decode()
    assert "lessons/en.yaml" in page
    assert "Take it into the pack" not in page
    assert "A team lead or manager decides" in page
    refused = mei.do(f"proposals/{made.pk}/take/")
    assert (refused.status_code, "team lead" in refused.content.decode()) == (409, True)
    early = lea.do(f"proposals/{made.pk}/take/")
    assert (early.status_code, early.content.decode()) == (409, "Test it first.")
    assert "testing" in mei.do(f"proposals/{made.pk}/test/").content.decode()
    assert Proposal.objects.get(pk=made.pk).state == "testing"
    no = lea.do(f"proposals/{made.pk}/refuse/", reason="Nobody else says so.")
    assert "Nobody else says so." in no.content.decode()
    assert Proposal.objects.get(pk=made.pk).state == "refused"
    assert lea.do(f"proposals/{made.pk}/undo/").status_code == 409


def test_the_page_that_would_be_written_can_be_downloaded(talk: Any, desk: Any) -> None:
    opened, mei = talk(), desk("Mei", teams=("Customer care",))
    made = teach(mei, said(opened, RIDDLE), procedure="Return an item")
    file = mei.page(f"proposals/{made.pk}/page/")
    assert file.headers["Content-Disposition"].endswith("en.yaml")
    assert f'- "{made.text}"' in file.content.decode()


def test_the_words_can_be_changed_and_are_masked_again(talk: Any, desk: Any) -> None:
    opened, mei = talk(), desk("Mei", teams=("Customer care",))
    made = teach(mei, said(opened, RIDDLE), procedure="Return an item")
    shown = mei.do(f"proposals/{made.pk}/words/", text="take it back, I am ana@example.com").content.decode()
    assert "take it back, I am name@example.com" in shown
    assert mei.do(f"proposals/{made.pk}/words/", text="  ").status_code == 409


def test_proposals_come_in_pages(desk: Any, at: Any) -> None:
    from courtesy.training.proposing import Source, propose_procedure

    mei = desk("Mei")
    for word in ("one", "two", "three", "four", "five", "six", "seven"):
        for number in ("a", "b", "c"):
            sentence = f"{word} {number} goes back"
            propose_procedure(editions.in_force(), sentence, "Return an item", "en", Source(mei.colleague, at))
    first = mei.page("proposals/")
    assert len(first.context["cards"]) == 20
    last = mei.page("proposals/", before=first.context["before"])
    assert [card.proposal.text for card in last.context["cards"]] == ["one a goes back"]
    assert mei.page("proposals/", view="taken").context["cards"] == []


def test_gaps_are_shown_by_theme_and_one_click_drafts_an_article(desk: Any, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    mei = desk("Mei")
    for question in (
        "do you rent tents",
        "tents to rent for a week",
        "are dogs allowed in the store",
        "do you rent tents",
    ):
        gaps.note(question, "en", at)
    page = mei.page("gaps/")
    (theme, _, _), *others = page.context["themes"]
    assert (theme.count, theme.lately, theme.before, len(others)) == (3, 3, 0, 1)
    assert "tent" in theme.name
    answer = mei.do(f"gaps/{theme.key}/propose/")
    made = Proposal.objects.get()
    assert answer.headers["Location"] == f"/desk/proposals/{made.pk}/"
    assert sorted(made.questions) == ["do you rent tents", "tents to rent for a week"]
    assert mei.do("gaps/999999/propose/").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("es", "Propuestas"), ("zh", "学习建议")])
def test_the_pages_speak_the_colleagues_language(desk: Any, talk: Any, language: str, word: str) -> None:
    ana = desk("Ana", teams=("Customer care",), language=language)
    made = teach(ana, said(talk(), RIDDLE), procedure="Return an item")
    for page in ("proposals/", f"proposals/{made.pk}/", "gaps/"):
        shown = ana.page(page)
        assert shown.status_code == 200
        assert word in shown.content.decode()
