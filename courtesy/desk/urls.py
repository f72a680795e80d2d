"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from courtesy.desk.pages import (
    approvals,
    conversation,
    customer,
    documents,
    hands,
    inbox,
    myself,
    quarantine,
    questions,
    signing_in,
    speaking,
)
from courtesy.desk.pages.learning import gaps, proposals, teaching

app_name = "desk"
urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("list/", inbox.rows, name="rows"),
    path("counts/", inbox.numbers, name="counts"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("password/", signing_in.change_password, name="password"),
    path("myself/", myself.show, name="myself"),
    path("myself/presence/", myself.presence, name="presence"),
    path("c/<str:conversation_id>/", conversation.show, name="conversation"),
    path("c/<str:conversation_id>/news/", conversation.news, name="news"),
    path("c/<str:conversation_id>/earlier/", conversation.earlier, name="earlier"),
    path("c/<str:conversation_id>/beside/", conversation.beside, name="beside"),
    path("c/<str:conversation_id>/reply/", speaking.reply, name="reply"),
    path("c/<str:conversation_id>/draft/", speaking.draft, name="draft"),
    path("c/<str:conversation_id>/typing/", speaking.typing, name="typing"),
    path("c/<str:conversation_id>/take-over/", hands.take_over, name="take-over"),
    path("c/<str:conversation_id>/hand-back/", hands.hand_back, name="hand-back"),
    path("c/<str:conversation_id>/assign/", hands.assign, name="assign"),
    path("c/<str:conversation_id>/close/", hands.close, name="close"),
    path("c/<str:conversation_id>/reopen/", hands.reopen, name="reopen"),
    path("c/<str:conversation_id>/promises/<int:promise_id>/keep/", hands.keep_promise, name="keep-promise"),
    path("c/<str:conversation_id>/look-up/", customer.look_up, name="look-up"),
    path("c/<str:conversation_id>/orders/<path:number>/", customer.order, name="order"),
    path("c/<str:conversation_id>/m/<str:message_id>/original/", documents.original, name="original"),
    path("c/<str:conversation_id>/m/<str:message_id>/teach/", teaching.form, name="teach"),
    path("c/<str:conversation_id>/m/<str:message_id>/propose/", teaching.propose, name="propose"),
    path("d/<str:document_id>/", documents.download, name="document"),
    path("approvals/", approvals.show, name="approvals"),
    path("approvals/<str:approval_id>/", approvals.decide, name="decide"),
    path("questions/", questions.show, name="questions"),
    path("questions/<int:case_id>/", questions.answer, name="answer"),
    path("proposals/", proposals.show, name="proposals"),
    path("proposals/<int:proposal_id>/", proposals.show_one, name="proposal"),
    path("proposals/<int:proposal_id>/page/", proposals.page, name="proposal-page"),
    path("proposals/<int:proposal_id>/test/", proposals.test, name="proposal-test"),
    path("proposals/<int:proposal_id>/words/", proposals.change_words, name="proposal-words"),
    path("proposals/<int:proposal_id>/take/", proposals.take, name="proposal-take"),
    path("proposals/<int:proposal_id>/refuse/", proposals.refuse, name="proposal-refuse"),
    path("proposals/<int:proposal_id>/undo/", proposals.undo, name="proposal-undo"),
    path("gaps/", gaps.show, name="gaps"),
    path("gaps/<int:gap_id>/propose/", gaps.propose, name="gap-propose"),
    path("quarantine/", quarantine.show, name="quarantine"),
    path("quarantine/<int:received_id>/", quarantine.decide, name="release"),
    path("quarantine/<int:received_id>/safe/", quarantine.safe_view, name="safe-view"),
]
