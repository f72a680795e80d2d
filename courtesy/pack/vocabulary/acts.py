"""The acts that a procedure may do and a policy may govern."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Something that changes the world. ``arguments`` are slot names it may take; ``needs`` are required."""

    name: str
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    changes: bool = True  # False: needs no confirmation before it
    undoable: bool = False  # whether it can be taken back, in the window that a page of authority gives
    by_hand: bool = False  # done by colleagues at the desk alone, never by a procedure
    says: str = ""


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            "cancel order",
            ("order",),
            ("cancel reason", "refund to"),
            says="Cancels an order that has not been shipped and returns what was paid.",
        ),
        Act(
            "change address",
            ("order", "new address"),
            undoable=True,
            says="Changes the delivery address of an order that has not been shipped.",
        ),
        Act(
            "change items",
            ("order", "items", "new variants"),
            ("payment means",),
            says="Swaps items of an unshipped order for other variants of the same product.",
        ),
        Act(
            "change payment",
            ("order", "payment means"),
            says="Moves an unshipped order to another of the customer's payment means.",
        ),
        Act(
            "open return",
            ("order", "items"),
            ("reason", "outcome", "photo", "refund to"),
            says="Registers a return of delivered items and makes its label.",
        ),
        Act(
            "refund",
            ("order", "items"),
            ("reason", "refund to"),
            says="Pays back items: original means, store credit or gift card.",
        ),
        Act(
            "exchange",
            ("order", "items", "new variants"),
            ("reason", "payment means"),
            says="Exchanges delivered items for other variants of the same product.",
        ),
        Act("send invoice", ("order",), changes=False, says="Makes the invoice copy as PDF, files it and sends it."),
        Act("change contact address", ("new address",), undoable=True, says="Changes the customer's default address."),
        Act(
            "goodwill credit", ("amount",), ("order", "reason"), undoable=True, says="Grants store credit as a gesture."
        ),
        Act("undo", (), by_hand=True, says="Takes back what was done, once, while its window is open."),
        Act(
            "register complaint",
            ("complaint",),
            ("order", "remedy"),
            changes=False,
            says="Registers a complaint with a number and its clock.",
        ),
        Act(
            "ask a colleague",
            ("question",),
            changes=False,
            says="Puts a question to a team; the answer returns to the customer.",
        ),
    )
}
