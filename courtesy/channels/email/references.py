"""References: which mail ids a conversation already knows, oldest first, for the headers that thread an answer."""

from __future__ import annotations

import re

from courtesy.channels.models import Dispatch
from courtesy.conversations.models import Message

MOST = 20
_REAL = re.compile(r"<[!-=?-~]{1,240}>")


def real_id(provider_id: str) -> str:
    """The Message-ID within a provider id: without our own mark for a doubled one; "" when the mail had none."""
    bare = provider_id.partition("#sha256:")[0] if provider_id.startswith("<") else ""
    return bare if _REAL.fullmatch(bare) else ""


def chain_of(message: Message) -> list[str]:
    """Ids for ``References`` of our answer; the last one is what it answers (``In-Reply-To``)."""
    earlier = Message.objects.filter(
        conversation=message.conversation_id, sequence__lt=message.sequence, internal=False
    ).order_by("sequence")
    received = dict(
        earlier.filter(author=Message.Author.CUSTOMER, provider_id__isnull=False).values_list("sequence", "provider_id")
    )
    sent = dict(
        Dispatch.objects.filter(message__in=earlier.exclude(author=Message.Author.CUSTOMER)).values_list(
            "message__sequence", "provider_id"
        )
    )
    by_order = {sequence: real_id(known or "") for sequence, known in {**received, **sent}.items()}
    chain = [known for _, known in sorted(by_order.items()) if known]
    answered = [known for sequence in sorted(received, reverse=True) if (known := real_id(received[sequence] or ""))]
    if answered:  # what the customer wrote last stands last, whatever we said since
        chain.remove(answered[0])
        chain.append(answered[0])
    return chain[-MOST:] if len(chain) <= MOST else [chain[0], *chain[-MOST + 1 :]]
