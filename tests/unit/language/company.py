"""A small made company for these tests: its example sentences, and what it knows of a customer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from courtesy.language.intents import IntentModel, train
from courtesy.language.reading import understand
from courtesy.language.understanding import Choice, Context, Question, Understanding

EXAMPLES: dict[str, list[tuple[str, str]]] = {
    "en": [
        *(
            (sentence, "where is my order")
            for sentence in (
                "where is my order",
                "when will my parcel arrive",
                "track my package",
                "my order has not arrived yet",
                "what is the status of my order",
                "I am still waiting for my delivery",
                "has my order been shipped",
                "the tracking does not move",
            )
        ),
        *(
            (sentence, "return")
            for sentence in (
                "I want to return an item",
                "can I return these boots",
                "how do I send something back",
                "I would like my money back for this jacket",
                "the shoes do not fit, I want to send them back",
                "return my order please",
                "I want a refund for the tent",
                "give me a refund",
            )
        ),
        *(
            (sentence, "cancel")
            for sentence in (
                "cancel my order",
                "I want to cancel the order I just placed",
                "please stop my order before it ships",
                "can you cancel my purchase",
                "I no longer want this order",
                "I ordered by mistake, cancel it",
                "I need to cancel order 12345",
                "don't send my order, I changed my mind",
            )
        ),
        *(
            (sentence, "change address")
            for sentence in (
                "change the delivery address of my order",
                "I moved, please send it to my new address",
                "my order is going to the wrong address",
                "can you deliver it to another address",
                "update the shipping address",
                "I typed the wrong street",
                "ship it to my office instead",
                "I need to change where the parcel goes",
            )
        ),
        *(
            (sentence, "invoice")
            for sentence in (
                "I need an invoice",
                "send me a copy of my invoice",
                "can I get a receipt for my order",
                "I need the bill for my taxes",
                "where can I download my invoice",
                "please email me the invoice again",
                "the invoice for order 12345 please",
                "I lost my receipt, can you send it again",
            )
        ),
        *(
            (sentence, "stock")
            for sentence in (
                "do you have this jacket in size M",
                "is the tent in stock",
                "when will the boots be available again",
                "is it available in blue",
                "do you have these in my size",
                "are the gloves sold out",
                "which sizes are available",
                "is this in your store",
            )
        ),
    ],
    "es": [
        *(
            (sentence, "where is my order")
            for sentence in (
                "¿dónde está mi pedido?",
                "¿cuándo llega mi paquete?",
                "quiero saber el estado de mi pedido",
                "mi pedido no ha llegado todavía",
                "seguimiento de mi envío",
                "sigo esperando mi entrega",
                "¿ya habéis enviado mi pedido?",
                "el seguimiento no avanza",
            )
        ),
        *(
            (sentence, "return")
            for sentence in (
                "quiero devolver un artículo",
                "¿puedo devolver estas botas?",
                "cómo hago una devolución",
                "quiero que me devolváis el dinero de la chaqueta",
                "los zapatos no me valen, quiero devolverlos",
                "quisiera un reembolso",
                "quiero el reembolso de la tienda",
                "devolver mi pedido por favor",
            )
        ),
        *(
            (sentence, "cancel")
            for sentence in (
                "cancelar mi pedido",
                "quiero cancelar el pedido que acabo de hacer",
                "parad mi pedido antes de que salga",
                "¿podéis anular mi compra?",
                "ya no quiero este pedido",
                "he pedido por error, cancélalo",
                "necesito cancelar el pedido 12345",
                "quiero anular el pedido",
            )
        ),
        *(
            (sentence, "change address")
            for sentence in (
                "cambiar la dirección de entrega de mi pedido",
                "me he mudado, enviadlo a mi nueva dirección",
                "mi pedido va a una dirección equivocada",
                "¿podéis entregarlo en otra dirección?",
                "actualizar la dirección de envío",
                "puse mal la calle",
                "enviadlo a mi oficina",
                "necesito cambiar dónde llega el paquete",
            )
        ),
        *(
            (sentence, "invoice")
            for sentence in (
                "necesito una factura",
                "enviadme una copia de mi factura",
                "¿me dais un recibo de mi pedido?",
                "necesito la factura para hacienda",
                "¿dónde descargo mi factura?",
                "mándame la factura otra vez",
                "la factura del pedido 12345 por favor",
                "he perdido el recibo",
            )
        ),
        *(
            (sentence, "stock")
            for sentence in (
                "¿tenéis esta chaqueta en la talla M?",
                "¿hay existencias de la tienda de campaña?",
                "¿cuándo habrá botas otra vez?",
                "¿está disponible en azul?",
                "¿lo tenéis en mi talla?",
                "¿están agotados los guantes?",
                "qué tallas hay disponibles",
                "¿lo tenéis en vuestra tienda?",
            )
        ),
    ],
    "zh": [
        *(
            (sentence, "where is my order")
            for sentence in (
                "我的订单在哪里",
                "我的包裹什么时候到",
                "查一下物流",
                "我的订单还没到",
                "订单状态是什么",
                "快递到哪了",
                "发货了吗",
                "物流一直不更新",
            )
        ),
        *(
            (sentence, "return")
            for sentence in (
                "我要退货",
                "我想退掉这双靴子",
                "怎么退货",
                "我要退款",
                "鞋子不合适，我想退回去",
                "申请退货",
                "能退吗",
                "把钱退给我",
            )
        ),
        *(
            (sentence, "cancel")
            for sentence in (
                "取消我的订单",
                "我想取消刚下的订单",
                "别发货了，我不要了",
                "可以取消购买吗",
                "我不想要这个订单了",
                "下错单了，请取消",
                "我要取消订单12345",
                "帮我撤销订单",
            )
        ),
        *(
            (sentence, "change address")
            for sentence in (
                "修改收货地址",
                "我搬家了，请寄到新地址",
                "订单地址写错了",
                "能送到别的地址吗",
                "更新配送地址",
                "街道写错了",
                "改送到我的办公室",
                "我要换一个收货地址",
            )
        ),
        *(
            (sentence, "invoice")
            for sentence in (
                "我要发票",
                "请给我发一份发票",
                "能开收据吗",
                "报销需要发票",
                "在哪下载发票",
                "请重新发送发票",
                "订单12345的发票",
                "发票丢了，能补一张吗",
            )
        ),
        *(
            (sentence, "stock")
            for sentence in (
                "这件外套有M码吗",
                "帐篷有货吗",
                "靴子什么时候补货",
                "有蓝色的吗",
                "有我的尺码吗",
                "手套卖完了吗",
                "有哪些尺码",
                "门店有货吗",
            )
        ),
    ],
}

PRODUCTS = (
    Choice("tent", "Larch 2 Tent", ("tienda Larch 2", "落叶松2人帐篷")),
    Choice("jacket", "Brant Rain Jacket", ("chaqueta de lluvia Brant", "布兰特雨衣")),
    Choice("boots", "Corrie Boots", ("botas Corrie", "科里登山靴")),
)


@lru_cache(maxsize=1)
def model() -> IntentModel:
    return train(EXAMPLES)


def context(**known: Any) -> Context:
    usual: dict[str, Any] = {
        "languages": ("en", "es", "zh"),
        "order_number_pattern": "TF-#####",
        "order_numbers": ("TF-10023", "TF-10044"),
        "products": PRODUCTS,
        "country": "ES",
        "today": "2026-11-20",
    }
    return Context(**(usual | known))


def asked(slot: str, kind: str, *choices: tuple[str, str]) -> Question:
    return Question(slot, kind, tuple(Choice(value, label) for value, label in choices))


def heard(text: str, **known: Any) -> Understanding:
    return understand(text, context(**known), model())


def kinds(understanding: Understanding) -> set[str]:
    return {move.kind for move in understanding.moves}


def wishes(understanding: Understanding) -> list[str]:
    return [move.target for move in understanding.all("wants")]
